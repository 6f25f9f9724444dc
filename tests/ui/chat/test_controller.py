"""What the chat page does, on the real window with a scripted model."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

from chatdesk import app as application
from chatdesk.domain.chat import Conversation, Message, Role
from chatdesk.paths import find_home

ANSWER = "Two ways:\n\n```python\nprint(1)\n```\n\nor\n\n~~~\nplain\n~~~\n\nThat is all."


@pytest.fixture
def app(qtbot):
    built = application.build(find_home(), "tests.fakes.backends:Scripted")
    built.settings.change(make_titles=False)
    qtbot.addWidget(built.window)
    built.window.show()
    yield built
    built.window.close()


@pytest.fixture
def talk(app):
    """An open chat with one question and one answer."""
    chat = Conversation("Talk")
    app.chats.save(chat)
    question = Message(Role.user, "How?")
    app.chats.add(chat.id, question)
    app.chats.add(chat.id, Message(Role.assistant, ANSWER, question.id, model="M"))
    app.chat.open(chat.id)
    return chat


def ask(app, qtbot, text):
    app.chat.submit(text)
    qtbot.waitUntil(lambda: not app.chat.chat.busy, timeout=15_000)


def test_the_last_answer_is_copied_as_it_was_written(app, talk):
    app.chat.actions.copy()
    assert QGuiApplication.clipboard().text() == ANSWER


def test_the_last_piece_of_code_is_copied_alone(app, talk):
    app.chat.actions.copy_code()
    assert QGuiApplication.clipboard().text() == "plain"


def test_a_chat_without_code_leaves_the_clipboard_alone(app, qtbot):
    QGuiApplication.clipboard().setText("before")
    ask(app, qtbot, "hello")
    app.chat.actions.copy_code()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_chat_is_renamed_in_the_list(app, talk, qtbot):
    app.chat.rename_current()
    editor = app.chat.page.sidebar.list.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "A better name")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.chats.conversation(talk.id).title == "A better name", timeout=3000)
    assert app.chat.chat.conversation.title == "A better name"


def test_style_thinking_and_system_prompt_are_kept_with_the_chat(app, talk, qtbot):
    header = app.chat.page.header
    assert not header.thinking.isVisible()
    ask(app, qtbot, "hello")  # the scripted model can switch thinking; that is known once it is loaded
    assert header.thinking.isVisible()
    assert header.thinking.isChecked()
    qtbot.mouseClick(header.thinking, Qt.MouseButton.LeftButton)
    header.preset_picked.emit("creative")
    app.chat.ask_system_prompt()
    dialog = app.window.findChild(object, "system-prompt-dialog")
    dialog.field.setPlainText("  Be kind.\n")
    dialog._save()
    stored = app.chats.conversation(talk.id)
    assert (stored.preset, stored.thinking, stored.system) == ("creative", False, "Be kind.")
    options = app.chat.chat.options()
    assert (options.thinking, options.sampling.temperature) == (False, 1.0)


def test_a_real_model_names_the_chat_after_the_first_answer(app, qtbot, starter, tmp_path):
    app.settings.change(make_titles=True)
    app.models.open_file(shutil.copy(starter, tmp_path / "real.gguf"))
    ask(app, qtbot, "hello there")
    # The scripted model answers with the words of what it was asked.
    named = app.chat.page.sidebar.model
    qtbot.waitUntil(lambda: named.index(1, 0).data().startswith("Writeashorttitle"), timeout=15_000)
    assert app.chats.conversations()[0].title.startswith("Writeashorttitle")
    ask(app, qtbot, "once more")
    assert len(app.chats.branch(app.chat.chat.conversation.id)) == 4


def test_the_demonstration_leaves_the_first_words_as_the_name(app, qtbot):
    app.settings.change(make_titles=True)
    ask(app, qtbot, "hello there")
    assert app.chats.conversations()[0].title == "hello there"


def test_a_new_chat_takes_the_system_prompt_of_the_settings(app, qtbot):
    app.settings.change(system_prompt="Be brief.")
    app.chat.new()
    ask(app, qtbot, "hello")
    assert app.chats.conversations()[0].system == "Be brief."


def test_a_chat_whose_model_is_gone_says_which_one_answers(app, talk, tmp_path):
    app.chats.save(replace(talk, model=str(tmp_path / "gone.gguf")))
    app.chat.new()
    app.chat.open(talk.id)
    assert "gone.gguf" in app.chat.page.notice.text
    assert "Starter" in app.chat.page.notice.text


def test_the_demonstration_notice_stays_away_once_it_was_closed(app, talk):
    assert app.chat.page.demonstration.isVisible()
    app.chat.page.demonstration.dismiss()
    app.chat.new()
    assert not app.chat.page.demonstration.isVisible()


def test_get_a_real_model_opens_the_models_page(app):
    app.chat.page.demonstration.action.emit()
    assert app.window.page_name == "models"


def test_deleting_one_chat_shows_the_next(app, talk, qtbot):
    app.chat.new()
    ask(app, qtbot, "other")
    app.chat.delete_current()
    assert app.chat.chat.conversation.id == talk.id


def test_deleting_while_an_answer_runs_stops_it(app, qtbot):
    app.chat.submit("long")
    chat = app.chat.chat.conversation.id
    qtbot.waitUntil(lambda: app.answers.live(chat) is not None, timeout=15_000)
    app.chat.delete_current()
    qtbot.waitUntil(lambda: not app.answers.busy(chat), timeout=15_000)
    assert app.chats.conversations() == []


def test_cancelling_an_edit_brings_the_draft_back(app, talk):
    app.chat.page.composer.set_text("my draft")
    app.chat.actions.edit()
    assert app.chat.page.composer.text() == "How?"
    app.chat.stop_or_close()
    assert app.chat.page.composer.text() == "my draft"
    assert not app.chat.page.editing.isVisible()


def test_the_sidebar_gives_way_in_a_narrow_window_and_can_be_called(app, qtbot):
    app.window.resize(600, 600)
    assert not app.chat.page.sidebar.isVisible()
    app.chat.toggle_sidebar()
    assert app.chat.page.sidebar.isVisible()
    app.window.resize(1100, 700)
    assert app.chat.page.sidebar.isVisible()
    app.chat.toggle_sidebar()
    assert not app.chat.page.sidebar.isVisible()
    assert app.settings.value.sidebar is False


def test_a_bug_in_a_flow_is_told_in_general_words(app, qtbot):
    ask(app, qtbot, "bug")
    assert "Something went wrong inside ChatDesk" in app.chat.page.notice.text
    assert "Traceback" not in app.chat.page.notice.text
    app.chat.page.notice.action.emit()
    assert "ValueError: a bug in the backend" in QGuiApplication.clipboard().text()


def test_a_model_that_seems_too_large_is_loaded_with_a_second_click(app, qtbot, starter, tmp_path):
    app.models.open_file(shutil.copy(starter, tmp_path / "large.gguf"))
    app.chat.pick_model(tmp_path / "large.gguf")
    ask(app, qtbot, "hello")
    notice = app.chat.page.notice
    assert "9.0 GB" in notice.text
    assert "4.0 GB are free" in notice.text
    button = notice.findChild(QPushButton)
    assert button.text() == "Load anyway"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.chat.chat.branch()[-1].message.text == "hello", timeout=15_000)
    answer = app.chat.chat.branch()[-1]
    assert (answer.message.error, len(answer.versions.ids)) == ("", 1)
    qtbot.waitUntil(lambda: not app.chat.chat.busy, timeout=15_000)
    ask(app, qtbot, "again")  # it is loaded now, and nobody is asked again
    assert app.chat.chat.branch()[-1].message.text == "again"


def test_the_click_counts_for_the_chat_that_was_refused(app, qtbot, talk, starter, tmp_path):
    app.models.open_file(shutil.copy(starter, tmp_path / "large.gguf"))
    app.chat.pick_model(tmp_path / "large.gguf")
    ask(app, qtbot, "hello")
    app.chat.new()
    app.chat.page.notice.action.emit()
    assert app.chat.chat.conversation.id == talk.id
    qtbot.waitUntil(lambda: app.chat.chat.branch()[-1].message.text == "hello", timeout=15_000)


def test_what_a_model_takes_corrects_later_estimates_once_for_each_load(app, qtbot):
    ask(app, qtbot, "hello")
    assert app.settings.value.memory_factor == pytest.approx(1.05)
    ask(app, qtbot, "hello again")
    assert app.settings.value.memory_factor == pytest.approx(1.05)
