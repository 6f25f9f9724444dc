"""Where translations are kept in the tests of the flows."""

import pytest

from chatdesk.flows.translating import TranslationRooms
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.translations import TranslationStore
from chatdesk.tasks.likeness import likeness
from tests.fakes.languages import FakeLanguages


@pytest.fixture
def translation_database(tmp_path):
    database = Database(tmp_path / "translations.sqlite")
    yield database
    database.close()


@pytest.fixture
def rooms(translation_database):
    database = translation_database
    return TranslationRooms(
        SummaryStore(database),
        TranslationStore(database),
        MemoryStore(database, likeness),
        GlossaryStore(database),
        FakeLanguages(de="ist", fr="maison"),
    )
