"""Walks: commands by typing, keys of one's own, looks that count at once, quick questions, and the tray."""

import subprocess
import sys
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QToolButton

from chatdesk import app as application
from chatdesk.domain.chat import Role
from chatdesk.domain.settings import Density, ReadingWidth, Stamps
from chatdesk.domain.storage_errors import StorageError
from chatdesk.domain.templates import Persona
from chatdesk.flows.opening import QUICK_ASK
from chatdesk.languages import spelling
from chatdesk.paths import find_home
from chatdesk.ui import tray as trays
from chatdesk.ui.commands import OF_PAGES
from chatdesk.ui.palette import Palette
from chatdesk.ui.shortcut_list import ShortcutList
from chatdesk.ui.shortcuts import use_keys
from chatdesk.ui.single_instance import SingleInstance

PATIENCE = 20_000  # milliseconds; a busy machine starts a process slowly
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Walk:
    """Types and clicks as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app, self.window = qtbot, app, app.window

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def press(self, key, held=HELD):
        """Press keys in the window, which has to be in front for them."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, key, held)

    def palette(self):
        self.press(Qt.Key.Key_P)
        self.wait(lambda: self.window.findChild(Palette))
        return self.window.findChild(Palette)

    def command(self, words):
        """Find a command by its words and do it."""
        shown = self.palette()
        self.qtbot.keyClicks(shown.field, words)
        self.qtbot.keyClick(shown.field, Qt.Key.Key_Return)
        self.wait(lambda: self.window.findChild(Palette) is None)

    def ask(self, text):
        self.app.chat.submit(text)
        self.wait(lambda: not self.app.chat.chat.busy)


@pytest.fixture
def walk(qtbot):
    built = application.build(find_home(), "tests.fakes.backends:Scripted")
    built.settings.change(make_titles=False)
    qtbot.addWidget(built.window)
    built.window.show()
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow)
    yield Walk(qtbot, built)
    built.window.quit()
    use_keys(())


def test_pages_settings_chats_and_models_are_reached_by_typing(walk):
    walk.ask("A question about rivers")
    walk.command("models applic")
    assert walk.window.page_name == "models"
    walk.command("offline mode")
    assert walk.window.page_name == "settings"
    assert walk.window.focusWidget().objectName() == "setting-offline"
    walk.command("new chat")
    assert walk.window.page_name == "chat"
    assert walk.app.chat.chat.conversation.title == ""
    walk.command("rivers")
    assert walk.app.chat.chat.conversation.title == "A question about rivers"
    walk.command("use model starter")
    assert walk.app.settings.value.default_model
    walk.command("new persona")
    assert walk.window.page.editor.title.text() == ""
    for page, name, _ in OF_PAGES:
        walk.window.show_page(page)
        assert walk.window.page.findChild(QAbstractButton, name), name


def test_the_palette_opens_with_less_than_50_milliseconds_of_work(walk):
    walk.ask("A question")
    walk.palette().reject()  # the first time the code is loaded
    walk.wait(lambda: walk.window.findChild(Palette) is None)
    before = time.process_time()
    walk.app.joints.palette.show()
    QApplication.processEvents()
    assert time.process_time() - before < 0.05
    walk.window.findChild(Palette).reject()


def test_templates_and_personas_are_found_by_their_titles(walk):
    entries = walk.app.templates.library.entries()
    shown = walk.palette()
    walk.qtbot.keyClicks(shown.field, entries[0].what.title)
    assert f"template:{entries[0].id}" in [each.id for each in shown.rows.commands]
    persona = next(each for each in entries if isinstance(each.what, Persona))
    shown.field.clear()
    walk.qtbot.keyClicks(shown.field, f"persona {persona.what.title}")
    walk.qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert walk.app.chat.chat.conversation.system == persona.what.system


def test_a_store_that_cannot_be_read_is_told_and_the_rest_is_listed(walk):
    def broken():
        raise StorageError("The store is damaged.")

    walk.app.joints.palette.sources.insert(0, broken)
    shown = walk.palette()
    walk.qtbot.keyClicks(shown.field, "offline")
    assert [each.title for each in shown.rows.commands] == ["Offline mode"]
    assert "damaged" in walk.app.chat.page.notice.text
    shown.reject()


def test_what_was_used_last_is_first_the_next_time_and_after_a_restart(walk):
    walk.command("downloads")
    assert walk.app.settings.value.recent_actions == ("shortcut:downloads",)
    shown = walk.palette()
    assert shown.rows.commands[0].id == "shortcut:downloads"
    shown.reject()


def test_menus_of_the_chat_are_found_and_what_cannot_be_done_says_why(walk):
    shown = walk.palette()
    assert "chat-menu" in " ".join(each.id for each in shown.rows.commands)
    unusable = {each.id: each.unusable for each in shown.rows.commands}
    assert unusable["shortcut:stop"]
    assert unusable["shortcut:pin-chat"] == "This chat is still empty"
    assert not any(each.title == "Open the chat that it came from" for each in shown.rows.commands)
    shown.reject()


def test_quit_by_the_palette_ends_in_order(walk):
    walk.command("quit")
    assert walk.app.closed


def test_keys_are_changed_in_the_list_and_work_and_are_kept(walk):
    walk.press(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    listed = walk.window.findChild(ShortcutList)
    walk.qtbot.mouseClick(listed.findChild(QToolButton, "change-models-page"), Qt.MouseButton.LeftButton)
    field = listed.findChild(QLineEdit, "pressed-keys")
    walk.qtbot.keyClick(field, Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier)
    walk.qtbot.mouseClick(listed.findChild(QPushButton, "use-keys"), Qt.MouseButton.LeftButton)
    listed.reject()
    walk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert walk.window.page_name == "chat"
    walk.press(Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier)
    assert walk.window.page_name == "models"
    assert "Ctrl+F11" in walk.window.findChild(QToolButton, "rail-models").toolTip()
    assert walk.app.settings.value.keys == ("models-page=Ctrl+F11",)
    shown = walk.palette()
    keys = {each.id: each.keys for each in shown.rows.commands}
    assert keys["shortcut:models-page"] == "Ctrl+F11"
    shown.reject()


def test_looks_count_at_once(walk):
    walk.ask("A question")
    walk.window.resize(1400, 800)
    transcript, before = walk.app.chat.page.transcript, QApplication.font().families()
    chats = walk.app.chat.page.sidebar.list
    height = chats.sizeHintForRow(0)
    walk.app.settings.change(
        reading_width=ReadingWidth.wide, density=Density.compact, stamps=Stamps.always, text_font="Some Sans",
        code_font="Some Mono",
    )  # fmt: skip
    assert QApplication.font().families()[0] == "Some Sans"
    assert transcript.formats.reading == walk.app.settings.value.reading
    assert walk.app.chat.page.composer.maximumWidth() > ReadingWidth.wide.pixels
    assert chats.sizeHintForRow(0) < height
    walk.app.settings.change(text_font="")
    assert QApplication.font().families() == before


def quick_of(walk):
    walk.press(Qt.Key.Key_K)
    return walk.app.joints.comfort._quick


def test_a_quick_question_is_answered_followed_and_opened_as_a_chat(walk):
    quick = quick_of(walk)
    assert quick.isVisible()
    assert quick.transcript.isHidden()
    walk.qtbot.keyClicks(quick.field, "one two")
    walk.qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    walk.wait(lambda: quick.transcript.isVisible() and quick.stop.isHidden())
    chat = quick._chat.id
    walk.qtbot.keyClicks(quick.field, "three four")
    walk.qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    walk.wait(lambda: len(walk.app.chats.branch(chat)) == 4 and quick.stop.isHidden())
    texts = [(s.message.role, s.message.text) for s in walk.app.chats.branch(chat)]
    assert texts[1] == (Role.assistant, "onetwo")
    assert texts[3] == (Role.assistant, "threefour")
    walk.qtbot.mouseClick(quick.open, Qt.MouseButton.LeftButton)
    assert not quick.isVisible()
    assert walk.app.chat.chat.conversation.id == chat


def test_escape_closes_the_small_window_and_the_next_question_begins_anew(walk):
    quick = quick_of(walk)
    walk.qtbot.keyClicks(quick.field, "one")
    walk.qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    walk.wait(lambda: quick.stop.isHidden() and quick.open.isVisible())
    first = quick._chat.id
    walk.qtbot.keyClick(quick.field, Qt.Key.Key_Escape)
    assert not quick.isVisible()
    assert walk.window.isVisible()
    quick_of(walk)
    assert quick._chat.id != first
    assert quick.transcript.isHidden()
    walk.qtbot.keyClicks(quick.field, "   ")
    walk.qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    assert quick.transcript.isHidden()


def test_a_long_quick_answer_is_stopped_and_copied(walk):
    quick = quick_of(walk)
    walk.qtbot.keyClicks(quick.field, "long")
    walk.qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    walk.wait(lambda: walk.app.chats.branch(quick._chat.id)[1:] and quick.stop.isVisible())
    walk.qtbot.mouseClick(quick.stop, Qt.MouseButton.LeftButton)
    walk.wait(quick.stop.isHidden)
    answer = walk.app.chats.branch(quick._chat.id)[1].message
    quick.transcript.action_requested.emit("copy", answer.id)
    assert QApplication.clipboard().text() == answer.text
    QApplication.clipboard().clear()


def test_a_command_of_the_desktop_shows_the_small_window_and_leaves_the_large_one_where_it_is(walk):
    first = SingleInstance(find_home().lock)
    assert first.take()
    raised = []
    first.raise_requested.connect(lambda: raised.append(True))
    first.open_requested.connect(walk.app.joints.open_target)
    walk.window.hide()
    begun = time.monotonic()
    second = subprocess.Popen([sys.executable, "-m", "chatdesk", QUICK_ASK])
    walk.wait(lambda: walk.app.joints.comfort._quick and walk.app.joints.comfort._quick.isVisible())
    assert second.wait(timeout=20) == 0
    assert not raised
    assert not walk.window.isVisible()
    assert time.monotonic() - begun < PATIENCE / 1000
    walk.window.show()
    first.release()


@pytest.fixture
def with_tray(monkeypatch):
    """A desktop with a tray; its messages are kept."""
    told = []
    monkeypatch.setattr(trays, "has_tray", lambda: True)
    monkeypatch.setattr(trays.Tray, "tell", lambda _self, title, *_: told.append(title))
    return told


def test_closing_only_hides_the_window_when_that_was_chosen_and_says_so_once(walk, with_tray):
    walk.app.settings.change(tray=True, close_to_tray=True)
    for _ in range(2):
        walk.window.close()
        assert not walk.window.isVisible()
        assert not walk.app.closed
        walk.app.joints.comfort._tray.toggle_requested.emit()
        assert walk.window.isVisible()
    assert with_tray == ["ChatDesk goes on in the tray"]
    walk.app.joints.comfort._tray.quit_requested.emit()
    assert walk.app.closed


def test_closing_ends_it_when_there_is_an_icon_but_nothing_else_was_chosen(walk, with_tray):
    walk.app.settings.change(tray=True)
    walk.window.close()
    assert walk.app.closed
    assert with_tray == []


def test_the_menu_of_the_tray_begins_chats_and_asks(walk, with_tray):
    walk.app.settings.change(tray=True)
    walk.window.show_page("models")
    tray = walk.app.joints.comfort._tray
    words = {action.text(): action for action in tray.menu.actions() if action.text()}
    assert list(words) == ["Show or hide ChatDesk", "New chat", "Quick ask", "Quit"]
    words["New chat"].trigger()
    assert walk.window.page_name == "chat"
    words["Quick ask"].trigger()
    assert walk.app.joints.comfort._quick.isVisible()
    walk.app.joints.comfort._quick.close()


def test_a_desktop_without_a_tray_is_told(walk, monkeypatch):
    monkeypatch.setattr(trays, "has_tray", lambda: False)
    walk.app.settings.change(tray=True)
    assert "no tray" in walk.app.chat.page.notice.text


def test_a_long_answer_is_told_while_another_window_is_in_front(walk, with_tray):
    comfort = walk.app.joints.comfort
    times = iter([0.0, 100.0])
    comfort.notices._clock = lambda: next(times)
    walk.window.hide()
    walk.wait(lambda: QApplication.activeWindow() is None)
    walk.ask("Are we there")
    assert with_tray == ["Are we there"]
    walk.window.show()


class Words:
    """Knows short words."""

    def knows(self, word):
        return len(word) < 6

    def suggest(self, _):
        return []


def test_misspelt_words_are_underlined_once_dictionaries_are_found_and_can_be_called_right(walk, monkeypatch):
    monkeypatch.setattr(spelling, "installed", Words)
    box = walk.app.chat.page.composer.box
    walk.qtbot.keyClicks(box, "The house is longlong")
    walk.wait(lambda: box.document().firstBlock().layout().formats())
    walk.app.joints.comfort._spelling.learned.emit("longlong")
    assert walk.app.settings.value.own_words == ("longlong",)
    assert not box.document().firstBlock().layout().formats()
