"""Searches as a user types."""

from datetime import date

from chatdesk.storage.chat_search import ChatSearch
from chatdesk.tasks.chat_query import parse

TODAY = date(2026, 11, 21)


def search(store, typed, limit=50):
    """Return the places that are found in the database of a ChatStore."""
    return ChatSearch(store._database).search(parse(typed, TODAY), limit)
