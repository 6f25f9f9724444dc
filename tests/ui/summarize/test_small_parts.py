"""Wishes, parts and the place to drop: what is chosen, what is shown, and which keys work."""

import pytest
from PySide6.QtCore import Qt

from chatdesk.domain.documents import Document, NoteKind, ReadingNote, Unit, UnitKind
from chatdesk.domain.summaries import Chunk, Form, Length, Passage, Point, SummaryPlan, SummaryWishes
from chatdesk.domain.unit_names import unit_name
from chatdesk.ui.summarize.parts_view import PartState, PartsView
from chatdesk.ui.summarize.plan_view import PlanView
from chatdesk.ui.summarize.start_view import StartView
from chatdesk.ui.summarize.wishes_form import WishesForm
from chatdesk.ui.summarize.words import (
    language_words,
    note_sentence,
    plan_sentence,
    size_of,
    wishes_line,
)

WISHES = SummaryWishes(Length.short, Form.timeline, "de", "children", "name the authors", "the costs", True)


def made(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.show()
    return widget


def test_wishes_come_back_as_they_were_shown(qtbot):
    form = made(qtbot, WishesForm)
    assert form.wishes() == SummaryWishes()
    form.show_wishes(WISHES)
    assert form.wishes() == WISHES
    assert form.focus.isVisible()
    form.show_wishes(SummaryWishes(language="Klingon"))
    assert form.wishes().language == "Klingon"
    assert not form.focus.isVisible()


def test_each_choice_is_told_once_and_texts_when_they_are_left(qtbot):
    form = made(qtbot, WishesForm)
    form.more.click()
    heard = []
    form.changed.connect(lambda: heard.append(form.wishes()))
    form.length.setCurrentIndex(0)
    qtbot.keyClicks(form.focus, "costs")
    assert len(heard) == 1
    qtbot.keyClick(form.focus, Qt.Key.Key_Return)
    assert heard[-1].focus == "costs"
    assert len(heard) == 2


def test_the_form_fits_a_narrow_page_with_large_text(qtbot):
    form = made(qtbot, WishesForm)
    form.more.click()
    assert form.minimumSizeHint().width() <= 340


def test_ctrl_enter_uses_a_pasted_text_and_nothing_uses_an_empty_one(qtbot):
    view = made(qtbot, StartView)
    heard = []
    view.text_given.connect(heard.append)
    view.paste.setPlainText("  \n ")
    qtbot.keyClick(view.paste, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == []
    view.paste.setPlainText("Some words.")
    qtbot.keyClick(view.paste, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["Some words."]


def test_a_password_is_asked_for_only_when_needed(qtbot):
    view = made(qtbot, StartView)
    assert not view.password.isVisible()
    view.ask_password("“a.pdf” opens with a password only.")
    assert view.password.isVisible()
    qtbot.keyClicks(view.password, "secret")
    with qtbot.waitSignal(view.password_given) as given:
        qtbot.keyClick(view.password, Qt.Key.Key_Return)
    assert given.args == ["secret"]
    view.ask_password("")
    assert not view.password.text()


def test_the_document_is_named_with_its_length(qtbot):
    view = made(qtbot, PlanView)
    view.show_document(Document("a.txt", "Some words."))
    assert view.run.objectName() == "summarize-run"
    assert "2 words" in view.document.accessibleName()


@pytest.fixture
def parts(qtbot):
    view = made(qtbot, PartsView)
    points = (Point("Cranes came.", "q", Passage(2, 8)), Point("Nobody knows.", "q"))
    view.show_part(Chunk(2, 10, 20, "Costs"), PartState.done, points)
    view.show_part(Chunk(1, 0, 10), PartState.running)
    view.show_part(Chunk(3, 20, 30), PartState.failed, problem="The model said nothing.")
    return view


def test_parts_stand_in_order_with_their_state_for_eyes_and_readers(parts):
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [parts.topLevelItem(number).data(0, role) for number in range(3)]
    assert spoken == ["Part 1, being read…", "Part 2: Costs, 2 points", "Part 3, The model said nothing."]
    assert parts.done == 2


def test_a_part_that_was_being_read_waits_again_after_a_stop(parts):
    parts.settle()
    assert parts.topLevelItem(0).data(0, Qt.ItemDataRole.AccessibleTextRole) == "Part 1, waiting"
    assert parts.done == 2


def test_points_are_read_and_one_leads_to_its_passage(parts, qtbot):
    item = parts.topLevelItem(1)
    assert item.isExpanded()
    parts.setCurrentItem(item)
    qtbot.keyClick(parts, Qt.Key.Key_Return)
    assert not item.isExpanded()
    qtbot.keyClick(parts, Qt.Key.Key_Return)
    assert item.child(1).text(0) == "⚠ Nobody knows. (not found in the document)"
    qtbot.keyClick(parts, Qt.Key.Key_Down)
    with qtbot.waitSignal(parts.point_chosen) as chosen:
        qtbot.keyClick(parts, Qt.Key.Key_Return)
    assert chosen.args[0].passage == Passage(2, 8)


def test_a_part_that_the_user_has_folded_stays_so(parts):
    item = parts.topLevelItem(1)
    item.setExpanded(False)
    parts.show_part(Chunk(2, 10, 20, "Costs"), PartState.done, (Point("Cranes came.", "q", Passage(2, 8)),))
    assert not item.isExpanded()


def test_what_is_read_stays_in_sight_until_the_user_scrolls(parts):
    bar = parts.verticalScrollBar()
    points = tuple(Point(f"Point number {n}.", "q", Passage(2, 8)) for n in range(30))
    parts.show_part(Chunk(4, 30, 40), PartState.done, points)
    parts.show_part(Chunk(5, 40, 50), PartState.running)
    assert bar.value() > 0
    bar.setValue(3)
    parts.show_part(Chunk(6, 50, 60), PartState.done, points)
    parts.show_part(Chunk(7, 60, 70), PartState.running)
    assert bar.value() == 3


def test_a_part_that_was_done_before_says_so(parts):
    parts.show_part(Chunk(1, 0, 10), PartState.stored, (Point("A", "a", Passage(0, 1)),))
    assert "kept from before" in parts.topLevelItem(0).data(0, Qt.ItemDataRole.AccessibleTextRole)


def test_the_plan_is_one_honest_line():
    plan = SummaryPlan(12, 8400, 6, 2, 1, 190.0)
    line = plan_sentence(plan, "12 pages", "Qwen")
    assert line == "12 pages, 8,400 tokens, 6 parts (2 of them done already), about 3 min with Qwen."
    unknown = plan_sentence(SummaryPlan(0, 1, 1, 0, 0, None), "", "Qwen")
    assert unknown == "1 token, read at once, with Qwen. How long Qwen takes here is not known yet."


def test_documents_wishes_and_notes_in_words():
    pages = tuple(Unit(UnitKind.page, n + 1, "", n * 5, n * 5 + 5) for n in range(2))
    assert size_of(Document("a.pdf", "one two three", pages)) == "2 pages · 3 words"
    assert unit_name(Unit(UnitKind.page, 3, "iv", 0, 1)) == "page iv"
    assert unit_name(Unit(UnitKind.sheet, 1, "Costs", 0, 1)) == "sheet “Costs”"
    assert unit_name(Unit(UnitKind.slide, 2, "", 0, 1)) == "slide 2"
    assert len(unit_name(Unit(UnitKind.section, 2, "word " * 60, 0, 1))) < 70
    assert wishes_line(WISHES).startswith("Short · Timeline · in German · about the costs · for children")
    for kind in NoteKind:
        assert note_sentence(ReadingNote(kind, 3))


@pytest.mark.parametrize(
    ("wished", "language", "words"),
    [
        ("", "", "in the document's language"),
        ("", "de", "in German, as the document"),
        ("de", "de", "in German, as the document"),
        ("German", "de", "in German, as the document"),
        ("de", "", "in German"),
        ("de", "en", "in German, of a document in English"),
        ("pt-BR", "pt", "in Brazilian Portuguese, of a document in Portuguese"),
    ],
)
def test_the_languages_of_summary_and_document_are_told(wished, language, words):
    assert language_words(wished, language) == words


def test_the_choice_of_the_language_has_room_for_that_of_the_document(qtbot):
    form = made(qtbot, WishesForm)
    form.show_language("nn")
    assert form.language.itemText(0) == "As the document (Norwegian Nynorsk)"
    words = form.language.fontMetrics().horizontalAdvance(form.language.itemText(0))
    qtbot.waitUntil(lambda: form.language.width() > words)
    form.show_language("")
    assert form.language.itemText(0) == "As the document"
    assert form.wishes() == SummaryWishes()
