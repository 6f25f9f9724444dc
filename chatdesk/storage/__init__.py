"""Keep what users made."""
