"""The page with the models."""
