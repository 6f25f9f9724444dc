"""Importing from the window: what a file has is shown first, and what became of it afterwards."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from chatdesk.documents.chats.files import ChatFileRoom
from chatdesk.domain.chat_archive import Scope
from chatdesk.domain.storage_errors import DiskFull
from chatdesk.flows.chat_import import ChatImport
from chatdesk.storage.chat_archive import ArchiveStore
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.export_dialog import ExportDialog
from chatdesk.ui.chat.import_dialog import ImportDialog
from chatdesk.ui.chat.importing import Importing
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.progress import WorkDialog


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


@pytest.mark.parametrize("room", [0, 2])
def test_an_import_that_fails_says_what_came_and_why_the_rest_did_not(
    room, dialog, export, tmp_path, monkeypatch, qtbot
):
    dialog.picked.emit(export)
    qtbot.waitUntil(lambda: "3 chats with" in dialog.text)
    real, left = ArchiveStore.bring, iter(range(room))

    def bring(*arguments):
        if next(left, None) is None:
            raise DiskFull(tmp_path)
        return real(*arguments)

    monkeypatch.setattr(ArchiveStore, "bring", bring)
    click(dialog, "import-go")
    qtbot.waitUntil(lambda: DiskFull(tmp_path).sentence in dialog.text)
    assert ("2 chats are new." in dialog.text) == (room > 0)
    assert ("brings the rest and doubles nothing" in dialog.text) == (room > 0)
    assert "It was stopped." not in dialog.text


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


@pytest.fixture
def large_text(qapp):
    before, font = QApplication.font(), QApplication.font()
    font.setPointSizeF(2 * font.pointSizeF())
    QApplication.setFont(font)
    yield
    QApplication.setFont(before)


def test_large_text_is_whole_and_scrolls_above_the_buttons(large_text, dialog, export, qtbot):
    several = ExportDialog(Scope("Tides", ("a", "b")))
    qtbot.addWidget(several)
    several.show()
    work = WorkDialog("Export", "Writing a file with a name as long as this one…", Job(lambda _: iter(())))
    qtbot.addWidget(work)
    work.show()
    dialog.picked.emit(export)
    qtbot.waitUntil(lambda: "3 chats with" in dialog.text)
    qtbot.waitUntil(lambda: dialog.findChild(QPushButton, "import-go").isVisible())
    labels = [
        each for shown in (several, work, dialog) for each in shown.findChildren(Label) if each.isVisible()
    ]
    assert len(labels) > 6
    assert all(each.height() >= each.heightForWidth(each.width()) for each in labels)
    button = dialog.findChild(QPushButton, "import-go")
    assert dialog.rect().contains(QRect(button.mapTo(dialog, QPoint()), button.size()))
