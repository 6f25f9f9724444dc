"""The table of shortcuts, and the keys that users put in place of others."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolButton

from chatdesk.domain.settings import SendKey
from chatdesk.ui.shortcuts import (
    SHORTCUTS,
    bind_within,
    find,
    hint,
    hint_on,
    holder_of,
    key_names,
    keys_of,
    native,
    own_keys,
    read_keys,
    sequences,
    use_keys,
    with_keys,
    written_keys,
)


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


@pytest.fixture
def usual_keys():
    yield
    use_keys(())


@pytest.mark.usefixtures("usual_keys")
def test_other_keys_count_in_the_place_of_the_usual_ones():
    use_keys(with_keys("new-chat", "Ctrl+F11"))
    assert [each.toString() for each in sequences("new-chat")] == ["Ctrl+F11"]
    assert hint("New chat", "new-chat") == f"New chat ({native('Ctrl+F11')})"
    assert holder_of("Ctrl+N") is None
    use_keys(with_keys("new-chat", None))
    assert keys_of(find("new-chat")) == ("Ctrl+N", "Ctrl+Shift+O")


@pytest.mark.usefixtures("usual_keys")
def test_keys_that_are_taken_over_are_lost_by_what_had_them():
    use_keys(with_keys("new-chat", "Ctrl+K"))
    assert holder_of("Ctrl+K").id == "new-chat"
    assert sequences("search-chats") == []
    use_keys(with_keys("downloads", "Ctrl+M"))
    assert keys_of(find("models-page")) == ("Ctrl+2",)  # it had two


@pytest.mark.usefixtures("usual_keys")
def test_the_usual_keys_come_back_from_what_has_them_now():
    use_keys(with_keys("new-chat", "Ctrl+K"))
    use_keys(with_keys("search-chats", None))
    assert holder_of("Ctrl+K").id == "search-chats"
    assert own_keys() == {"new-chat": ""}


@pytest.mark.usefixtures("usual_keys")
def test_keys_of_ones_own_go_before_usual_ones_that_are_the_same():
    use_keys(["new-chat=Ctrl+K"])
    assert keys_of(find("search-chats")) == ()
    use_keys(["new-chat=Ctrl+K", "search-chats=Ctrl+F11"])
    assert holder_of("Ctrl+F11").id == "search-chats"


@pytest.mark.usefixtures("usual_keys")
def test_no_keys_at_all_can_be_chosen():
    use_keys(with_keys("new-chat", ""))
    assert sequences("new-chat") == []
    assert hint("New chat", "new-chat") == "New chat"


@pytest.mark.usefixtures("usual_keys")
def test_stored_keys_that_are_not_understood_are_left_out():
    use_keys(
        [
            "make-coffee=Ctrl+F11",
            "new-chat=Ctrl+",
            "rename-chat",
            "send=Ctrl+F11",
            "=",
            "zoom-in=Ctrl+=",
            "quit=\x00",
        ]
    )
    assert own_keys() == {"rename-chat": "", "zoom-in": "Ctrl+="}


@pytest.mark.usefixtures("usual_keys")
def test_tooltips_follow_changed_keys(qtbot):
    button = QToolButton()
    qtbot.addWidget(button)
    hint_on(button, "New chat", "new-chat")
    use_keys(with_keys("new-chat", "Ctrl+F11"))
    assert native("Ctrl+F11") in button.toolTip()
    use_keys(())
    assert native("Ctrl+N") in button.toolTip()


@pytest.mark.usefixtures("usual_keys")
def test_keys_within_a_page_follow_the_table_and_both_enter_keys_count(qtbot):
    page, done = QLineEdit(), []
    qtbot.addWidget(page)
    page.show()
    bind_within(page, "translate", lambda: done.append(True))
    page.activateWindow()
    qtbot.waitUntil(page.hasFocus)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
    assert len(done) == 2
    use_keys(with_keys("translate", "F9"))
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert len(done) == 3


def test_keys_are_read_as_they_were_written():
    kept = {"a": "Ctrl+=", "b": "", "builtin:mail": "Alt+1"}
    assert read_keys(written_keys(kept)) == kept
    assert read_keys(["=Ctrl+A", "c=nonsense keys", "d"]) == {"d": ""}
