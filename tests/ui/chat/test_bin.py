"""The bin shows what was deleted, whatever happens around it."""

import pytest

from chatdesk.domain.chat import Folder
from chatdesk.domain.settings import Theme
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.bin import BinDialog
from chatdesk.ui.theme import Themes


@pytest.fixture
def themes(qapp):
    made = Themes()
    made.apply(Theme.light, 100)
    yield made
    made.apply(Theme.light, 100)


def test_a_new_theme_draws_the_list_anew_and_asks_the_store_nothing(themes, qtbot, tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    folders = FolderStore(database)
    folder = Folder(name="Garden")
    folders.save(folder)
    folders.delete(folder.id)
    dialog = BinDialog(folders, ChatStore(database), lambda _: False)
    qtbot.addWidget(dialog)
    before = dialog.list.item(0).icon().pixmap(18, 18).toImage()
    database.close()
    themes.apply(Theme.dark, 100)
    assert dialog.list.item(0).text().startswith("Garden\n")
    assert dialog.list.item(0).icon().pixmap(18, 18).toImage() != before
