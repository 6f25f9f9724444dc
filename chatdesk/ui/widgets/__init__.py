"""Small controls and labels that several pages use."""
