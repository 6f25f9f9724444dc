"""The table of shortcuts, and the list that shows it."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QScrollArea

from chatdesk.domain.settings import SendKey
from chatdesk.ui.shortcuts import (
    SHORTCUTS,
    ShortcutList,
    ShortcutRow,
    find,
    hint,
    key_names,
    keys_of,
    native,
    sequences,
)


@pytest.fixture
def shown(qtbot):
    dialog = ShortcutList(SendKey.enter)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def visible_rows(dialog):
    return [row.objectName() for row in dialog.findChildren(ShortcutRow) if row.isVisible()]


def test_every_key_is_one_that_qt_knows():
    for shortcut in SHORTCUTS:
        for keys in shortcut.keys:
            sequence = QKeySequence.fromString(keys)
            assert sequence.count() == 1, keys
            assert sequence[0].key() != Qt.Key.Key_unknown, keys


def test_no_keys_stand_for_two_things():
    keys = [QKeySequence.fromString(k).toString() for shortcut in SHORTCUTS for k in shortcut.keys]
    assert len(keys) == len(set(keys))
    assert len({shortcut.id for shortcut in SHORTCUTS}) == len(SHORTCUTS)


def test_backspace_alone_never_deletes_a_chat():
    assert find("delete-chat").keys == ("Ctrl+Shift+Backspace",)


def test_a_shortcut_is_found_by_its_id():
    assert find("search-chats").keys == ("Ctrl+K",)
    assert [each.toString() for each in sequences("new-chat")] == ["Ctrl+N", "Ctrl+Shift+O"]
    with pytest.raises(KeyError):
        find("make-coffee")


def test_sending_and_a_new_line_follow_the_setting_and_never_meet():
    for setting in SendKey:
        send, line = (keys_of(find(name), setting) for name in ("send", "new-line"))
        assert not set(send) & set(line)
    assert keys_of(find("send"), SendKey.enter) == ("Return",)
    assert keys_of(find("send"), SendKey.ctrl_enter) == ("Ctrl+Return",)


def test_keys_are_named_one_by_one():
    assert len(key_names("Ctrl+Shift+O")) == 3
    assert key_names("Ctrl++")[-1] == "+"
    assert len(key_names("Ctrl++")) == 2
    assert len(key_names("F3")) == 1


def test_a_tooltip_names_the_keys():
    assert hint("New chat", "new-chat") == f"New chat ({native('Ctrl+N')})"
    assert hint("Send", "send") == "Send"


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
