"""The page that translates: text in, translation beside it, edits, and what goes wrong."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from chatdesk.domain.errors import EngineError
from chatdesk.domain.translations import FindingKind, SegmentState, TranslationState
from tests.ui.translate.text_desk import TextDesk


@pytest.fixture
def desk(qtbot):
    made = TextDesk(qtbot)
    yield made
    made.close()


done, confirmed, failed = SegmentState.done, SegmentState.confirmed, SegmentState.failed


def test_a_text_is_translated_paragraph_by_paragraph_and_stored(desk):
    desk.engine.answers = ["Der Hafen ist offen.", "Das Schiff fährt."]
    desk.write("The harbour is open.\n\nThe ship goes.")
    assert desk.run() == ["Der Hafen ist offen.", "Das Schiff fährt."]
    assert desk.page.target.text == "Der Hafen ist offen.\n\nDas Schiff fährt."
    [entry] = desk.store.translations()
    assert (entry.state, entry.segments, entry.done) == (TranslationState.done, 2, 2)


def test_ctrl_enter_translates_and_the_language_is_named(desk):
    desk.write("The harbour is open.")
    desk.qtbot.keyClick(desk.page.source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.texts == ["Der Hafen ist offen."])
    assert desk.page.from_.text() == "Detect language (English)"
    assert desk.settings.value.recent_languages == ("de",)


def test_what_comes_is_shown_before_it_is_whole(desk):
    desk.engine.hold_after = 2
    desk.engine.otherwise = "Der Hafen ist offen."
    desk.write("The harbour is open.")
    desk.page.run.click()
    desk.wait(lambda: desk.page.target.text.startswith("Der Hafen"))
    assert desk.page.stop.isVisible()
    assert desk.page.progress.whole == "0 of 1 paragraphs"
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.texts == ["Der Hafen ist offen."]


def test_stop_keeps_what_is_done_and_takes_halves_away(desk):
    desk.engine.answers = ["Eins.", "Der Hafen ist noch lange offen."]
    desk.engine.hold_after = 2
    desk.write("One.\n\nThe harbour is open for long.")
    desk.page.run.click()
    desk.wait(lambda: "Der Hafen" in desk.page.target.text)
    desk.control.escape()
    desk.wait(lambda: not desk.control.run.busy)
    assert "Der Hafen" not in desk.page.target.text
    assert desk.page.progress.whole.startswith("Stopped after")
    desk.engine.hold_after = None
    desk.engine.answers = []
    desk.engine.otherwise = "Der Hafen ist offen."
    assert all(desk.run())


def test_only_changed_paragraphs_are_translated_again(desk):
    desk.engine.answers = ["Der Hafen eins.", "Der Hafen zwei.", "Der Hafen drei."]
    desk.write("The one.\n\nThe two.\n\nThe three.")
    desk.run()
    asked = desk.asked()
    desk.write("The one.\n\nThe second two.\n\nThe three.")
    assert desk.texts == ["Der Hafen eins.", "Der Hafen zwei.", "Der Hafen drei."]  # the old one, paler
    assert list(desk.control.shown.looks.stale) == [1]
    desk.engine.answers = ["Der Hafen zweitens."]
    assert desk.run() == ["Der Hafen eins.", "Der Hafen zweitens.", "Der Hafen drei."]
    assert desk.asked() == asked + 1
    assert len(desk.store.translations()) == 1


def test_another_text_does_not_take_the_place_of_the_one_before_in_the_history(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.write("Quite different words stand here now.")
    assert desk.texts == [""]
    desk.run()
    assert len(desk.store.translations()) == 2


def test_a_paragraph_that_is_written_over_is_confirmed_and_remembered(desk):
    desk.write("The harbour is open.\n\nThe ship goes.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.panes.go_to(0)
    desk.qtbot.keyClicks(desk.page.target, " Ja.")
    assert desk.states == [confirmed, done]
    desk.settle()
    assert [pair.target for pair in desk.memory.pairs()] == ["Der Hafen ist offen. Ja."]
    [entry] = desk.store.translations()
    stored = desk.store.translation(entry.id)
    assert stored.segments[0].translation == "Der Hafen ist offen. Ja."
    assert stored.segments[0].state is confirmed


def test_a_paragraph_can_be_written_while_the_others_are_translated(desk):
    desk.engine.hold_after = 1
    desk.write("The harbour is open.\n\nThe ship goes.")
    desk.page.run.click()
    assert desk.engine.holding.wait(10)
    desk.wait(lambda: desk.texts and desk.texts[1])
    desk.page.target.setFocus()
    desk.page.panes.go_to(0)
    desk.qtbot.keyClick(desk.page.target, Qt.Key.Key_X)
    mine = desk.texts[0]
    assert mine.endswith("x")
    desk.control.paragraphs.keep()
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.texts == [mine, "Der Hafen ist offen."]
    assert desk.states == [confirmed, done]
    desk.settle()
    desk.restart()
    assert desk.texts == [mine, "Der Hafen ist offen."]


def test_ctrl_enter_in_the_translation_confirms_and_goes_on(desk):
    desk.write("The harbour is open.\n\nThe ship goes.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.panes.go_to(0)
    desk.qtbot.keyClick(desk.page.target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.states == [confirmed, done])
    assert desk.page.panes.number() == 1
    assert not desk.control.run.busy


def test_what_was_confirmed_is_used_again_without_asking(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.panes.go_to(0)
    desk.page.target.setFocus()
    desk.control.paragraphs.confirm()
    desk.settle()
    asked = desk.asked()
    desk.page.clear.click()
    assert desk.page.target.text == ""
    desk.write("The harbour is open.")
    assert desk.run() == ["Der Hafen ist offen."]
    assert desk.asked() == asked


def test_a_model_that_answers_nothing_loses_nothing_and_can_be_asked_again(desk):
    desk.engine.otherwise = ""
    desk.write("The harbour is open.")
    desk.run()
    assert desk.states == [failed]
    assert desk.page.source.text == "The harbour is open."
    desk.page.panes.go_to(0)
    desk.page.target.setFocus()
    assert desk.page.paragraph.again.isVisible()
    assert "nothing" in desk.page.paragraph.words.whole
    desk.page.paragraph.again.click()
    desk.wait(lambda: desk.control.run.busy or desk.states == [failed])


def test_an_answer_that_is_no_translation_is_asked_again_and_says_so(desk):
    desk.engine.answers = ["The harbour is open.", "Der Hafen ist offen."]
    told = []
    desk.control.run.again.connect(lambda number, kind: told.append((number, kind)))
    desk.write("The harbour is open.")
    assert desk.run() == ["Der Hafen ist offen."]
    assert told == [(0, FindingKind.untranslated)]


def test_a_model_that_fails_is_told_and_what_was_done_is_kept(desk):
    desk.engine.answers = [EngineError("It fell over.", "Try a smaller one."), EngineError("It fell over.")]
    desk.engine.otherwise = EngineError("It fell over.", "Try a smaller one.")
    desk.write("The harbour is open.")
    desk.run()
    assert desk.states == [failed]
    assert "fell over" in desk.control.shown.segments[0].error


def test_doubts_are_underlined_and_told(desk):
    desk.engine.otherwise = "Der Hafen hat 15 Kräne."
    desk.write("The harbour has 14 cranes.")
    desk.run()
    findings = desk.control.shown.segments[0].findings
    assert {each.kind for each in findings} == {FindingKind.number}
    assert "The source says 14" in desk.page.paragraph.words.whole
    assert "The source says 14" in desk.page.target.tooltip(0, 16)


def test_another_language_makes_what_stands_there_out_of_date_and_the_same_brings_it_back(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.to._pick("fr")
    assert desk.control.shown.looks.stale == {0: "Der Hafen ist offen."}
    assert desk.states == [SegmentState.waiting]
    desk.page.to._pick("de")
    assert desk.states == [done]
    assert not desk.control.shown.looks.stale


def test_the_translation_comes_back_after_a_restart(desk):
    desk.write("The harbour is open.\n\nSecond.")
    desk.run()
    desk.restart()
    assert desk.page.source.text == "The harbour is open.\n\nSecond."
    assert desk.texts == ["Der Hafen ist offen."] * 2


def test_what_was_typed_and_not_translated_comes_back_after_a_restart(desk):
    desk.write("Not translated yet.")
    desk.restart()
    assert desk.page.source.text == "Not translated yet."
    assert desk.run()
    assert len(desk.store.translations()) == 1


def test_what_was_written_last_is_stored_at_the_end(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.panes.go_to(0)
    desk.qtbot.keyClicks(desk.page.target, "!")
    desk.restart()
    assert desk.texts == ["Der Hafen ist offen.!"]
    assert desk.states == [confirmed]


def test_the_clipboard_is_translated(desk):
    QGuiApplication.clipboard().setText("The harbour is open.")
    desk.control.translate_clipboard()
    desk.wait(lambda: desk.texts == ["Der Hafen ist offen."])
    QGuiApplication.clipboard().setText("")
    desk.control.translate_clipboard()
    assert "no text on the clipboard" in desk.page.notice.text


def test_translation_and_both_are_copied(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.copy_requested.emit(False)
    assert QGuiApplication.clipboard().text() == "Der Hafen ist offen."
    desk.page.copy_requested.emit(True)
    assert QGuiApplication.clipboard().text() == "The harbour is open.\n\nDer Hafen ist offen."


def test_it_starts_by_itself_where_the_setting_says_so(desk):
    desk.settings.change(translate_by_itself=True)
    desk.write("The harbour is open.")
    desk.wait(lambda: desk.texts == ["Der Hafen ist offen."])


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [("en", "en", "in English already"), ("en", "ja", "not Japanese"), ("", "Klingon", "not Klingon")],
)
def test_what_speaks_against_it_is_told(desk, source, target, words):
    desk.page.from_._pick(source)
    desk.page.to._pick(target)
    assert words in desk.page.doubt.text


def test_a_language_that_is_not_clear_is_told(desk):
    desk.languages.usual = ""
    desk.write("Hello hello und guten Tag, dies und that, and so weiter, immer weiter and on and on it goes.")
    desk.wait(lambda: "not clear" in desk.page.doubt.text)


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
def test_other_ways_to_say_it_are_offered_and_taken(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.panes.go_to(0)
    desk.engine.answers = ["Der Hafen hat offen.", "Offen ist der Hafen.", "Der Hafen ist offen."]
    desk.control.comparing.other_ways()
    desk.wait(lambda: desk.page.findChild(QMenu, "other-ways") is not None)
    menu = desk.page.findChild(QMenu, "other-ways")
    menu.actions()[1].trigger()
    menu.close()
    assert desk.texts == ["Offen ist der Hafen."]
    assert desk.states == [confirmed]
    desk.qtbot.keyClick(desk.page.target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.texts == ["Der Hafen ist offen."]


def test_a_paragraph_is_translated_back(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.panes.go_to(0)
    desk.engine.answers = ["The port is open."]
    desk.control.comparing.translate_back()
    desk.wait(lambda: "The port is open." in desk.page.note.text())
    desk.control.escape()
    assert not desk.page.note.isVisible()


def test_words_that_the_model_is_not_sure_of_are_underlined_and_told(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.panes.go_to(0)
    desk.engine.unsure = {"offen.": 0.123}
    desk.page.paragraph.unsure_requested.emit()
    desk.wait(lambda: "not sure of one word" in desk.page.note.text())
    place = desk.texts[0].index("offen") + 2
    assert "offen”: 12 %" in desk.page.target.tooltip(0, place)
    assert desk.page.target.tooltip(0, 1) == ""
    desk.engine.unsure = {}
    desk.page.paragraph.unsure_requested.emit()
    desk.wait(lambda: "sure of every word" in desk.page.note.text())
    assert desk.page.target.tooltip(0, place) == ""


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
def test_similar_translations_are_shown_and_used(desk):
    from chatdesk.ui.translate.similar import SimilarPopup

    desk.write("The harbour is open on Monday.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.panes.go_to(0)
    desk.control.paragraphs.confirm()
    desk.settle()
    desk.write("The harbour is open on Sunday.")
    desk.run()
    desk.page.panes.go_to(0)
    desk.control.comparing.show_similar()
    desk.wait(lambda: desk.page.findChild(SimilarPopup) is not None)
    popup = desk.page.findChild(SimilarPopup)
    popup._pick("Von vorhin.")
    assert desk.texts == ["Von vorhin."]


def test_a_megabyte_is_pasted_and_cut_beside_the_window(desk):
    text = "\n\n".join(f"{n} The harbour opened in 1932 with {n} cranes, and went on." for n in range(17_000))
    data = QMimeData()
    data.setText(text + "\r\nEnd\0")
    desk.page.source.insertFromMimeData(data)
    desk.wait(lambda: len(desk.control.shown.segments) == 17_001)
    assert desk.page.source.text == text + "\nEnd"
    assert desk.page.panes.rows.count == 17_001


def test_a_language_written_from_the_right_is_laid_out_so(desk):
    desk.engine.otherwise = "الميناء مفتوح."
    desk.page.to._pick("ar")
    desk.write("The harbour is open.")
    desk.run()
    layout = desk.page.target.document().firstBlock().layout()
    desk.page.target.grab()
    line = layout.lineAt(0)
    assert line.naturalTextRect().left() > 100


def begin_and_hold(desk, text):
    desk.engine.hold_after = 1
    desk.write(text)
    desk.page.run.click()
    assert desk.engine.holding.wait(10)


def test_another_text_while_one_is_translated_gets_nothing_of_it(desk):
    begin_and_hold(desk, "The harbour is open.\n\nThe ship goes.")
    desk.page.clear.click()
    desk.page.source.insertPlainText("Something else stands here.")
    desk.wait(lambda: not desk.control.run.busy and not desk.control.reading.reading)
    assert desk.texts == [""]
    desk.engine.hold_after = None
    assert desk.run() == ["Der Hafen ist offen."]
    assert len(desk.store.translations()) == 2


def test_a_paragraph_put_in_while_the_others_are_translated_moves_them_along(desk):
    begin_and_hold(desk, "The harbour is open.\n\nThe ship goes.")
    desk.write("New.\n\nThe harbour is open.\n\nThe ship goes.")
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.texts == ["", "Der Hafen ist offen.", "Der Hafen ist offen."]
    desk.engine.hold_after = None
    desk.engine.otherwise = "Neuer Hafen."
    assert desk.run() == ["Neuer Hafen.", "Der Hafen ist offen.", "Der Hafen ist offen."]


def test_what_was_written_stays_with_its_paragraph_when_the_source_grows_above_it(desk):
    desk.write("The harbour is open.\n\nThe ship goes.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.panes.go_to(1)
    desk.qtbot.keyClicks(desk.page.target, "!")
    desk.write("New.\n\nThe harbour is open.\n\nThe ship goes.")
    desk.settle()
    assert desk.texts == ["", "Der Hafen ist offen.", "Der Hafen ist offen.!"]
    [pair] = desk.memory.pairs()
    assert (pair.source, pair.target) == ("The ship goes.", "Der Hafen ist offen.!")


def test_impatient_clicks_start_one_run(desk):
    desk.write("The harbour is open.")
    for _ in range(3):
        desk.page.run_requested.emit()
    desk.control.swap()
    desk.control.swap()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.asked() <= 1
    assert len(desk.store.translations()) == 1


def test_an_emptied_paragraph_waits_again(desk):
    desk.write("The harbour is open.\n\nThe ship goes.")
    desk.run()
    desk.page.target.setFocus()
    desk.page.target.selectAll()
    desk.qtbot.keyClick(desk.page.target, Qt.Key.Key_Delete)
    assert desk.states == [SegmentState.waiting] * 2
    desk.settle()
    assert desk.run() == ["Der Hafen ist offen."] * 2
