"""Which parts of a document its summary rests on, painted, in words, and by a click."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.domain.summaries import Passage, Sentence
from chatdesk.ui.summarize.coverage import CoverageStrip, bare, coverage_sentence, merged, regions
from chatdesk.ui.theme import colours

PAGES = Document(
    "plan.pdf", "x" * 400, tuple(Unit(UnitKind.page, n + 1, "", n * 100, (n + 1) * 100) for n in range(4))
)


def resting_on(*spans):
    return [Sentence(0, 1, tuple(Passage(*span) for span in spans))]


@pytest.fixture
def strip(qtbot):
    made = CoverageStrip()
    qtbot.addWidget(made)
    made.resize(400, 14)
    made.show()
    return made


def test_passages_that_touch_are_one():
    assert merged(resting_on((5, 9), (0, 3), (3, 4), (7, 12))) == [Passage(0, 4), Passage(5, 12)]


def test_units_without_a_sentence_are_named():
    passages = merged(resting_on((20, 30), (250, 320)))
    assert [unit.number for unit in bare(PAGES.units, passages)] == [2]
    assert "None rests on page 2." in coverage_sentence(PAGES, passages)
    assert "Every part" in coverage_sentence(PAGES, merged(resting_on((0, 400))))


def test_many_bare_units_are_counted():
    words = coverage_sentence(
        Document(
            "d", "x" * 3000, tuple(Unit(UnitKind.page, n, "", n * 100, n * 100 + 100) for n in range(30))
        ),
        [],
    )
    assert "and 24 more" in words


def test_a_text_without_units_is_told_in_percent():
    text = Document("notes.txt", "x" * 4000)
    assert len(regions(text)) == 20
    assert "50 %" in coverage_sentence(text, [Passage(0, 2000)])
    assert len(regions(Document("short", "abc"))) == 1


def test_what_a_sentence_rests_on_is_filled(strip):
    strip.show_coverage(PAGES, resting_on((100, 200)))
    picture = strip.grab().toImage()
    assert picture.pixelColor(150, 7) == QColor(colours().accent)
    assert picture.pixelColor(350, 7) == QColor(colours().pressed)


def test_the_tooltip_and_the_description_say_what_the_eye_sees(strip):
    strip.show_coverage(PAGES, resting_on((100, 200)))
    assert strip.words_at(150) == "page 2: a sentence rests on it"
    assert strip.words_at(350) == "page 4: no sentence rests on it"
    assert "1 of 4 parts" in strip.accessibleDescription()


def test_a_click_asks_for_that_place(strip, qtbot):
    strip.show_coverage(PAGES, resting_on((100, 200)))
    with qtbot.waitSignal(strip.asked) as asked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(300, 5))
    assert asked.args == [300]


def test_from_right_to_left_the_document_begins_at_the_right(strip):
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    strip.show_coverage(PAGES, resting_on((0, 100)))
    assert strip.words_at(390) == "page 1: a sentence rests on it"
    assert strip.grab().toImage().pixelColor(350, 7) == QColor(colours().accent)


def test_the_keyboard_goes_from_part_to_part(strip, qtbot):
    strip.show_coverage(PAGES, resting_on((100, 200)))
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleDescription() == "page 2: a sentence rests on it"
    with qtbot.waitSignal(strip.asked) as asked:
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert asked.args == [100]
