"""The access token of the Hub: where it is entered, and what becomes of it."""
