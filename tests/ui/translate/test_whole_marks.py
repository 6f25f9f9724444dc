"""Marks of formatting in the translation of a document: passed, chosen and deleted as one sign."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from chatdesk.domain.settings import Theme
from chatdesk.domain.translations import Finding, FindingKind, Segment, SegmentState
from chatdesk.ui.theme import Themes
from chatdesk.ui.translate.mark_looks import mark_ranges
from chatdesk.ui.translate.panes import Panes
from chatdesk.ui.translate.words import state_sentence

TEXT = "😀 Ein ⟦1⟧großes⟦/1⟧ Haus⟦2/⟧."
OPENS = (7, 10)  # in units of UTF-16
CLOSES = (16, 20)
LEFT, RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pane(qtbot):
    panes = Panes()
    qtbot.addWidget(panes)
    panes.resize(600, 300)
    panes.show()
    panes.source.show_text(TEXT)
    panes.show_pieces(("", ""), (TEXT,), (TEXT,))
    return panes.target


def put(pane, place, anchor=None):
    cursor = QTextCursor(pane.document())
    cursor.setPosition(place if anchor is None else anchor)
    cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)


@pytest.mark.parametrize(("start", "key", "end"), [(*OPENS[:1], RIGHT, OPENS[1]), (OPENS[1], LEFT, OPENS[0])])
def test_the_arrows_pass_a_mark_at_once(pane, qtbot, start, key, end):
    put(pane, start)
    qtbot.keyClick(pane, key)
    assert pane.textCursor().position() == end


def test_a_click_into_a_mark_stands_beside_it(pane):
    put(pane, 0)
    put(pane, CLOSES[0] + 2)
    assert pane.textCursor().position() in CLOSES


def test_a_selection_takes_whole_marks(pane, qtbot):
    put(pane, OPENS[0])
    qtbot.keyClick(pane, RIGHT, SHIFT)
    assert pane.textCursor().selectedText() == "⟦1⟧"
    put(pane, CLOSES[0] + 1, OPENS[0] + 1)
    assert pane.textCursor().selectedText() == "⟦1⟧großes⟦/1⟧"


@pytest.mark.parametrize(
    ("place", "key", "held", "left"),
    [
        (CLOSES[1], Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, TEXT.replace("⟦/1⟧", "")),
        (OPENS[0], Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, TEXT.replace("⟦1⟧", "")),
        (CLOSES[1], Qt.Key.Key_Backspace, CTRL, TEXT.replace("⟦/1⟧", "")),
        (OPENS[0], Qt.Key.Key_Delete, CTRL, TEXT.replace("⟦1⟧", "")),
        (OPENS[1] + 2, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, TEXT.replace("gr", "g")),
    ],
)
def test_a_key_deletes_the_whole_mark_that_it_touches(pane, qtbot, place, key, held, left):
    put(pane, place)
    qtbot.keyClick(pane, key, held)
    assert pane.pieces.texts == [left]
    assert pane.text == left
    qtbot.keyClick(pane, Qt.Key.Key_Z, CTRL)
    assert pane.pieces.texts == [TEXT]


def test_what_is_typed_never_stands_in_a_mark(pane, qtbot):
    for place in range(len(TEXT) + 2):
        put(pane, place)
        qtbot.keyClick(pane, Qt.Key.Key_X)
    assert all(mark in pane.text for mark in ("⟦1⟧", "⟦/1⟧", "⟦2/⟧"))


def test_a_confirmed_paragraph_that_lost_a_mark_says_so():
    lost = Finding(FindingKind.tag, wanted="⟦/1⟧")
    segment = Segment(0, TEXT, "Ein Haus", SegmentState.confirmed, findings=(lost,))
    assert "⟦/1⟧" in state_sentence(segment)
    assert "less formatting" in state_sentence(segment)


def test_marks_have_the_colours_of_the_theme_that_is_shown(pane):
    def colour():
        found = pane.document().firstBlock().layout().formats()
        brush = found[0].format.foreground()
        return brush.color().name()

    pane.ranges = lambda number: mark_ranges(pane.pieces.texts[number])
    pane.grab()
    pane.restyle(0)
    themes = Themes()
    themes.apply(Theme.light, 100)
    light = colour()
    themes.apply(Theme.dark, 100)
    assert colour() != light
    themes.apply(Theme.light, 100)
    assert colour() == light
    themes.stop()
