"""The page that translates: a text turned round, another one in its place, and clicks that come too soon."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from chatdesk.domain.translations import SegmentState
from tests.ui.translate.text_desk import TextDesk


@pytest.fixture
def desk(qtbot):
    made = TextDesk(qtbot)
    yield made
    made.close()


def test_the_other_way_round(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.control.swap()
    assert (desk.page.from_.language, desk.page.to.language) == ("de", "en")
    assert desk.page.source.text == "Der Hafen ist offen."
    assert desk.page.target.text == "The harbour is open."  # out of date until it is translated
    assert desk.states == [SegmentState.waiting]
    desk.qtbot.keyClick(desk.page.source, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.source.text == "The harbour is open."


def test_turned_round_twice_all_stands_where_it_stood(desk):
    text = "The harbour is open.\n\nThe ship goes. \nThe end."
    desk.write(text)
    desk.run()
    desk.page.panes.go_to(1)
    desk.qtbot.keyClicks(desk.page.target, " Ja.")
    desk.write(f"{text}\nNew.")
    desk.control.swap()
    assert desk.page.source.text == (
        "Der Hafen ist offen.\n\nDer Hafen ist offen. Ja. \nDer Hafen ist offen.\nNew."
    )
    assert desk.texts == ["The harbour is open.", "The ship goes.", "The end.", ""]
    desk.control.swap()
    assert desk.page.source.text == f"{text}\nNew."
    assert (desk.page.from_.language, desk.page.to.language) == ("en", "de")
    assert desk.texts[1] == "Der Hafen ist offen. Ja."


def test_what_was_just_corrected_is_stored_before_the_text_turns_round(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.page.panes.go_to(0)
    desk.qtbot.keyClicks(desk.page.target, " Ja.")
    desk.control.swap()
    desk.settle()
    [pair] = desk.memory.pairs()
    assert (pair.source, pair.target) == ("The harbour is open.", "Der Hafen ist offen. Ja.")


def test_a_text_that_is_not_translated_stays_where_only_the_languages_turn_round(desk):
    desk.write("The harbour is open.")
    desk.page.source.moveCursor(QTextCursor.MoveOperation.End)
    desk.qtbot.keyClicks(desk.page.source, " Now.")
    desk.control.swap()
    assert desk.page.source.text == "The harbour is open. Now."
    assert (desk.page.from_.language, desk.page.to.language) == ("de", "en")


def test_what_was_said_of_a_text_is_not_said_of_the_next_one(desk):
    assert not desk.page.copy.isEnabled()
    desk.write("The harbour is open.")
    desk.run()
    assert desk.page.progress.whole.startswith("Translated with")
    assert desk.page.copy.isEnabled()
    desk.write("Something else stands here.")
    assert desk.page.progress.whole == ""
    assert not desk.page.copy.isEnabled()


def test_the_second_click_on_translate_does_not_stop_it(desk):
    desk.engine.hold_after = 1
    desk.write("The harbour is open.")
    desk.qtbot.mouseClick(desk.page.run, Qt.MouseButton.LeftButton)
    desk.wait(desk.page.stop.isVisible)
    desk.qtbot.mouseDClick(desk.page.stop, Qt.MouseButton.LeftButton)
    assert desk.engine.holding.wait(10)
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.texts == ["Der Hafen ist offen."]


def test_nothing_jumps_when_a_run_begins_and_ends(desk):
    desk.engine.hold_after = 1
    desk.write("The harbour is open.")
    before = desk.page.panes.size()
    desk.page.run.click()
    assert desk.engine.holding.wait(10)
    desk.wait(desk.page.bar.isVisible)
    assert desk.page.panes.size() == before
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.page.panes.size() == before


def test_a_language_chosen_while_it_runs_makes_what_comes_out_of_date(desk):
    desk.engine.hold_after = 1
    desk.write("The harbour is open.")
    desk.page.run.click()
    assert desk.engine.holding.wait(10)
    desk.page.to._pick("fr")
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert desk.states == [SegmentState.waiting]
    assert desk.texts == ["Der Hafen ist offen."]
    assert desk.control.shown.looks.stale == {0: "Der Hafen ist offen."}
    desk.page.to._pick("de")
    assert desk.states == [SegmentState.done]
