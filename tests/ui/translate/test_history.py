"""The history beside the page: listed, searched, opened, deleted with undo."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from chatdesk.domain.translations import (
    Segment,
    SegmentState,
    Translation,
    TranslationState,
    TranslationWishes,
)
from chatdesk.ui.translate import history as history_module
from chatdesk.ui.translate.history import HistoryControl, TranslationsSidebar
from chatdesk.ui.translate.history_list import HistoryModel
from tests.ui.translate.desks import opened

BUSY = set()
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def desk(qtbot, tmp_path):
    with opened(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def history(qtbot, desk):
    sidebar = TranslationsSidebar()
    sidebar.resize(252, 500)
    qtbot.addWidget(sidebar)
    control = HistoryControl(sidebar, desk.translations, BUSY.__contains__)
    sidebar.show()
    yield control
    control.close()


def stored(desk, number, source="The house is big.", text="Das Haus ist groß.", **how):
    segment = Segment(0, source, text, SegmentState.done if text else SegmentState.waiting)
    state = TranslationState.done if text else TranslationState.waiting
    made = Translation(
        TranslationWishes("de"), "Model", (segment,), ("", ""), "en", state=state,
        created=START + timedelta(hours=number), **how,
    )  # fmt: skip
    desk.translations.save(made)
    return made


def rows(history):
    return history._sidebar.list.rows_model.rows


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, desk, history):
    stored(desk, 1)
    history.refresh()
    model = HistoryModel()
    model.show_rows(rows(history))
    qtmodeltester.check(model)


def test_an_empty_history_says_so(history):
    history.refresh("")
    assert history._sidebar._empty.text() == "Your translations will be listed here."


def test_the_current_one_stands_on_top_and_documents_are_told_as_such(desk, history):
    old = stored(desk, 1, "Old words.")
    letter = stored(desk, 2, name="letter.docx", path="/papers/letter.docx")
    stored(desk, 3, "New words.")
    history.refresh(old.id)
    assert [row.title for row in rows(history)] == ["Old words.", "New words.", "letter.docx"]
    shown = history._sidebar.list
    assert shown.currentIndex().row() == 0
    told = shown.rows_model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "document" in told
    assert rows(history)[2].id == letter.id


def test_a_document_that_only_waits_in_its_list_is_not_in_the_history(desk, history):
    stored(desk, 1, text="", name="letter.docx", path="/papers/letter.docx")
    history.refresh("")
    assert not rows(history)


def test_found_words_are_marked(desk, history):
    stored(desk, 1, "A long way before it comes: " * 5 + "the lighthouse stands.", "Der Leuchtturm steht.")
    stored(desk, 2)
    history._sidebar.search.setText("Leuchtturm")
    desk.wait(lambda: len(rows(history)) == 1)
    row = rows(history)[0]
    assert [row.detail[start:end] for start, end in row.marks] == ["Leuchtturm"]
    assert not history._sidebar.grab().isNull()
    history._sidebar.search.setText("nowhere")
    desk.wait(lambda: not rows(history))
    assert history._sidebar._empty.text() == "No translation has these words."


def test_marks_of_formatting_are_not_shown_in_what_was_found(desk, history):
    stored(desk, 1, "The \u27e61\u27e7house\u27e6/1\u27e7 is\nbig.", "Das Haus ist groß.")
    history._sidebar.search.setText("house")
    desk.wait(lambda: len(rows(history)) == 1)
    row = rows(history)[0]
    assert "The house is big." in row.detail
    assert [row.detail[start:end] for start, end in row.marks] == ["house"]


def test_enter_opens_and_delete_deletes_with_undo(desk, history, qtbot):
    made = stored(desk, 1)
    history.refresh(made.id)
    shown = history._sidebar.list
    shown.setFocus()
    with qtbot.waitSignal(shown.opened) as opened_id:
        shown.activated.emit(shown.currentIndex())
    assert opened_id.args == [made.id]
    with qtbot.waitSignal(history.deleted):
        qtbot.keyClick(shown, Qt.Key.Key_Delete)
    assert desk.translations.translation(made.id) is None
    with qtbot.waitSignal(history.restored):
        history.undo()
    assert desk.translations.translation(made.id) == made
    history.undo()  # nothing is left to bring back


def test_one_that_is_gone_meanwhile_is_deleted_without_a_word(desk, history):
    made = stored(desk, 1)
    history.refresh()
    desk.translations.delete([made.id])
    history.delete(made.id)
    assert not history._deleted


def test_a_thousand_translations_are_listed_at_once(desk, history, qtbot):
    for number in range(1000):
        stored(desk, number, f"Text number {number}.", f"Text Nummer {number}.")
    start = time.monotonic()
    history.refresh("")
    history._sidebar.grab()
    assert time.monotonic() - start < 2  # seconds; some 50 ms on a machine that does nothing else
    assert len(rows(history)) == 1000


def test_one_that_is_being_translated_is_not_deleted(desk, history, qtbot):
    made = stored(desk, 1)
    BUSY.add(made.id)
    with qtbot.waitSignal(history.refused):
        history.delete(made.id)
    BUSY.clear()
    assert desk.translations.translation(made.id) == made


def test_of_very_many_the_newest_are_listed_and_every_one_is_found_and_opened(desk, history, monkeypatch):
    monkeypatch.setattr(history_module, "LISTED", 20)
    monkeypatch.setattr(history_module, "FOUND", 5)
    made = [stored(desk, number, f"Text number {number}.", f"Nummer {number}.") for number in range(30)]
    history.refresh("")
    assert [row.title for row in rows(history)][0::19] == ["Text number 29.", "Text number 10."]
    assert "Older ones" in history._sidebar._empty.text()
    assert history._sidebar._empty.isVisible()
    history.refresh(made[0].id)
    assert rows(history)[0].title == "Text number 0."
    history._sidebar.search.setText("number")
    desk.wait(lambda: len(rows(history)) == 5)
    assert "Only the newest are listed" in history._sidebar._empty.text()
    history._sidebar.search.setText("number 3")
    desk.wait(lambda: [row.title for row in rows(history)] == ["Text number 3."])
    assert not history._sidebar._empty.isVisible()


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("eleve ecole", "L'élève va à l'école."),
        ("東京", "東京都は大きい町です。"),
        ('"hello" AND', 'She said "hello" AND left.'),
        ("NEAR(", "NEAR( the harbour OR not"),
        ("c++", "C++ is a language."),
        ("a* -b", "a b c"),
    ],
)
def test_words_of_any_writing_and_with_any_signs_are_found(desk, history, words, source):
    stored(desk, 1, source, "x")
    stored(desk, 2, "Quite another text.", "y")
    history._sidebar.search.setText(words)
    desk.wait(lambda: [row.title for row in rows(history)] == [source])


def test_signs_alone_find_nothing(desk, history):
    stored(desk, 1)
    for words in ('"', "*", "()", "-"):
        history._sidebar.search.setText(words)
        desk.wait(lambda: not rows(history))
        history._sidebar.search.clear()
        desk.wait(lambda: rows(history))
