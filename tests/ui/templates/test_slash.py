"""The list of templates above the message box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.chat import Draft
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.storage.database import Database
from chatdesk.storage.templates import TemplateStore
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.slash import Slash


@pytest.fixture
def slash(qtbot, tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addStretch(1)
    composer = Composer()
    column.addWidget(composer)
    window.resize(700, 600)
    slash = Slash(composer, lambda: TemplateLibrary(TemplateStore(database)))
    window.show()
    composer.box.setFocus()
    qtbot.waitUntil(composer.box.hasFocus)
    slash.composer, slash.box = composer, composer.box
    yield slash
    slash.close()
    database.close()


def commands(slash):
    rows = range(slash.list.count())
    return [slash.list.item(row).text().partition(" ")[0] for row in rows]


def test_a_slash_at_the_beginning_of_a_line_lists_templates_and_letters_make_the_list_shorter(slash, qtbot):
    qtbot.keyClicks(slash.box, "/")
    assert slash.is_open
    assert len(commands(slash)) > 20
    qtbot.keyClicks(slash.box, "mai")
    assert commands(slash)[0] == "/mail"
    assert len(commands(slash)) < 10


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_and_tab_choose_and_nothing_is_sent(slash, qtbot, key):
    qtbot.keyClicks(slash.box, "/mail")
    with qtbot.waitSignal(slash.chosen) as chosen, qtbot.assertNotEmitted(slash.composer.submitted):
        qtbot.keyClick(slash.box, key)
    entry, span, selected = chosen.args
    assert (entry.command, span, selected) == ("mail", (0, 5), "")
    assert not slash.is_open


def test_arrows_walk_through_the_list_and_around_it(slash, qtbot):
    qtbot.keyClicks(slash.box, "/")
    qtbot.keyClick(slash.box, Qt.Key.Key_Down)
    assert slash.list.currentRow() == 1
    qtbot.keyClick(slash.box, Qt.Key.Key_Up)
    qtbot.keyClick(slash.box, Qt.Key.Key_Up)
    assert slash.list.currentRow() == slash.list.count() - 1


def test_esc_closes_the_list_and_what_is_written_can_be_sent(slash, qtbot):
    qtbot.keyClicks(slash.box, "/mail")
    qtbot.keyClick(slash.box, Qt.Key.Key_Escape)
    assert not slash.is_open
    with qtbot.waitSignal(slash.composer.submitted) as sent:
        qtbot.keyClick(slash.box, Qt.Key.Key_Return)
    assert sent.args == ["/mail"]


@pytest.mark.parametrize("text", ["/etc/hosts is a file", "/ alone", "half/mail", "//"])
def test_a_text_that_merely_begins_with_a_slash_is_sent_as_it_is(slash, qtbot, text):
    qtbot.keyClicks(slash.box, text)
    assert not slash.is_open
    with qtbot.waitSignal(slash.composer.submitted) as sent:
        qtbot.keyClick(slash.box, Qt.Key.Key_Return)
    assert sent.args == [text]


def test_the_button_opens_the_list_on_a_line_of_its_own_and_esc_leaves_no_trace(slash, qtbot):
    qtbot.keyClicks(slash.box, "Dear all")
    slash.composer.templates.click()
    assert slash.is_open
    assert slash.box.toPlainText() == "Dear all\n/"
    qtbot.keyClick(slash.box, Qt.Key.Key_Escape)
    assert slash.box.toPlainText() == "Dear all"


def test_the_button_tells_what_was_selected(slash, qtbot):
    qtbot.keyClicks(slash.box, "make this better")
    slash.box.selectAll()
    slash.composer.templates.click()
    qtbot.keyClicks(slash.box, "mail")
    with qtbot.waitSignal(slash.chosen) as chosen:
        qtbot.keyClick(slash.box, Qt.Key.Key_Return)
    assert chosen.args[2] == "make this better"


def test_another_draft_with_a_command_opens_no_list(slash, qtbot):
    slash.composer.attach.setFocus()
    slash.composer.set_draft(Draft("/mail"))
    assert not slash.is_open


def test_a_click_chooses(slash, qtbot):
    qtbot.keyClicks(slash.box, "/mail")
    place = slash.list.visualItemRect(slash.list.item(0)).center()
    with qtbot.waitSignal(slash.chosen) as chosen:
        qtbot.mouseClick(slash.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args[0].command == "mail"
