"""The walks of a user through the real window: real store, real child process, real starter model."""

import os
import re
import shutil
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView, QToolButton

from chatdesk import app as application
from chatdesk import paths as places
from chatdesk.domain.chat import MessageState, Role
from chatdesk.paths import find_home
from chatdesk.ui.chat.welcome import suggestions
from tests.documents.pdf_files import column, document

SCRIPTED = "tests.fakes.backends:Scripted"
PATIENCE = 20_000  # milliseconds; a busy machine starts a process slowly


class Walk:
    """Types, clicks and reads as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app
        self.page = app.chat.page

    def type(self, text):
        self.qtbot.keyClicks(self.page.composer.box, text)
        self.qtbot.keyClick(self.page.composer.box, Qt.Key.Key_Return)

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def ask(self, text):
        """Ask and wait for the end of the answer; return it as it is stored."""
        before = len(self.messages)
        self.type(text)
        self.wait(lambda: len(self.messages) == before + 2 and not self.app.chat.chat.busy)
        return self.messages[-1]

    @property
    def chat(self):
        return self.app.chat.chat.conversation

    @property
    def messages(self):
        return [shown.message for shown in self.app.chats.branch(self.chat.id)]

    def shown(self, message):
        return self.page.transcript.text_of(message.id)

    def titles(self):
        return [conversation.title for conversation in self.app.chats.conversations()]


@pytest.fixture
def start(qtbot):
    """Start the application; called again it starts a second time in the same folder."""
    running = []

    def start(backend=None, **settings):
        built = application.build(find_home(), *([backend] if backend else []))
        running.append(built)
        qtbot.addWidget(built.window)
        if settings:
            built.settings.change(**settings)
        built.window.show()
        return Walk(qtbot, built)

    yield start
    for built in running:
        built.window.close()
        built.close()


@pytest.fixture
def walk(start):
    """A running application whose model is scripted by what is asked."""
    return start(SCRIPTED, make_titles=False)


def test_a_message_is_asked_answered_by_the_starter_model_and_kept(start):
    walk = start()
    assert walk.page.stack.currentWidget() is walk.page.welcome
    assert "demonstration" in walk.page.demonstration.text
    answer = walk.ask("Who are you?")
    assert walk.page.stack.currentWidget() is walk.page.transcript
    assert (answer.role, answer.state) == (Role.assistant, MessageState.complete)
    assert "ChatDesk" in answer.text
    assert walk.shown(answer) == answer.text
    assert answer.facts.answer_tokens > 3
    assert walk.page.header.device.text().startswith("CPU")
    walk.app.window.close()
    again = start()
    assert [m.text for m in again.messages] == ["Who are you?", answer.text]
    assert again.shown(again.messages[1]) == answer.text


def test_a_suggestion_of_the_welcome_is_asked_by_a_click(start):
    walk = start(make_titles=False)
    button = next(b for b in walk.page.welcome.findChildren(object, "suggestion"))
    walk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    walk.wait(lambda: len(walk.messages) == 2 and not walk.app.chat.chat.busy)
    assert walk.messages[0].text == button.text()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_the_model_dies_in_mid_answer_and_the_next_question_is_answered(walk, number):
    walk.type("long")
    walk.wait(lambda: walk.messages[1:] and len(walk.page.transcript.text_of(walk.messages[1].id)) > 20)
    os.kill(walk.app.engine.pid, number)
    walk.wait(lambda: not walk.app.chat.chat.busy)
    failed = walk.messages[-1]
    assert failed.state is MessageState.failed
    assert failed.text.startswith("0 1 2 ")
    assert "stopped unexpectedly" in failed.error
    assert walk.ask("well again").text == "wellagain"


def test_an_answer_is_stopped_by_escape_and_continued(walk):
    walk.type("long")
    walk.wait(lambda: walk.messages[1:] and walk.page.transcript.text_of(walk.messages[1].id))
    walk.qtbot.keyClick(walk.app.window, Qt.Key.Key_Escape)
    walk.wait(lambda: not walk.app.chat.chat.busy)
    stopped = walk.messages[-1]
    assert stopped.state is MessageState.stopped
    assert stopped.text
    walk.app.chat.actions.do("continue", stopped.id)
    walk.wait(lambda: not walk.app.chat.chat.busy)
    assert walk.messages[-1].id == stopped.id
    assert walk.messages[-1].text.startswith(stopped.text)
    assert walk.messages[-1].state is MessageState.complete


def test_a_question_is_edited_and_both_versions_can_be_read(walk):
    walk.ask("first words")
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Up)
    assert walk.page.composer.text() == "first words"
    walk.page.composer.set_text("other words")
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Return)
    walk.wait(lambda: not walk.app.chat.chat.busy and walk.messages[-1].text == "otherwords")
    question = walk.messages[0]
    walk.app.chat.actions.do("previous_version", question.id)
    assert [m.text for m in walk.messages] == ["first words", "firstwords"]
    assert walk.shown(walk.messages[1]) == "firstwords"
    walk.app.chat.actions.do("next_version", walk.messages[0].id)
    assert walk.messages[0].text == "other words"


def test_an_answer_is_written_again_as_another_version(walk):
    walk.ask("hello there")
    walk.app.chat.actions.regenerate()
    walk.wait(lambda: not walk.app.chat.chat.busy)
    shown = walk.app.chats.branch(walk.chat.id)[-1]
    assert (shown.versions.place, len(shown.versions.ids)) == (1, 2)


def test_a_generation_goes_on_while_another_chat_is_shown(walk):
    walk.type("flood 300")
    first = walk.chat.id
    walk.app.chat.new()
    assert not walk.page.composer.stop.isVisible()
    walk.wait(lambda: not walk.app.chat._answers.busy(first))
    walk.app.chat.open(first)
    assert walk.messages[-1].state is MessageState.complete
    assert walk.messages[-1].text.endswith("299 ")
    assert walk.shown(walk.messages[-1]) == walk.messages[-1].text


def test_coming_back_to_a_growing_answer_shows_all_of_it(walk):
    walk.type("long")
    first = walk.chat.id
    walk.wait(lambda: walk.messages[1:] and "0 1 " in walk.page.transcript.text_of(walk.messages[1].id))
    walk.app.chat.new()
    walk.app.chat.open(first)
    answer = walk.messages[-1]
    seen = walk.shown(answer)
    assert seen.startswith("0 1 ")
    walk.wait(lambda: len(walk.shown(answer)) > len(seen) + 20)
    walk.app.chat.chat.stop()
    walk.wait(lambda: not walk.app.chat.chat.busy)
    assert walk.shown(answer) == walk.messages[-1].text


def test_closing_the_window_in_mid_answer_keeps_what_had_arrived(walk, start):
    walk.type("long")
    walk.wait(lambda: walk.messages[1:] and len(walk.page.transcript.text_of(walk.messages[1].id)) > 20)
    pid = walk.app.engine.pid
    walk.app.window.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    again = start(SCRIPTED)
    assert again.messages[-1].state is MessageState.stopped
    assert again.messages[-1].text.startswith("0 1 2 ")


def test_a_deleted_chat_comes_back_by_undo(walk):
    walk.ask("keep me")
    walk.app.chat.delete_current()
    assert walk.titles() == []
    assert walk.page.notice.isVisible()
    walk.page.notice.action.emit()
    assert walk.titles() == ["keep me"]
    assert walk.messages[0].text == "keep me"


def test_a_draft_survives_a_change_of_chat_and_a_restart(walk, start):
    walk.ask("one")
    first = walk.chat.id
    walk.qtbot.keyClicks(walk.page.composer.box, "half a thought")
    walk.app.chat.new()
    assert walk.page.composer.text() == ""
    walk.app.chat.open(first)
    assert walk.page.composer.text() == "half a thought"
    walk.app.close()
    assert start(SCRIPTED).page.composer.text() == "half a thought"


def test_leaving_a_new_chat_without_a_word_leaves_no_trace(walk):
    walk.ask("one")
    walk.app.chat.new()
    walk.qtbot.keyClicks(walk.page.composer.box, "x")
    walk.app.chat.drafts.store()
    assert len(walk.titles()) == 2
    walk.page.composer.set_text("")
    walk.app.chat.open(walk.app.chats.conversations()[-1].id)
    assert walk.titles() == ["one"]


def test_words_are_found_in_the_chat_and_in_all_chats(walk):
    walk.ask("red apples")
    walk.app.chat.new()
    walk.ask("green pears")
    walk.app.chat.search()
    dialog = walk.app.window.findChild(object, "search-dialog")
    walk.qtbot.keyClicks(dialog.field, "apples")
    hits = dialog.findChild(QListView, "search-hits")
    walk.wait(lambda: hits.model().rowCount() > 0)
    walk.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert walk.messages[0].text == "red apples"
    walk.page.find_bar.open_bar()
    walk.qtbot.keyClicks(walk.page.find_bar.field, "apples")
    walk.wait(lambda: "of 2" in walk.page.find_bar.count.text())


def test_a_text_with_nul_and_five_megabytes_is_kept_and_answered(walk):
    walk.page.composer.set_text("length " + "word " * 1_000_000)
    walk.page.composer.box.insertPlainText("\0end")
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Return)
    walk.wait(lambda: len(walk.messages) == 2 and not walk.app.chat.chat.busy)
    assert len(walk.messages[0].text) > 5_000_000
    assert "\0" not in walk.messages[0].text
    assert int(walk.messages[1].text) == len(walk.messages[0].text)


def test_a_double_click_on_send_asks_once(walk):
    walk.page.composer.set_text("hello")
    for _ in range(2):
        walk.qtbot.mouseClick(walk.page.composer.send, Qt.MouseButton.LeftButton)
    walk.wait(lambda: len(walk.messages) == 2 and not walk.app.chat.chat.busy)
    assert len(walk.app.chats.conversations()) == 1


def test_the_model_is_unloaded_when_nobody_needs_it(walk, monkeypatch):
    walk.ask("hello")
    pid = walk.app.engine.pid
    monkeypatch.setattr(walk.app.engine, "seconds_idle", lambda: 16 * 60.0)
    joints = walk.app.window.findChild(application.Joints)
    joints.unload_when_idle()
    assert walk.app.engine.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert walk.page.header.device.text() == ""
    assert walk.ask("again").text == "again"


def test_a_day_of_use_leaves_one_backup(walk):
    walk.ask("hello")
    joints = walk.app.window.findChild(application.Joints)
    for _ in range(2):
        joints.back_up_daily()
        walk.wait(lambda: [path.suffix for path in find_home().backups.iterdir()] == [".sqlite"])
    walk.app.close()
    joints.back_up_daily()


def test_text_size_theme_and_pages_follow_the_keyboard(walk):
    window = walk.app.window
    walk.qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert walk.app.settings.value.text_size == 110
    walk.qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert walk.app.settings.value.text_size == 100
    walk.qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.page_name == "settings"
    walk.qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.page_name == "models"
    walk.qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.page_name == "chat"


def drop(page, *paths):
    """Let files fall onto the chat page, as the file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, action, left = QPoint(300, 200), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, action, data, left, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    assert page.findChild(QLabel, "drop-hint").isVisible()
    QApplication.sendEvent(page, QDropEvent(QPointF(place), action, data, left, none))
    assert not page.findChild(QLabel, "drop-hint").isVisible()


def attached(walk):
    return [each.name for each in walk.page.composer.draft().attachments]


def test_dropped_documents_are_sent_whole_with_the_question_and_shown(walk, tmp_path):
    (tmp_path / "plan.md").write_text("Buy milk.", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Call Ann.", encoding="utf-8")
    drop(walk.page, tmp_path / "plan.md", tmp_path / "notes.txt")
    walk.wait(lambda: attached(walk) == ["plan.md", "notes.txt"])
    answer = walk.ask("")
    assert walk.messages[0].text == "Summarise these documents."
    assert attached(walk) == []
    assert "Buymilk." in answer.text.replace(" ", "")
    assert "CallAnn." in answer.text.replace(" ", "")
    shown = walk.page.transcript.findChildren(QToolButton, "shown-attachment")
    assert sorted(b.accessibleName() for b in shown if b.isVisible()) == [
        "notes.txt, 2 words",
        "plan.md, 2 words",
    ]
    next(b for b in shown if b.accessibleName().startswith("plan")).click()
    dialog = walk.app.window.findChild(QDialog, "document-dialog")
    assert dialog.field.toPlainText() == "Buy milk."
    dialog.close()


def test_a_dropped_pdf_with_a_password_is_sent_whole(walk, tmp_path):
    secret = document([column(["Buy milk."]), column(["Call Ann."])], password="geheim")
    (tmp_path / "plan.pdf").write_bytes(secret)
    drop(walk.page, tmp_path / "plan.pdf")
    walk.wait(lambda: walk.app.window.findChild(QDialog, "password-dialog"))
    dialog = walk.app.window.findChild(QDialog, "password-dialog")
    dialog.field.setText("geheim")
    dialog.accept()
    walk.wait(lambda: attached(walk) == ["plan.pdf"])
    answer = walk.ask("")
    assert "Buymilk." in answer.text.replace(" ", "")
    assert "CallAnn." in answer.text.replace(" ", "")


def test_a_document_waits_in_the_draft_and_follows_an_edited_question(start, tmp_path):
    walk = start(SCRIPTED, make_titles=False)
    (tmp_path / "plan.md").write_text("Buy milk.", encoding="utf-8")
    drop(walk.page, tmp_path / "plan.md")
    walk.wait(lambda: attached(walk) == ["plan.md"])
    walk.app.window.close()
    walk = start(SCRIPTED)
    assert attached(walk) == ["plan.md"]
    walk.ask("what is it")
    walk.app.chat.actions.edit()
    assert attached(walk) == ["plan.md"]
    walk.app.chat.stop_or_close()
    assert attached(walk) == []


def test_what_cannot_be_attached_is_said_and_the_rest_is_attached(walk, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "plan.md").write_text("Buy milk.", encoding="utf-8")
    drop(walk.page, tmp_path / "picture.png", tmp_path / "plan.md")
    walk.wait(lambda: attached(walk) == ["plan.md"])
    assert "picture.png" in walk.page.notice.text


def test_a_dropped_model_is_used(walk, tmp_path):
    model = shutil.copy(places.starter_model(), tmp_path / "other.gguf")
    drop(walk.page, model)
    assert walk.chat.model == str(model)


TWO_PAGES = Path(__file__).parent / "data" / "two_pages.md"


SUGGESTED = (
    "I answer questions about ChatDesk",
    "choose Dark",
    "Your chats stay on this computer",
    "?",
)
"""A part of the right answer to each question that an empty chat suggests."""


def test_the_first_minute_with_the_starter_model_is_answered_rightly(start, tmp_path):
    walk = start(make_titles=False)
    assert walk.ask("hello").text.startswith("Hello! Ask me about ChatDesk")
    assert "Ctrl+," in (dark := walk.ask("How do I turn on dark mode?").text)
    assert "Dark" in dark
    assert walk.ask("Translate to German: The house is small.").text == "Das Haus ist klein."
    for question, right in zip(suggestions(demonstration=True), SUGGESTED, strict=True):
        walk.app.chat.new()
        assert right in walk.ask(question).text
    walk.app.chat.new()
    drop(walk.page, shutil.copy(TWO_PAGES, tmp_path / "minutes.md"))
    walk.wait(lambda: attached(walk) == ["minutes.md"])
    summary = walk.ask("").text
    assert walk.messages[0].text == "Summarise this document."
    sentences = re.findall(r"[^.]+\.", summary)
    assert len(sentences) >= 2
    document = TWO_PAGES.read_text(encoding="utf-8")
    assert all(sentence.strip().removeprefix("- ") in document for sentence in sentences)
