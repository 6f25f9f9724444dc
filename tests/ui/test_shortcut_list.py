"""The list on F1: it finds shortcuts, and gives each of them other keys."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QToolButton

from chatdesk.domain.settings import SendKey
from chatdesk.ui.key_editor import KeyEditor, refusal
from chatdesk.ui.shortcut_list import ShortcutList, ShortcutRow
from chatdesk.ui.shortcuts import SHORTCUTS, WRITTEN, find, keys_of, native, own_keys, use_keys

HELD = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(qtbot):
    dialog = ShortcutList(SendKey.enter)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.changed.connect(use_keys)
    dialog.open()
    yield dialog
    use_keys(())


def visible_rows(dialog):
    return [row.objectName() for row in dialog.findChildren(ShortcutRow) if row.isVisible()]


def test_the_list_shows_every_shortcut_and_takes_the_keyboard(shown):
    assert len(visible_rows(shown)) == len(SHORTCUTS)
    assert shown.focusWidget().objectName() == "shortcut-filter"
    for row in shown.findChildren(ShortcutRow):
        assert ": " in row.accessibleName()


def test_typing_leaves_what_has_all_the_words(shown, qtbot):
    field = shown.findChild(QLineEdit, "shortcut-filter")
    qtbot.keyClicks(field, "CHAT del")
    assert "shortcut-delete-chat" in visible_rows(shown)
    assert "shortcut-regenerate" not in visible_rows(shown)
    field.clear()
    assert len(visible_rows(shown)) == len(SHORTCUTS)


def test_keys_can_be_looked_up(shown, qtbot):
    qtbot.keyClicks(shown.findChild(QLineEdit, "shortcut-filter"), native("Ctrl+K"))
    assert visible_rows(shown) == ["shortcut-search-chats"]


def test_nothing_found_is_said(shown, qtbot):
    qtbot.keyClicks(shown.findChild(QLineEdit, "shortcut-filter"), "zzz")
    assert visible_rows(shown) == []
    assert shown._nothing.isVisible()


def test_arrow_and_page_keys_move_the_list(shown, qtbot):
    field = shown.findChild(QLineEdit, "shortcut-filter")
    bar = shown.findChild(QScrollArea).verticalScrollBar()
    shown.resize(540, 200)
    qtbot.waitUntil(lambda: bar.maximum() > 2 * bar.pageStep())
    places = [bar.value()]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        qtbot.keyClick(field, key)
        places.append(bar.value())
    assert places[1] > places[0]
    assert places[-1] == 0
    assert all(one != other for one, other in itertools.pairwise(places))


def test_escape_closes_it(shown, qtbot):
    qtbot.keyClick(shown.findChild(QLineEdit, "shortcut-filter"), Qt.Key.Key_Escape)
    assert not shown.isVisible()


def change(shown, qtbot, name, key, held=HELD):
    """Open the editor of a shortcut and press keys in it; return the editor."""
    qtbot.mouseClick(shown.findChild(QToolButton, f"change-{name}"), Qt.MouseButton.LeftButton)
    editor = shown.findChild(KeyEditor)
    qtbot.keyClick(editor.findChild(QLineEdit, "pressed-keys"), key, held)
    return editor


def click(parent, name, qtbot):
    qtbot.mouseClick(parent.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def told(editor):
    return editor.findChild(QLabel, "key-told").text()


def test_new_keys_are_pressed_and_count_at_once(shown, qtbot):
    editor = change(shown, qtbot, "new-chat", Qt.Key.Key_F11)
    assert told(editor) == ""
    click(editor, "use-keys", qtbot)
    assert keys_of(find("new-chat")) == ("Ctrl+F11",)
    row = shown.findChild(ShortcutRow, "shortcut-new-chat")
    assert row.accessibleName() == f"New chat: {native('Ctrl+F11')}"
    assert shown.findChild(QToolButton, "reset-new-chat").isVisible()


def test_a_conflict_names_what_has_the_keys(shown, qtbot):
    editor = change(shown, qtbot, "new-chat", Qt.Key.Key_K)
    assert "Search all chats" in told(editor)
    click(editor, "use-keys", qtbot)
    assert own_keys() == {"new-chat": "Ctrl+K"}
    row = shown.findChild(ShortcutRow, "shortcut-search-chats")
    assert row.accessibleName() == "Search all chats: no keys"


def test_keys_that_write_are_refused(shown, qtbot):
    for key, held in (
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_C, HELD),
        (Qt.Key.Key_Return, HELD),
    ):
        editor = change(shown, qtbot, "new-chat", key, held)
        assert told(editor)
        assert not editor.findChild(QPushButton, "use-keys").isEnabled()
        click(editor, "keep-keys", qtbot)
        qtbot.waitUntil(lambda: shown.findChild(KeyEditor) is None)
    assert own_keys() == {}
    assert refusal("F9") == ""
    assert refusal("nonsense")


def test_tab_leaves_the_field_and_escape_closes_without_a_change(shown, qtbot):
    editor = change(shown, qtbot, "new-chat", Qt.Key.Key_F11)
    qtbot.keyClick(editor.findChild(QLineEdit, "pressed-keys"), Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert own_keys() == {}


def test_one_and_all_keys_are_set_back(shown, qtbot):
    for name, key in (("new-chat", Qt.Key.Key_F11), ("downloads", Qt.Key.Key_F10)):
        editor = change(shown, qtbot, name, key)
        click(editor, "use-keys", qtbot)
        qtbot.waitUntil(lambda: shown.findChild(KeyEditor) is None)
    qtbot.mouseClick(shown.findChild(QToolButton, "reset-new-chat"), Qt.MouseButton.LeftButton)
    assert own_keys() == {"downloads": "Ctrl+F10"}
    click(shown, "reset-shortcuts", qtbot)
    assert own_keys() == {}
    assert not shown.findChild(QPushButton, "reset-shortcuts").isEnabled()


def test_keys_are_taken_away(shown, qtbot):
    editor = change(shown, qtbot, "new-chat", Qt.Key.Key_F11)
    click(editor, "no-keys", qtbot)
    assert keys_of(find("new-chat")) == ()


def test_keys_of_texts_are_not_offered_for_change(shown):
    for name in WRITTEN:
        assert not shown.findChild(QToolButton, f"change-{name}").isVisible()


def test_keys_of_a_template_are_told_of_too(shown, qtbot):
    shown._taken = lambda keys: "Mine" if keys == "Ctrl+9" else ""
    editor = change(shown, qtbot, "models-page", Qt.Key.Key_9)
    assert told(editor) == "These keys are now for “Mine”, which loses them."


@pytest.mark.parametrize("name", ["edit-last", "translate"])
def test_keys_within_texts_can_be_changed_too(shown, qtbot, name):
    editor = change(shown, qtbot, name, Qt.Key.Key_F9)
    click(editor, "use-keys", qtbot)
    assert keys_of(find(name)) == ("Ctrl+F9",)
