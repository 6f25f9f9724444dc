"""The page that summarises documents."""
