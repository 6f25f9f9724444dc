"""Attaching documents: how far reading is, stopping it, passwords, and what happens meanwhile."""

import multiprocessing
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QToolButton

from chatdesk.documents.reader import DocumentReader
from chatdesk.domain.chat import Attachment, Draft
from chatdesk.domain.documents import NoteKind, ReadingNote
from chatdesk.flows.documents import DocumentFlow
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.ui.chat.attaching import Attaching
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.reading_notes import notes_sentence
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.pictures.reading import PictureReader
from tests.documents.pdf_files import PICTURE, column, document


class Desk:
    """A message box with what attaches to it."""

    def __init__(self, qtbot, chats, runner, extractor=""):
        self.qtbot = qtbot
        self.composer = Composer()
        qtbot.addWidget(self.composer)
        self.composer.show()
        reader = DocumentReader(extractor=extractor)
        flow = DocumentFlow(reader, PictureReader(), chats)
        self.attaching = Attaching(self.composer, flow, chats, runner)
        self.errors = []
        self.attaching.failed.connect(lambda error: self.errors.append(str(error)))

    @property
    def attached(self):
        return [each.name for each in self.composer.draft().attachments]

    @property
    def progress(self):
        labels = self.composer.findChildren(QLabel, "reading-progress")
        return [label.text() for label in labels if label.isVisible()]

    def wait(self, true):
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def dialog(self):
        self.wait(self._dialogs)
        return self._dialogs()[0]

    def _dialogs(self):
        return [one for one in self.composer.findChildren(QDialog, "password-dialog") if one.isVisible()]


@pytest.fixture
def desk(qtbot, tmp_path):
    database = Database(tmp_path / "chats.sqlite", tmp_path / "backups")
    runner = JobRunner(2)
    yield lambda extractor="": Desk(
        qtbot, ChatStore(database), runner, extractor and f"tests.fakes.extractors:{extractor}"
    )
    runner.shutdown()
    database.close()


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.pdf"
    path.write_bytes(document([column(["The secret words"])], password="geheim"))
    return path


def test_a_pdf_is_attached(desk, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(document([column(["One two three"])] * 3))
    here = desk()
    here.attaching.attach([path])
    here.wait(lambda: here.attached == ["report.pdf"])
    here.wait(lambda: here.progress == [])
    assert here.composer.draft().attachments[0].words == 9


def test_while_a_document_is_read_nothing_is_sent_and_it_can_be_given_up(desk, tmp_path, qtbot):
    path = tmp_path / "slow.txt"
    path.write_text("text")
    here = desk("hang")
    here.composer.set_text("A question")
    here.attaching.attach([path])
    here.wait(lambda: here.progress == ["Reading slow.txt: 1"])
    sent = []
    here.composer.submitted.connect(sent.append)
    assert not here.composer.send.isEnabled()
    qtbot.keyClick(here.composer.box, Qt.Key.Key_Return)
    assert sent == []
    here.composer.findChild(QToolButton, "stop-reading").click()
    assert here.progress == []
    here.wait(lambda: not multiprocessing.active_children())
    qtbot.keyClick(here.composer.box, Qt.Key.Key_Return)
    assert sent == ["A question"]
    assert (here.attached, here.errors) == ([], [])


def test_another_question_gives_up_what_was_read_for_the_one_before(desk, tmp_path):
    path = tmp_path / "slow.txt"
    path.write_text("text")
    here = desk("hang")
    here.attaching.attach([path])
    here.wait(lambda: here.progress == ["Reading slow.txt: 1"])
    here.composer.set_draft(Draft("Another", (Attachment("1", "kept.md", 3),)))
    here.wait(lambda: not multiprocessing.active_children())
    assert here.progress == []
    assert here.attached == ["kept.md"]
    assert here.composer.send.isEnabled()


def test_a_password_is_asked_for_until_it_is_right(desk, secret):
    here = desk()
    here.attaching.attach([secret])
    first = here.dialog()
    assert "secret.pdf” opens with a password" in first.findChild(QLabel).text()
    assert not first.open_button.isEnabled()
    first.field.setText("falsch")
    here.qtbot.keyClick(first.field, Qt.Key.Key_Return)
    here.wait(lambda: here._dialogs() and here._dialogs()[0] is not first)
    second = here.dialog()
    assert "not the password" in second.findChild(QLabel).text()
    second.field.setText("geheim")
    second.open_button.click()
    here.wait(lambda: here.attached == ["secret.pdf"])
    assert here.errors == []


def test_without_the_password_the_other_documents_are_attached(desk, secret, tmp_path):
    other = tmp_path / "plan.md"
    other.write_text("# Plan")
    here = desk()
    here.attaching.attach([secret, other])
    here.wait(lambda: here.attached == ["plan.md"])
    here.dialog().reject()
    here.wait(lambda: here.progress == [] and not here._dialogs())
    assert (here.attached, here.errors) == (["plan.md"], [])


def test_a_password_that_comes_for_another_question_attaches_nothing(desk, secret):
    here = desk()
    here.attaching.attach([secret])
    dialog = here.dialog()
    here.composer.set_draft(Draft("Another"))
    here.wait(lambda: not here._dialogs())
    assert dialog is not None
    assert here.attached == []


def test_what_is_missing_of_a_document_is_told(desk, tmp_path):
    path = tmp_path / "mixed.pdf"
    path.write_bytes(document([column(["Text"]), PICTURE, PICTURE]))
    here = desk()
    told = []
    here.attaching.told.connect(told.append)
    here.attaching.attach([path])
    here.wait(lambda: told)
    assert told == ["“mixed.pdf” is attached in part. 2 pages hold pictures and no text."]
    assert here.attached == ["mixed.pdf"]


def test_many_missing_parts_are_told_in_three_sentences():
    notes = [ReadingNote(NoteKind.damaged_page, number) for number in range(1, 9)]
    assert notes_sentence("a.pdf", [*notes, ReadingNote(NoteKind.cut, 9)]) == (
        "“a.pdf” is attached in part. Page 1 is damaged. Page 2 is damaged. Other parts are missing too."
    )
    last = [ReadingNote(NoteKind.left_out, 1), ReadingNote(NoteKind.cut, 20_000_000)]
    assert notes_sentence("b.eml", last).endswith(
        "1 file inside it was not read. It is very long: only its first 20,000,000 characters were read."
    )


def test_a_scan_and_a_dead_reader_say_what_to_do(desk, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(document([PICTURE]))
    here = desk()
    here.attaching.attach([path])
    here.wait(lambda: here.errors)
    assert "pictures without text" in here.errors[0]
    here = desk("killed")
    here.attaching.attach([Path(shutil.copy(path, tmp_path / "again.pdf"))])
    here.wait(lambda: here.errors)
    assert "failed over it" in here.errors[0]
    here.wait(lambda: here.progress == [])
