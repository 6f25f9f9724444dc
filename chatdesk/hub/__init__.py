"""Finds, fetches and keeps models."""
