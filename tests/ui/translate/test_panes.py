"""The two panes: aligned paragraphs, and a translation whose paragraphs keep apart whatever is done."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from chatdesk.ui.translate.panes import Panes
from chatdesk.ui.translate.rows import SOURCE, TARGET

GAPS = ("", "\n\n", "\n", "")
TEXTS = ["The first paragraph.", "The second 🚢 one.", "The third."]


@pytest.fixture
def panes(qtbot):
    made = Panes()
    made.resize(900, 500)
    qtbot.addWidget(made)
    made.show()
    made.source.show_text("The first paragraph.\n\nThe second 🚢 one.\nThe third.")
    made.show_pieces(GAPS, TEXTS, ["Eins.", "Zwei 🚢 hier.", "Drei."])
    return made


def press(qtbot, pane, key, *held):
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    qtbot.keyClick(pane, key, modifiers)


def test_partners_stand_at_the_same_height(panes):
    panes.show_pieces(GAPS, TEXTS, ["Eins. " * 60, "Zwei.", "Drei."])
    panes.grab()
    for number in range(3):
        tops = []
        for pane, pieces in ((panes.source, panes.pieces), (panes.target, panes.target.pieces)):
            block = pane.document().findBlock(pieces.span(number)[0])
            tops.append(pane.lines.blockBoundingRect(block).top())
        assert tops[0] == tops[1]
    assert panes.rows.block_height(TARGET, 0) > panes.rows.block_height(SOURCE, 0)


def test_partners_stand_at_the_same_height_in_the_first_picture_already(panes, monkeypatch):
    panes.show_pieces(GAPS, TEXTS, ["i" * 400, "W" * 200, "Drei."])
    panes.resize(800, 500)
    tops = ({}, {})
    for pane, seen in zip(panes.both, tops, strict=True):
        monkeypatch.setattr(
            pane.lines, "below", lambda _painter, row, rect, seen=seen: seen.setdefault(row, rect.top())
        )
    panes.grab()
    assert tops[0] == tops[1]
    assert len(tops[0]) == 3


def test_both_scroll_in_step(panes):
    texts = [f"Paragraph {n}" for n in range(200)]
    gaps = ("", *["\n"] * 199, "")
    panes.source.show_text("\n".join(texts))
    panes.show_pieces(gaps, texts, texts)
    panes.source.verticalScrollBar().setValue(777)
    assert panes.target.verticalScrollBar().value() == 777
    panes.target.verticalScrollBar().setValue(55)
    assert panes.source.verticalScrollBar().value() == 55


def test_the_paragraph_with_the_cursor_is_marked_as_soon_as_the_text_is_cut(qtbot):
    made = Panes()
    qtbot.addWidget(made)
    made.show()
    made.source.setFocus()
    made.source.insertPlainText("One.\nTwo.\nThree.")
    assert made.source.marked[1] == -1
    made.show_pieces(("", "\n", "\n", ""), ["One.", "Two.", "Three."], ["", "", ""])
    assert made.source.marked[1] == made.target.marked[1] == 2


def test_the_mark_stays_under_the_pointer_while_the_text_is_scrolled(panes, qtbot):
    texts = [f"Paragraph {n}" for n in range(200)]
    panes.source.show_text("\n".join(texts))
    panes.show_pieces(("", *["\n"] * 199, ""), texts, texts)
    qtbot.mouseMove(panes.target.viewport(), QPoint(50, 100))
    qtbot.waitUntil(lambda: panes.source.marked[0] == panes.target.row_at(100))
    panes.source.verticalScrollBar().setValue(700)
    assert panes.source.marked[0] == panes.target.marked[0] == panes.target.row_at(100) > 20


def test_a_paragraph_and_its_partner_are_marked_together(panes):
    panes.source.setFocus()
    cursor = panes.source.textCursor()
    cursor.setPosition(panes.pieces.span(1)[0])
    panes.source.setTextCursor(cursor)
    assert panes.target.marked[1] == panes.source.marked[1] == 1
    panes.target.hovered.emit(2)
    assert panes.source.marked == (2, 1)


def test_typing_changes_one_paragraph(panes, qtbot):
    panes.go_to(1)
    qtbot.keyClicks(panes.target, " Ja")
    assert panes.target.pieces.texts == ["Eins.", "Zwei 🚢 hier. Ja", "Drei."]
    press(qtbot, panes.target, Qt.Key.Key_Return)
    assert panes.target.pieces.texts[1] == "Zwei 🚢 hier. Ja\n"


def test_deleting_over_paragraphs_keeps_them_apart_and_can_be_taken_back(panes, qtbot):
    target = panes.target
    cursor = target.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(target.pieces.span(2)[0] + 2, QTextCursor.MoveMode.KeepAnchor)
    target.setTextCursor(cursor)
    press(qtbot, target, Qt.Key.Key_Delete)
    assert target.pieces.texts == ["Ei", "", "ei."]
    assert target.text == "Ei\n\n\nei."
    press(qtbot, target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert target.pieces.texts == ["Eins.", "Zwei 🚢 hier.", "Drei."]
    assert target.text == "Eins.\n\nZwei 🚢 hier.\nDrei."
    press(qtbot, target, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert target.pieces.texts == ["Ei", "", "ei."]


def test_all_can_be_replaced_by_a_letter_and_brought_back(panes, qtbot):
    panes.target.selectAll()
    press(qtbot, panes.target, Qt.Key.Key_Q)
    assert panes.target.pieces.texts == ["q", "", ""]
    assert panes.target.text == "q\n\n\n"
    press(qtbot, panes.target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panes.target.pieces.texts == ["Eins.", "Zwei 🚢 hier.", "Drei."]


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_what_stands_between_paragraphs_stays(panes, qtbot, key):
    target = panes.target
    cursor = target.textCursor()
    start, end = target.pieces.span(1)
    cursor.setPosition(start if key == Qt.Key.Key_Backspace else end)
    target.setTextCursor(cursor)
    press(qtbot, target, key)
    assert target.pieces.texts == ["Eins.", "Zwei 🚢 hier.", "Drei."]
    assert target.text == "Eins.\n\nZwei 🚢 hier.\nDrei."


def test_words_typed_between_paragraphs_go_to_the_one_before(panes, qtbot):
    cursor = panes.target.textCursor()
    cursor.setPosition(panes.target.pieces.span(0)[1] + 1)
    panes.target.setTextCursor(cursor)
    press(qtbot, panes.target, Qt.Key.Key_W)
    assert panes.target.pieces.texts == ["Eins.w", "Zwei 🚢 hier.", "Drei."]
    assert panes.target.text == "Eins.w\n\nZwei 🚢 hier.\nDrei."


def test_letters_typed_one_after_the_other_are_taken_back_together(panes, qtbot):
    panes.go_to(0)
    qtbot.keyClicks(panes.target, "abc def")
    press(qtbot, panes.target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panes.target.pieces.texts[0] == "Eins.abc "


def test_growing_text_leaves_the_cursor_and_what_the_user_takes_back(panes, qtbot):
    panes.go_to(0)
    qtbot.keyClick(panes.target, Qt.Key.Key_X)
    panes.set_text(1, "Zwei 🚢 hier. Mehr")
    panes.set_text(2, "Ganz anders")
    assert panes.target.textCursor().position() == 6
    press(qtbot, panes.target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panes.target.pieces.texts == ["Eins.", "Zwei 🚢 hier. Mehr", "Ganz anders"]


def test_narrow_panes_stand_one_below_the_other(panes, qtbot):
    panes.resize(600, 600)
    assert panes.stacked
    qtbot.waitUntil(lambda: panes.target.y() > panes.source.y())
    panes.resize(900, 600)
    assert not panes.stacked


def test_the_cursor_goes_up_and_down_through_lines(panes, qtbot):
    panes.source.setFocus()
    panes.source.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        press(qtbot, panes.source, Qt.Key.Key_Down)
    assert panes.source.textCursor().blockNumber() == 2
    press(qtbot, panes.source, Qt.Key.Key_End)
    assert panes.source.textCursor().atBlockEnd()
    press(qtbot, panes.source, Qt.Key.Key_Up)
    assert panes.source.textCursor().blockNumber() == 1


def test_text_that_comes_does_not_take_the_mark_away_from_where_the_user_is(panes):
    panes.source.setFocus()
    cursor = panes.source.textCursor()
    cursor.setPosition(panes.pieces.span(2)[0])
    panes.source.setTextCursor(cursor)
    panes.set_text(0, "Viel mehr als zuvor")
    assert panes.target.marked[1] == 2
    assert panes.number() == 2


def test_what_was_meant_stays_when_a_button_takes_the_keyboard(panes):
    panes.source.setFocus()
    cursor = panes.source.textCursor()
    cursor.setPosition(panes.pieces.span(1)[0])
    panes.source.setTextCursor(cursor)
    panes.source.clearFocus()
    assert panes.number() == 1
