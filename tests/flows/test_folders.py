"""What counts in a chat because of its folders."""

from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation, Draft, Folder
from chatdesk.domain.documents import Document
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.settings import Settings
from chatdesk.flows.chat import ChatFlow
from chatdesk.flows.folders import Inherited, inherited, path_of
from chatdesk.flows.options import options_for
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from tests.fakes.engine import FakeEngine

MODEL = InstalledModel(Path("m.gguf"), "M", 1, None)
SETTINGS = Settings(system_prompt="Be kind.")


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def folders(database):
    return FolderStore(database)


def make(folders, name, parent=None, **own):
    folder = Folder(name, parent.id if parent else None, **own)
    folders.save(folder)
    return folder


def test_the_nearest_folder_that_has_something_gives_it(folders):
    work = make(folders, "Work", system="Be formal.", model="/m/large.gguf")
    taxes = make(folders, "Taxes", work, system="You know the law.")
    year = make(folders, "2026", taxes)
    assert [each.name for each in path_of(folders, year.id)] == ["Work", "Taxes", "2026"]
    assert inherited(folders, year.id) == Inherited("You know the law.", "/m/large.gguf")
    assert inherited(folders, work.id).system == "Be formal."


def test_a_chat_outside_of_folders_inherits_nothing(folders):
    assert inherited(folders, None) == Inherited()
    gone = make(folders, "Gone", system="x")
    folders.delete(gone.id)
    assert inherited(folders, gone.id) == Inherited()


@pytest.mark.parametrize(
    ("own", "told"), [("", "Be formal."), ("Be kind.", "Be formal."), ("I chose this.", None)]
)
def test_a_folder_s_system_prompt_counts_unless_the_chat_has_its_own(own, told):
    options = options_for(Conversation(system=own), SETTINGS, MODEL, Inherited("Be formal."))
    assert options.system == told


def test_the_model_is_told_the_folder_s_documents_before_the_chat(database, folders):
    chats, engine = ChatStore(database), FakeEngine("Yes.")
    rules = chats.keep(Document("rules.md", "No bikes in the shed."))
    club = make(folders, "Club", system="Be brief.", documents=(rules,))
    chat = Conversation(folder=club.id)
    flow = ChatFlow(chats, engine)
    question = flow.ask(chat, Draft("May I?"), None)
    options = options_for(chat, SETTINGS, MODEL, inherited(folders, chat.folder))
    list(flow.answer(chat.id, question.id, options, CancelToken()))
    told = engine.requests[0].turns
    assert [turn.role for turn in told] == ["system", "user"]
    assert "No bikes in the shed." in told[0].text
    assert told[0].text.endswith("Be brief.")
    assert chats.path(question.id)[0].attachments == ()  # they are not stored with the question
