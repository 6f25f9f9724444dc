"""Small parts of the page: the list of languages, rows, pieces and what is said of them."""

from itertools import accumulate

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.segments import cut
from chatdesk.ui.translate.language_choice import LanguageChoice
from chatdesk.ui.translate.language_list import CODE
from chatdesk.ui.translate.pieces import Pieces
from chatdesk.ui.translate.rows import GAP, SOURCE, TARGET, Rows, rows_of
from chatdesk.ui.translate.start_card import StartCard
from chatdesk.ui.translate.undoing import Change, Undoing
from chatdesk.ui.translate.words import finding_sentence
from chatdesk.ui.widgets.label import Label


@pytest.fixture
def choice(qtbot):
    made = LanguageChoice("translate-from", "Translate from", detects=True)
    qtbot.addWidget(made)
    made.show_languages(("de",), ("ja", "de"))
    return made


def shown(choice):
    rows = choice.list.list
    return [rows.item(row).data(CODE) or rows.item(row).text() for row in range(rows.count())]


def press(choice, key, held=Qt.KeyboardModifier.NoModifier):
    """Press a key in the field; the list is not open, since this window system has no pop-ups."""
    QApplication.sendEvent(choice.list.search, QKeyEvent(QEvent.Type.KeyPress, key, held))


def test_favourites_and_recent_languages_stand_on_top_once(choice):
    assert shown(choice)[:6] == ["Detect language", "Favourites", "de", "Recent", "ja", "All languages"]


def test_languages_are_found_by_each_of_their_names_and_taken_by_enter(choice, qtbot):
    for words, code in (("fran", "fr"), ("Suomi", "fi"), ("pt-BR", "pt-BR")):
        choice.list.search.setText(words)
        with qtbot.waitSignal(choice.chosen) as told:
            press(choice, Qt.Key.Key_Return)
        assert told.args == [code]
    assert choice.language == "pt-BR"


def test_any_language_can_be_named(choice):
    choice.list.search.setText("  Middle   Earthish ")
    press(choice, Qt.Key.Key_Return)
    assert choice.language == "Middle Earthish"
    assert choice.text() == "Middle Earthish"
    assert choice.accessibleName() == "Translate from: Middle Earthish"


def test_the_arrows_pass_headings_and_a_key_makes_a_favourite(choice, qtbot):
    for _ in range(2):
        press(choice, Qt.Key.Key_Down)
    with qtbot.waitSignal(choice.starred) as told:
        press(choice, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["ja"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [0]),
        ("One.", [0]),
        ("\n\nOne.\nTwo.\n", [0, 0, 0, 1, 1]),
        ("One.\n\n\nTwo.", [0, 0, 0, 1]),
    ],
)
def test_each_line_has_its_row(text, rows):
    cuts = cut(text)
    assert rows_of(cuts.gaps, cuts.texts) == rows


def test_a_row_is_as_high_as_the_higher_side():
    rows = Rows()
    rows.replace(SOURCE, 0, 1, [10.0, 10.0])
    rows.replace(TARGET, 0, 1, [30.0, 10.0])
    rows.arrange([0, 1], [0, 1])
    assert rows.block_top(SOURCE, 1) == rows.block_top(TARGET, 1) == 30 + GAP
    assert rows.measure(SOURCE, 0, 50.0)
    assert rows.top(1) == 50 + GAP
    assert [rows.row_at(y) for y in (-5, 0, 49, 59, 1e6)] == [0, 0, 0, 1, 1]


def test_blocks_come_and_go_within_their_row():
    rows = Rows()
    rows.replace(SOURCE, 0, 1, [10.0] * 4)
    rows.replace(TARGET, 0, 1, [10.0] * 4)
    rows.arrange([0, 1, 2, 3], [0, 1, 2, 3])
    rows.replace(SOURCE, 1, 1, [10.0, 10.0, 10.0])
    assert [rows.row_of(SOURCE, block) for block in range(6)] == [0, 1, 1, 1, 2, 3]
    rows.replace(SOURCE, 1, 4, [10.0])
    assert [rows.row_of(SOURCE, block) for block in range(3)] == [0, 1, 3]
    assert rows.span(SOURCE, 2) == (2, 2)
    assert rows.block_at(SOURCE, rows.top(2) + 1) == 1


def test_rows_of_a_long_text_stand_where_their_heights_say():
    count = 1000
    heights = ([10.0] * count, [10.0] * count)
    rows = Rows()
    for side in (SOURCE, TARGET):
        rows.replace(side, 0, 1, heights[side])
    rows.arrange(range(count), range(count))
    assert rows.height == count * (10 + GAP)
    for number in range(0, count, 7):
        side = number % 2
        heights[side][number] = float(number % 50)
        rows.measure(side, number, heights[side][number])
        tops = list(accumulate((max(pair) + GAP for pair in zip(*heights, strict=True)), initial=0.0))
        assert rows.height == tops[-1]
        for row in (0, number, 255, 256, 700, count):
            assert rows.top(row) == tops[row]
        assert rows.row_at(tops[number]) == rows.block_at(side, tops[number]) == number


def test_the_card_on_the_empty_page_is_never_cut_and_shows_what_has_the_keyboard(qtbot):
    pane = QWidget()
    qtbot.addWidget(pane)
    card = StartCard(pane)
    pane.resize(300, 120)
    pane.show()
    inside = card.widget()
    for label in inside.findChildren(Label):
        assert label.height() >= label.heightForWidth(label.width())
    assert inside.height() > card.viewport().height()
    last = card.findChild(QWidget, "translate-example-2")
    assert last.visibleRegion().isEmpty()
    last.setFocus()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())
    pane.resize(900, 600)
    assert inside.height() == card.viewport().height()


def test_places_are_counted_as_qt_counts_them():
    pieces = Pieces(("", "\n", ""), ("🚢🚢", "b"))
    assert [pieces.span(0), pieces.span(1)] == [(0, 4), (5, 6)]
    assert [pieces.at(place) for place in (0, 4, 5, 9)] == [0, 0, 1, 1]
    assert pieces.whole == "🚢🚢\nb"


def test_what_was_taken_back_can_be_done_again_until_something_new_is_written():
    undoing = Undoing()
    undoing.add(Change({0: "a"}, {0: "ab"}))
    assert undoing.undo() == {0: "a"}
    assert undoing.redo() == {0: "ab"}
    undoing.undo()
    undoing.add(Change({0: "a"}, {0: "ac"}))
    assert not undoing.redo()


@pytest.mark.parametrize("kind", FindingKind)
def test_every_doubt_has_a_sentence(kind):
    assert finding_sentence(Finding(kind)).endswith(".")
    assert finding_sentence(Finding(kind, wanted="1,250"))


def test_a_missing_number_is_named():
    sentence = finding_sentence(Finding(FindingKind.number, wanted="1,250"))
    assert sentence == "The source says 1,250; this number is not in it."
