"""The message box: keys, growth, pasting, and its two buttons."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QToolButton

from chatdesk.domain.chat import Attachment, Draft
from chatdesk.domain.settings import SendKey
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.shortcuts import use_keys

PLAN = Attachment("1", "plan.md", 1200)
NOTES = Attachment("2", "notes.txt", 1)


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


def test_while_an_answer_runs_one_button_stops_and_enter_sends_what_waits(composer, qtbot):
    composer.set_busy(True)
    assert composer.stop.isVisible()
    assert not composer.send.isVisible()
    composer.set_text("next question")
    assert composer.send.isVisible()
    assert "after the answer" in composer.send.toolTip()
    with qtbot.waitSignal(composer.submitted):
        qtbot.keyClick(composer.box, Qt.Key.Key_Return)
    with qtbot.waitSignal(composer.stop_requested):
        qtbot.mouseClick(composer.stop, Qt.MouseButton.LeftButton)


def test_the_button_that_stops_names_the_key_that_does_so_now(composer):
    assert composer.stop.toolTip() == "Stop the answer (Esc)"
    use_keys(("stop=F8",))
    assert composer.stop.toolTip() == "Stop the answer (F8)"
    use_keys(())
    assert composer.stop.accessibleName() == "Stop the answer"


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


def chips(composer):
    found = composer.findChildren(QToolButton, "open-attachment")
    return [button.accessibleName() for button in found if button.isVisible()]


def test_documents_stand_above_the_text_with_their_lengths(composer, qtbot):
    composer.add_attachment(PLAN)
    composer.add_attachment(NOTES)
    composer.add_attachment(PLAN)
    qtbot.waitUntil(lambda: chips(composer) == ["plan.md, 1,200 words", "notes.txt, 1 word"])
    assert composer.draft() == Draft("", (PLAN, NOTES))
    assert "summary" in composer.box.placeholderText()


def test_a_document_can_be_sent_without_a_word(composer, qtbot):
    composer.add_attachment(PLAN)
    assert composer.send.isEnabled()
    with qtbot.waitSignal(composer.submitted):
        qtbot.keyClick(composer.box, Qt.Key.Key_Return)


def test_a_document_is_taken_away_by_its_cross_and_the_text_stays(composer, qtbot):
    composer.set_draft(Draft("look", (PLAN, NOTES)))
    with qtbot.waitSignal(composer.changed):
        composer.findChild(QToolButton, "remove-attachment").click()
    assert composer.draft() == Draft("look", (NOTES,))
    assert composer.box.hasFocus()
    composer.findChildren(QToolButton, "remove-attachment")[-1].click()
    assert chips(composer) == []
    assert composer.box.placeholderText() == "Write a message"


def test_a_click_on_a_document_asks_for_its_text(composer, qtbot):
    composer.add_attachment(PLAN)
    with qtbot.waitSignal(composer.attachment_opened) as opened:
        composer.findChild(QToolButton, "open-attachment").click()
    assert opened.args == [PLAN]


def test_pasted_files_are_offered_and_their_names_are_not_inserted(composer, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.md"))])
    assert composer.box.canInsertFromMimeData(data)
    with qtbot.waitSignal(composer.files_offered) as offered:
        composer.box.insertFromMimeData(data)
    assert offered.args == [[tmp_path / "a.md"]]
    assert composer.text() == ""


def test_a_pasted_web_address_is_text(composer):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/")])
    data.setText("https://example.org/")
    composer.box.insertFromMimeData(data)
    assert composer.text() == "https://example.org/"


def test_what_is_sent_while_its_documents_are_counted_goes_when_they_are(composer, qtbot):
    composer.set_text("What is it about?")
    composer.hold(True)
    sent = []
    composer.submitted.connect(sent.append)
    qtbot.keyClick(composer.box, Qt.Key.Key_Return)
    assert sent == []
    composer.hold(False)
    assert sent == ["What is it about?"]
    composer.hold(True)
    qtbot.keyClick(composer.box, Qt.Key.Key_Return)
    qtbot.keyClicks(composer.box, " More")
    composer.hold(False)
    assert len(sent) == 1
