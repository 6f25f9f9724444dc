"""The page that translates texts."""
