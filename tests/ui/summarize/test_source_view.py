"""The document's text beside the summary: passages marked, the unit named."""

import pytest

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.domain.summaries import Passage
from chatdesk.ui.summarize.source_view import SourceView

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
