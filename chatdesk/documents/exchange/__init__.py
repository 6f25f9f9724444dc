"""Glossaries and translation memories in files that other programs understand."""
