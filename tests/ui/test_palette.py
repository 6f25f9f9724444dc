"""The command palette finds what is typed by parts of words, and what was used last comes first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from chatdesk.ui.commands import Command, of_page, of_settings
from chatdesk.ui.palette import MOST, REMEMBERED, Palette, matching, remembered


def command(title, group="Group", name="", **fields):
    return Command(name or title, title, group, lambda: None, **fields)


COMMANDS = [
    command("Rename the chat"),
    command("New chat", "Chats", keys="Ctrl+N"),
    command("Übersetzung öffnen", "Seiten"),
    command("Stop the answer", unusable="No answer is being written"),
]


def titles(typed, recent=()):
    return [each.title for each in matching(COMMANDS, typed, recent)]


@pytest.fixture
def shown(qtbot):
    made = Palette(COMMANDS, lambda: [command("Open the report", "Chat")], ["Rename the chat"])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.ran = []
    made.chosen.connect(lambda each: made.ran.append(each.title))
    made.open()
    return made


def listed(shown):
    return [each.title for each in shown.rows.commands]


def test_parts_of_words_of_title_and_group_are_found_in_any_order_and_case():
    assert titles("CHAT ren") == ["Rename the chat"]
    assert titles("chats new") == ["New chat"]
    assert titles("zzz") == []


def test_accents_need_not_be_typed():
    assert titles("uberse offnen") == ["Übersetzung öffnen"]


def test_what_was_used_last_comes_first_and_what_cannot_be_done_last():
    assert titles("", ["Stop the answer", "New chat"])[0] == "New chat"
    assert titles("")[-1] == "Stop the answer"
    assert titles("chat", ["New chat"]) == ["New chat", "Rename the chat"]


def test_words_that_begin_so_come_before_those_that_have_it_inside():
    found = matching([command("Unpin it"), command("Do pin it"), command("Pin it")], "pin", [])
    assert [each.title for each in found] == ["Pin it", "Do pin it", "Unpin it"]


def test_thousands_of_commands_are_cut_to_what_can_be_looked_through():
    assert len(matching([command(f"Chat {i}") for i in range(5_000)], "chat", [])) == MOST


def test_the_newest_of_a_few_is_remembered_once():
    assert remembered(["a", "b"], "b") == ("b", "a")
    assert len(remembered([str(i) for i in range(50)], "x")) == REMEMBERED


def test_typing_and_enter_do_it(shown, qtbot):
    qtbot.keyClicks(shown.field, "new")
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.ran == ["New chat"]
    assert not shown.isVisible()


def test_the_arrows_walk_through_the_list_and_stop_at_its_ends(shown, qtbot):
    assert listed(shown)[0] == "Rename the chat"
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_Down):
        qtbot.keyClick(shown.field, key)
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.ran == ["New chat"]


def test_chats_and_models_are_listed_once_something_is_typed(shown, qtbot):
    assert "Open the report" not in listed(shown)
    qtbot.keyClicks(shown.field, "report")
    assert listed(shown) == ["Open the report"]


def test_what_cannot_be_done_says_why_and_enter_does_nothing(shown, qtbot):
    qtbot.keyClicks(shown.field, "stop")
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.isVisible()
    assert shown.ran == []
    spoken = shown.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "No answer is being written" in spoken


def test_nothing_found_is_said_and_enter_is_harmless(shown, qtbot):
    qtbot.keyClicks(shown.field, "zzz")
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.note.isVisible()
    assert shown.ran == []


def test_escape_closes_it(shown, qtbot):
    qtbot.keyClick(shown.field, Qt.Key.Key_Escape)
    assert not shown.isVisible()


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.heard = []
    for name, words in (("save-it", "Save it"), ("hidden", "Hidden"), ("off", "Off"), ("", "Nameless")):
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _=False, heard=words: made.heard.append(heard))
        column.addWidget(button)
    made.findChild(QPushButton, "hidden").hide()
    made.findChild(QPushButton, "off").setEnabled(False)
    more = QToolButton()
    more.setObjectName("more")
    more.setAccessibleName("More")
    more.setMenu(QMenu(more))
    more.menu().aboutToShow.connect(
        lambda: more.menu().addAction("&Print…", lambda: made.heard.append("print"))
    )
    column.addWidget(more)
    return made


def test_buttons_and_menus_of_the_page_are_commands(page):
    found = {each.title: each for each in of_page(page, "chat", "Chat")}
    assert sorted(found) == ["Print", "Save it"]
    assert found["Print"].group == "More"
    for each in found.values():
        each.run()
    assert sorted(page.heard) == ["Save it", "print"]


def test_a_button_that_has_gone_since_does_nothing(page, qtbot):
    save = next(each for each in of_page(page, "chat", "Chat") if each.title == "Save it")
    page.findChild(QPushButton, "save-it").deleteLater()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "save-it") is None)
    save.run()
    assert page.heard == []


def test_every_setting_is_found_by_name():
    asked = []
    found = {each.title: each for each in of_settings(asked.append)}
    found["Theme"].run()
    found["Offline mode"].run()
    assert asked == ["theme", "offline"]


def test_it_is_no_wider_than_its_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    shown = Palette([], list, [], window)
    assert shown.width() <= 400
    assert shown.height() <= 300
