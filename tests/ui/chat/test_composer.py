"""The message box: keys, growth, pasting, and its two buttons."""

import pytest
from PySide6.QtCore import QMimeData, Qt

from chatdesk.domain.settings import SendKey
from chatdesk.ui.chat.composer import Composer


@pytest.fixture
def composer(qtbot):
    composer = Composer()
    qtbot.addWidget(composer)
    composer.resize(600, 60)
    composer.show()
    composer.box.setFocus()
    return composer


def test_enter_sends_and_shift_enter_makes_a_new_line(composer, qtbot):
    qtbot.keyClicks(composer.box, "one")
    qtbot.keyClick(composer.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.box, "two")
    with qtbot.waitSignal(composer.submitted) as sent:
        qtbot.keyClick(composer.box, Qt.Key.Key_Return)
    assert sent.args == ["one\ntwo"]


def test_ctrl_enter_sends_when_the_user_prefers_it(composer, qtbot):
    composer.set_send_key(SendKey.ctrl_enter)
    qtbot.keyClicks(composer.box, "one")
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.box, Qt.Key.Key_Return)
    with qtbot.waitSignal(composer.submitted) as sent:
        qtbot.keyClick(composer.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent.args == ["one\n"]
    assert "Ctrl+Enter" in composer.send.toolTip()


def test_the_enter_key_of_the_number_block_sends_too(composer, qtbot):
    qtbot.keyClicks(composer.box, "one")
    with qtbot.waitSignal(composer.submitted):
        qtbot.keyClick(composer.box, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def test_nothing_but_blanks_is_not_sent(composer, qtbot):
    composer.set_text("  \n ")
    assert not composer.send.isEnabled()
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.box, Qt.Key.Key_Return)


def test_while_an_answer_runs_the_button_stops_and_enter_does_not_send(composer, qtbot):
    composer.set_text("next question")
    composer.set_busy(True)
    assert composer.stop.isVisible()
    assert not composer.send.isVisible()
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.box, Qt.Key.Key_Return)
    with qtbot.waitSignal(composer.stop_requested):
        qtbot.mouseClick(composer.stop, Qt.MouseButton.LeftButton)


def test_up_in_an_empty_box_asks_for_the_last_message(composer, qtbot):
    with qtbot.waitSignal(composer.edit_last_requested):
        qtbot.keyClick(composer.box, Qt.Key.Key_Up)
    composer.set_text("text")
    with qtbot.assertNotEmitted(composer.edit_last_requested):
        qtbot.keyClick(composer.box, Qt.Key.Key_Up)


def test_the_box_grows_with_its_text_up_to_a_limit(composer, qtbot):
    heights = []
    for lines in (1, 4, 9, 60):
        composer.set_text("\n".join("x" * lines))
        heights.append(composer.box.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_pasting_takes_plain_text_only_and_no_nul(composer):
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold\0 text")
    composer.box.insertFromMimeData(data)
    assert composer.text() == "bold text"


def test_five_megabytes_can_be_pasted(composer):
    data = QMimeData()
    data.setText("many words " * 480_000)
    composer.box.insertFromMimeData(data)
    assert len(composer.text()) == 5_280_000


def test_set_text_can_be_undone(composer):
    composer.set_text("first")
    composer.set_text("second")
    composer.box.undo()
    assert composer.text() == "first"
