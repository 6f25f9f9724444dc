"""A real database in a folder of its own."""

import pytest

from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database


@pytest.fixture(autouse=True)
def _new_databases_are_copies():
    """Here tables are made as in the application, step by step."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "chats.sqlite"


@pytest.fixture
def backups(tmp_path):
    return tmp_path / "backups"


@pytest.fixture
def database(path, backups):
    database = Database(path, backups, busy_seconds=0.2)
    yield database
    database.close()


@pytest.fixture
def store(database):
    return ChatStore(database)
