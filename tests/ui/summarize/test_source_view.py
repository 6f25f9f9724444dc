"""The document's text beside the summary: passages marked, the unit named."""

import pytest
from PySide6.QtWidgets import QLabel

from chatdesk.domain.documents import Document, Mark, PageImage, Unit, UnitKind
from chatdesk.domain.summaries import Passage
from chatdesk.ui.summarize.source_view import SourceView
from chatdesk.ui.theme import colours

TEXT = "🏗️ cranes on page one.\n\nGrain on page two, " + "and more of it. " * 400 + "The end."
SECOND = TEXT.index("Grain")
DOCUMENT = Document(
    "plan.pdf",
    TEXT,
    (Unit(UnitKind.page, 1, "", 0, SECOND), Unit(UnitKind.page, 2, "iv", SECOND, len(TEXT))),
)


@pytest.fixture
def view(qtbot):
    made = SourceView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.show_document(DOCUMENT)
    return made


def test_a_passage_is_marked_and_its_unit_named(view, qtbot):
    start = TEXT.index("The end.")
    view.show_passages((Passage(start, start + 8),))
    assert view.marked == ["The end."]
    assert view.where.whole == "Page iv"
    qtbot.waitUntil(lambda: view.text.viewport().rect().contains(view.text.cursorRect().center()))


def test_passages_are_walked_through(view, qtbot):
    view.show_passages((Passage(3, 9), Passage(SECOND, SECOND + 5)))
    assert view.marked == ["cranes", "Grain"]
    assert (view.where.whole, view.count.text()) == ("Page 1", "passage 1 of 2")
    assert not view.earlier.isEnabled()
    view.later.click()
    assert (view.where.whole, view.count.text()) == ("Page iv", "passage 2 of 2")
    assert not view.later.isEnabled()


def test_the_text_cannot_be_changed_and_tab_leaves_it(view):
    assert view.text.isReadOnly()
    assert view.text.tabChangesFocus()
    assert view.text.accessibleName() == "Text of plan.pdf"


def test_one_passage_needs_no_steps(view):
    view.show_passages((Passage(0, 2),))
    assert view.later.isHidden()
    assert view.count.isHidden()


def test_a_page_is_wanted_with_the_passages_on_it_the_current_one_first(view, qtbot):
    wanted = []
    view.page_wanted.connect(lambda number, passages: wanted.append((number, passages)))
    view.offer_pages(True)
    across = Passage(SECOND - 6, SECOND + 5)
    view.show_passages((Passage(SECOND, SECOND + 5), Passage(3, 9), across))
    assert wanted.pop() == (2, ("Grain", "Grain"))
    view.later.click()
    assert wanted.pop() == (1, ("cranes", TEXT[SECOND - 6 : SECOND]))
    view.later.click()
    assert wanted.pop() == (1, (TEXT[SECOND - 6 : SECOND], "cranes"))
    view.go_to(4)
    assert wanted == []


def test_a_page_stands_beside_the_text_and_in_its_place_where_room_is_scarce(view):
    view.offer_pages(True)
    view.show_passages((Passage(3, 9),))
    assert (view.page.isVisible(), view.text.isVisible()) == (True, False)
    view.resize(900, 300)
    assert (view.page.isVisible(), view.text.isVisible()) == (True, True)
    assert view.text.x() < view.page.x()
    view.looks.click()
    assert (view.page.isVisible(), view.text.isVisible()) == (False, True)


def test_a_page_that_cannot_be_shown_leaves_the_text_with_the_reason(view):
    wanted = []
    view.page_wanted.connect(lambda number, passages: wanted.append(number))
    view.offer_pages(True)
    view.show_passages((Passage(3, 9),))
    view.tell_trouble("The file is gone.")
    assert view.text.isVisible()
    assert view.marked == ["cranes"]
    assert view.findChild(QLabel, "page-trouble").text() == "The file is gone."
    view.looks.click()  # once more
    assert wanted == [1, 1]
    assert view.findChild(QLabel, "page-trouble").isHidden()


def test_nothing_is_drawn_while_the_text_is_closed(view):
    wanted = []
    view.page_wanted.connect(lambda number, passages: wanted.append(number))
    view.hide()
    view.offer_pages(True)
    view.show_document(DOCUMENT)
    assert wanted == []


def image(*marks):
    return PageImage(2, 200, 900, b"\xff\xff\xff\0" * (200 * 900), marks)


def shown_colour(page, x, y):
    """Return the colour at a place of the page, in the picture's own pixels."""
    picture = page.findChild(QLabel).pixmap().toImage()
    scale = picture.width() / 200
    return picture.pixelColor(round(x * scale), round(y * scale)).name()


def test_marks_are_painted_and_the_first_one_comes_into_view(view, qtbot):
    view.offer_pages(True)
    view.show_passages(())
    page = view.page
    qtbot.waitUntil(lambda: page.width() == view.width())
    page.show_page(image(Mark(20, 800, 60, 10), Mark(20, 30, 60, 10), Mark(30, 30, 60, 10)))
    assert page.accessibleName() == "Page 2 as a picture, with the passage marked"
    assert shown_colour(page, 50, 805) == shown_colour(page, 50, 35) == colours().mark
    assert shown_colour(page, 50, 400) == "#ffffff"
    scale = page.viewport().width() / 200
    seen = page.viewport().height()
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() < 800 * scale < 810 * scale < bar.value() + seen)
    page.show_page(image())
    assert page.accessibleName() == "Page 2 as a picture"
    assert shown_colour(page, 50, 805) == "#ffffff"
    qtbot.waitUntil(lambda: bar.value() == 0)
