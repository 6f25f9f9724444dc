"""A summary's sentences lead to their passages, by pointer and by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor

from chatdesk.domain.summaries import Passage, Sentence
from chatdesk.ui.summarize.summary_view import SummaryView

TEXT = "- Cranes 🏗️ came in **1931**.\n- Peter Olsen was against it.\n"


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


SENTENCES = (
    Sentence(*span("- Cranes 🏗️ came in **1931**."), (Passage(3, 9),), (Passage(*span("1931")),)),
    Sentence(*span("- Peter Olsen was against it.")),
)


@pytest.fixture
def view(qtbot):
    made = SummaryView()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.show_summary(TEXT, SENTENCES, checked=True)
    return made


def shown(view, number):
    cursor = QTextCursor(view.document())
    start, end = view.span_of(number)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def test_sentences_stand_where_they_are_shown(view):
    assert shown(view, 0) == "Cranes 🏗️ came in 1931."
    assert shown(view, 1) == "Peter Olsen was against it."


def test_a_click_chooses_the_sentence(view, qtbot):
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.span_of(0)[0] + 2)
    with qtbot.waitSignal(view.sentence_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center())
    assert chosen.args == [0]


def test_tab_and_enter_choose_it_too(view, qtbot):
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.sentence_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [0]


def test_a_sentence_without_a_passage_has_a_sign_and_words(view):
    assert "it.\u2002⚠\u00a0not\u00a0found\u00a0in\u00a0the\u00a0document" in view.document().toRawText()
    assert view.toPlainText().count("⚠") == 1


def test_a_text_that_was_not_checked_has_no_signs(view):
    view.show_summary(TEXT, SENTENCES)
    assert "⚠" not in view.toPlainText()


def test_what_the_source_lacks_is_underlined_with_a_tooltip(view):
    cursor = QTextCursor(view.document())
    cursor.setPosition(
        view.document().toRawText().encode("utf-16-le").index("1931".encode("utf-16-le")) // 2 + 1
    )
    form = cursor.charFormat()
    assert form.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
    assert "does not occur" in form.toolTip()


def test_a_growing_text_is_drawn_and_its_markdown_read(view, qtbot):
    view.show_summary("")
    for piece in ("- one\n", "- **two**", " three\n"):
        view.grow(piece)
    qtbot.waitUntil(lambda: view.toPlainText() == "one\ntwo three")


def test_the_chosen_sentence_is_marked_and_keeps_its_mark_in_other_colours(view):
    view.choose(1)
    (mark,) = view.extraSelections()
    assert mark.cursor.selectedText() == "Peter Olsen was against it."
    view.choose(-1)
    assert view.extraSelections() == []


def test_what_a_model_writes_loads_and_opens_nothing(view):
    view.show_summary(
        '![x](file:///etc/passwd) <img src="http://example.org/a.png"> [a](javascript:alert(1))'
    )
    assert "<img" in view.toPlainText()


def test_the_chosen_sentence_stays_in_sight_when_the_view_becomes_small(view, qtbot):
    lines = [f"- Sentence number {n} stands here." for n in range(30)]
    text = "\n".join(lines)
    sentences = [Sentence(text.index(line), text.index(line) + len(line), (Passage(3, 9),)) for line in lines]
    view.show_summary(text, sentences, checked=True)
    view.resize(500, 600)
    view.choose(14)
    view.resize(300, 120)

    def seen():
        cursor = QTextCursor(view.document())
        cursor.setPosition(view.span_of(14)[0])
        place = view.cursorRect(cursor)
        return view.viewport().rect().contains(place)

    qtbot.waitUntil(seen)
