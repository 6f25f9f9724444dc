"""Words that no dictionary knows are underlined and replaced; code and other languages are left alone."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from chatdesk.ui.spelling import Spelling, unknown

KNOWN = {"the", "house", "is", "big", "it's", "very", "old", "see"}


class Words:
    """Knows a few words, and one suggestion."""

    def knows(self, word):
        return word.casefold() in KNOWN

    def suggest(self, word):
        return ["house", "horse & cart"] if word == "huose" else []


def marked(text, own=frozenset()):
    return [text[start:end] for start, end in unknown(text, Words(), own)]


@pytest.fixture
def box(qtbot):
    made = QPlainTextEdit()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


@pytest.fixture
def spelling(box):
    return Spelling(box, Words())


def underlined(box):
    found, block = [], box.document().begin()
    while block.isValid():
        raw = block.text().encode("utf-16-le")
        for each in block.layout().formats():
            found.append(raw[2 * each.start : 2 * (each.start + each.length)].decode("utf-16-le"))
        block = block.next()
    return found


def menu_over(spelling, box, word):
    cursor = box.textCursor()
    cursor.setPosition(box.document().find(word).selectionStart() + 1)
    return spelling.menu_at(box.cursorRect(cursor).center())


def words_of(menu):
    return [action.text() for action in menu.actions() if action.text()]


def test_words_that_are_not_known_are_found():
    assert marked("The huose is big, it’s very old.") == ["huose"]


@pytest.mark.parametrize(
    "text",
    [
        "the big API",
        "the big fileName",
        "the big x1y",
        "see big ~/huose/tree.txt",
        "a@huose.org is big",
        "https://huose.example/blau is big",
        "the big my_huose",
        "das Haus ist sehr alt",
        "家は大きい",
        "บ้านใหญ่",
        "",
        "x",
    ],
)
def test_code_addresses_and_other_languages_are_left_alone(text):
    assert marked(text) == []


def test_words_of_ones_own_are_right():
    assert marked("The huose is big", frozenset({"huose"})) == []


def test_a_huge_paragraph_is_looked_through_at_its_beginning_alone():
    assert len(marked("the house is big huose " * 50_000)) < 1_000


def test_words_are_underlined_as_they_are_written_also_behind_pictures_of_two_units(box, spelling, qtbot):
    qtbot.keyClicks(box, "The huose is big")
    assert underlined(box) == ["huose"]
    box.setPlainText("\U0001f642 the huose is big")
    assert underlined(box) == ["huose"]


def test_a_word_is_replaced_from_the_menu_and_undo_brings_it_back(box, spelling):
    box.setPlainText("The huose is big")
    menu = menu_over(spelling, box, "huose")
    assert words_of(menu)[:3] == ["house", "horse && cart", "“huose” is right"]
    menu.actions()[0].trigger()
    assert box.toPlainText() == "The house is big"
    assert underlined(box) == []
    box.undo()
    assert box.toPlainText() == "The huose is big"


def test_a_word_that_was_called_right_is_no_longer_underlined(box, spelling):
    learned = []
    spelling.learned.connect(learned.append)
    box.setPlainText("The Huosen is big")
    menu = menu_over(spelling, box, "Huosen")
    assert "No other word is like it" in words_of(menu)
    next(action for action in menu.actions() if "is right" in action.text()).trigger()
    assert learned == ["huosen"]
    spelling.set_state(True, frozenset(learned))
    assert underlined(box) == []


def test_other_words_have_the_usual_menu(box, spelling):
    box.setPlainText("The house is big")
    assert not [words for words in words_of(menu_over(spelling, box, "house")) if "is right" in words]


def test_it_can_be_switched_off_and_on(box, spelling):
    box.setPlainText("The huose is big")
    spelling.set_state(False, frozenset())
    assert underlined(box) == []
    spelling.set_state(True, frozenset())
    assert underlined(box) == ["huose"]
