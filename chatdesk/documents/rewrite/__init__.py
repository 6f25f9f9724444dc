"""Writes files again with other texts in them, everything else as it was."""
