"""Exporting and printing from the window: asked as what, written in the background, told."""

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QRadioButton, QWidget

from chatdesk.documents.chats.files import ChatFileRoom
from chatdesk.domain.chat import Conversation, Folder, Message, Role
from chatdesk.domain.document_errors import DocumentNotSaved
from chatdesk.flows.chat_export import ChatExport
from chatdesk.storage.chat_archive import ArchiveStore
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.export_dialog import ARCHIVE, ExportDialog
from chatdesk.ui.chat.exporting import Exporting
from chatdesk.ui.export.formats import FORMATS
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.widgets.progress import WorkDialog


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "home" / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def chats(database):
    return ChatStore(database)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def exporting(window, database):
    runner = JobRunner(1)
    archive = ArchiveStore(database)
    flow = ChatExport(ChatFileRoom(lambda *_: None), archive)
    yield Exporting(window, lambda: flow, lambda: archive, runner)
    runner.shutdown()


@pytest.fixture
def chat(chats):
    chat = Conversation("Tides / waves")
    chats.save(chat)
    question = Message(Role.user, "Why?")
    chats.add(chat.id, question)
    chats.add(chat.id, Message(Role.assistant, "The **moon**.", question.id, thinking="Hm."))
    return chat.id


def dialog_of(window, kind):
    return window.findChild(kind)


@pytest.mark.parametrize("kind", [ARCHIVE, *FORMATS])
def test_one_chat_is_exported_as_what_is_chosen(kind, exporting, window, chat, qtbot, tmp_path):
    exporting.export_chat(chat)
    dialog = dialog_of(window, ExportDialog)
    dialog.findChild(QRadioButton, f"export-{kind}").click()
    assert dialog.thoughts.isEnabled() == (kind != ARCHIVE)
    dialog.findChild(QWidget, "choose-export-file").click()
    chooser = dialog_of(window, QFileDialog)
    assert chooser.defaultSuffix() == kind
    path = tmp_path / f"out.{kind}"
    with qtbot.waitSignal(exporting.told) as told:
        chooser.fileSelected.emit(str(path))
    assert told.args == [f"1 chat is in “out.{kind}”.", path]
    assert path.stat().st_size > 20
    chooser.close()


def test_thoughts_come_along_when_they_are_wanted(exporting, window, chat, qtbot, tmp_path):
    exporting.export_chat(chat)
    dialog = dialog_of(window, ExportDialog)
    dialog.thoughts.switch.click()
    dialog.findChild(QWidget, "choose-export-file").click()
    chooser = dialog_of(window, QFileDialog)
    with qtbot.waitSignal(exporting.told):
        chooser.fileSelected.emit(str(tmp_path / "out.md"))
    assert "> Hm." in (tmp_path / "out.md").read_text()
    chooser.close()


def test_several_chats_become_a_zip_or_one_archive(exporting, window, chat, database, qtbot, tmp_path):
    folder = Folder("Sea")
    FolderStore(database).save(folder)
    exporting.export_folder(folder.id)
    assert dialog_of(window, ExportDialog) is None  # nothing lies in it
    exporting.export_everything()
    dialog = dialog_of(window, ExportDialog)
    dialog.findChild(QRadioButton, "export-pdf").click()
    dialog.findChild(QWidget, "choose-export-file").click()
    chooser = dialog_of(window, QFileDialog)
    assert chooser.defaultSuffix() == "zip"
    with qtbot.waitSignal(exporting.told):
        chooser.fileSelected.emit(str(tmp_path / "all.zip"))
    assert (tmp_path / "all.zip").read_bytes()[:2] == b"PK"
    chooser.close()


def test_a_chat_that_is_not_stored_is_told(exporting, qtbot):
    for act in (exporting.export_chat, exporting.print_chat, exporting.export_folder):
        with qtbot.waitSignal(exporting.told) as told:
            act("nobody")
        assert "nothing to export" in told.args[0]


def test_a_file_that_cannot_be_written_is_told(exporting, chat, qtbot, tmp_path):
    flow = exporting._make_flow()
    with qtbot.waitSignal(exporting.failed) as failed:
        exporting.write(flow.everything(), "md", False, tmp_path / "gone" / "all.zip")
    assert isinstance(failed.args[0], DocumentNotSaved)


def test_a_long_export_can_be_stopped(exporting, window, chats, chat, qtbot, tmp_path):
    for number in range(300):
        other = Conversation(f"Chat {number}")
        chats.save(other)
        chats.add(other.id, Message(Role.user, "words " * 200))
    path = tmp_path / "all.zip"
    exporting.write(exporting._make_flow().everything(), "pdf", False, path)
    work = dialog_of(window, WorkDialog)
    qtbot.waitUntil(work.isVisible)
    qtbot.waitUntil(lambda: work.panel.bar.value() > 0)
    work.close()
    assert work.isVisible()
    assert not work.panel.stop.isEnabled()
    qtbot.waitUntil(lambda: dialog_of(window, WorkDialog) is None)
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_where_there_is_no_printer_a_file_with_the_name_of_the_chat_is_proposed(
    exporting, window, chat, monkeypatch
):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    exporting.print_chat(chat)
    dialog = dialog_of(window, QPrintDialog)
    assert dialog.printer().outputFileName().endswith("/Tides waves.pdf")
    dialog.close()


@pytest.mark.parametrize("folder", ["", "gone"])
def test_a_chat_is_printed_with_its_formatting_or_why_not_is_told(folder, exporting, chat, qtbot, tmp_path):
    path = tmp_path / folder / "paper.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    with qtbot.waitSignal(exporting.failed if folder else exporting.told) as heard:
        exporting.print_on(printer, chat)
    if folder:
        assert isinstance(heard.args[0], DocumentNotSaved)
    else:
        assert heard.args == ["The chat is printed into “paper.pdf”.", path]
        assert path.read_bytes().startswith(b"%PDF")
        assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["paper.pdf"]
