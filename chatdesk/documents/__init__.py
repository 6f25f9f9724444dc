"""Turns files into text with places."""
