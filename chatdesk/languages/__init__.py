"""What languages are called, and which one a text is in."""
