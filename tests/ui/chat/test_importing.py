"""Importing from the window: what a file has is shown first, and what became of it afterwards."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from chatdesk.documents.chats.files import ChatFileRoom
from chatdesk.flows.chat_import import ChatImport
from chatdesk.storage.chat_archive import ArchiveStore
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.import_dialog import ImportDialog
from chatdesk.ui.chat.importing import Importing
from chatdesk.ui.jobs import JobRunner


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "home" / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def importing(database, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    runner = JobRunner(1)
    flow = ChatImport(ChatFileRoom(lambda *_: None), ArchiveStore(database))
    yield Importing(window, lambda: flow, runner)
    runner.shutdown()


@pytest.fixture
def dialog(importing):
    importing.open()
    return importing.parent().findChild(ImportDialog)


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "conversations.json"
    chats = []
    for number in range(3):
        message = {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Why?"]}}
        node = {"id": "q", "parent": None, "message": message}
        chats.append({"conversation_id": f"{number}", "title": f"Chat {number}", "mapping": {"q": node}})
    path.write_text(json.dumps([*chats, 5]))
    return path


def click(dialog, name):
    dialog.findChild(QPushButton, name).click()


def test_a_file_is_looked_into_and_imported(importing, dialog, export, database, qtbot):
    dialog.picked.emit(export)
    qtbot.waitUntil(lambda: "ChatGPT: 3 chats with 3 messages." in dialog.text)
    assert dialog.findChild(QPlainTextEdit, "import-unclear").toPlainText() == "1 chat is damaged"
    assert dialog.copies.isHidden()
    with qtbot.waitSignal(importing.imported):
        click(dialog, "import-go")
    qtbot.waitUntil(lambda: "3 chats are new." in dialog.text)
    (folder,) = FolderStore(database).folders()
    assert folder.name.startswith("ChatGPT ")
    assert {chat.folder for chat in ChatStore(database).conversations()} == {folder.id}
    click(dialog, "import-close")


def test_what_is_here_already_can_come_as_copies(importing, dialog, export, database, qtbot):
    for copies, outcome in ((False, "3 chats are new."), (True, "3 chats are new.")):
        dialog.picked.emit(export)
        qtbot.waitUntil(lambda: "3 chats with" in dialog.text)
        assert dialog.copies.isHidden() != copies
        dialog.folder.switch.setChecked(False)
        dialog.copies.switch.setChecked(copies)
        click(dialog, "import-go")
        qtbot.waitUntil(lambda outcome=outcome: outcome in dialog.text)
    assert len(ChatStore(database).conversations()) == 6


def test_what_is_no_export_is_refused_and_another_file_can_be_chosen(dialog, export, tmp_path, qtbot):
    (tmp_path / "recipe.json").write_text('{"flour": 3}')
    dialog.picked.emit(tmp_path / "recipe.json")
    qtbot.waitUntil(lambda: "There are no chats in “recipe.json”" in dialog.text)
    dialog.picked.emit(export)
    qtbot.waitUntil(lambda: "3 chats with" in dialog.text)
    click(dialog, "import-back")
    assert "no chats" not in dialog.text


def test_a_file_can_be_dropped(dialog, export, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(export))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, left, none)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    qtbot.waitUntil(lambda: "3 chats with" in dialog.text)


def test_closing_the_dialog_twice_and_opening_it_again_does_no_harm(importing, dialog, qtbot):
    importing.open()
    dialog.close()
    dialog.close()
    importing.open()
    assert importing.parent().findChildren(ImportDialog)[-1].isVisible()
