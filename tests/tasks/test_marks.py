"""Marks for formatting: compared, mended where that is certain, and never a picture lost."""

import time

import pytest

from chatdesk.domain.markup import Mark, MarkKind, marks, without_marks
from chatdesk.tasks.marks import repaired, same_marks, simplified

SOURCE = "See ⟦1⟧the page⟦/1⟧ of ⟦2⟧Anna⟦/2⟧.⟦3/⟧"
WHOLE = "⟦1⟧All of it is bold⟦/1⟧"
NESTED = "⟦1⟧⟦2⟧Bold⟦/2⟧ and slanted⟦/1⟧ words"


def test_marks_are_found_with_their_places():
    assert marks("a⟦1⟧b⟦/1⟧⟦12/⟧") == (
        Mark(1, MarkKind.open, 1, 4),
        Mark(1, MarkKind.close, 5, 9),
        Mark(12, MarkKind.alone, 9, 14),
    )
    assert marks("[1] ⟦⟧ ⟦x⟧ ⟦/1/⟧ ⟦ 1⟧ ⟦") == ()


def test_a_reader_sees_no_marks():
    assert without_marks(SOURCE) == "See the page of Anna."


@pytest.mark.parametrize(
    "translation",
    [
        "Siehe ⟦1⟧die Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.⟦3/⟧",
        "⟦2⟧アンナ⟦/2⟧の⟦1⟧ページ⟦/1⟧⟦3/⟧を見てください。",
        "⟦3/⟧⟦1⟧⟦2⟧x⟦/2⟧⟦/1⟧",
    ],
)
def test_the_order_of_marks_may_be_another(translation):
    assert same_marks(SOURCE, translation)
    assert repaired(SOURCE, translation) == translation


@pytest.mark.parametrize(
    "translation",
    [
        "Siehe die Seite von Anna.",
        "Siehe ⟦1⟧die Seite von ⟦2⟧Anna⟦/1⟧⟦/2⟧.⟦3/⟧",
        "Siehe ⟦/1⟧die Seite⟦1⟧ von ⟦2⟧Anna⟦/2⟧.⟦3/⟧",
        "Siehe ⟦1⟧die⟦/1⟧ ⟦1⟧Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.⟦3/⟧",
        "Siehe ⟦1⟧die Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.⟦3/⟧⟦4/⟧",
    ],
)
def test_marks_that_are_lost_crossed_or_added_are_not_the_same(translation):
    assert not same_marks(SOURCE, translation)


@pytest.mark.parametrize(
    "translation",
    [
        "Siehe [1]die Seite[/1] von [2]Anna[/2].[3/]",
        "Siehe 【1】die Seite【/1】 von <2>Anna</2>.<3/>",
        "Siehe ⟦ 1 ⟧die Seite⟦ / 1 ⟧ von ⟦2⟧Anna⟦/2⟧.⟦3 /⟧",
        "Siehe [[1]]die Seite[[/1]] von ⟦2⟧Anna⟦／2⟧.⟦3⟧",
        "Siehe ⟦1⟧die Seite⟦1⟧ von {2}Anna{2}.⟦/3⟧",
        "Siehe ⟦1⟧die Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.⟦3⟧⟦/3⟧",
        "Siehe ⟦1⟧die Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.",
        "Siehe ⟦1⟧die Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.⟦9⟧⟦3/⟧⟦/9⟧",
        "Siehe ⟦１⟧die Seite⟦/１⟧ von ⟦2⟧Anna⟦/2⟧.⟦3/⟧",
    ],
)
def test_small_slips_are_mended(translation):
    assert repaired(SOURCE, translation) == "Siehe ⟦1⟧die Seite⟦/1⟧ von ⟦2⟧Anna⟦/2⟧.⟦3/⟧"


@pytest.mark.parametrize(
    ("source", "translation", "mended"),
    [
        (WHOLE, "Alles ist fett", "⟦1⟧Alles ist fett⟦/1⟧"),
        (WHOLE, "⟦1⟧Alles ist fett", "⟦1⟧Alles ist fett⟦/1⟧"),
        (WHOLE, "Alles ist fett⟦/1⟧", "⟦1⟧Alles ist fett⟦/1⟧"),
        (NESTED, "⟦2⟧Fette⟦/2⟧ und schräge⟦/1⟧ Wörter", "⟦1⟧⟦2⟧Fette⟦/2⟧ und schräge⟦/1⟧ Wörter"),
        (NESTED, "⟦1⟧Fette⟦/2⟧ und schräge⟦/1⟧ Wörter", "⟦1⟧⟦2⟧Fette⟦/2⟧ und schräge⟦/1⟧ Wörter"),
        ("⟦1/⟧ Home ⟦2/⟧", "Start", "⟦1/⟧Start⟦2/⟧"),
        ("⟦1/⟧Home", "Start", "⟦1/⟧Start"),
        ("Home⟦1/⟧", "Start", "Start⟦1/⟧"),
    ],
)
def test_marks_lost_at_the_beginning_and_the_end_are_set_again(source, translation, mended):
    assert repaired(source, translation) == mended


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        (SOURCE, "Siehe die Seite von ⟦2⟧Anna⟦/2⟧.⟦3/⟧"),
        (SOURCE, "Siehe ⟦1⟧die Seite von ⟦2⟧Anna⟦/2⟧.⟦3/⟧"),
        (SOURCE, "Siehe ⟦1⟧die Seite von ⟦2⟧Anna⟦/1⟧⟦/2⟧.⟦3/⟧"),
        ("A picture ⟦1/⟧ and text", "Ein Bild und Text"),
        ("⟦1⟧Bold⟦/1⟧ text", "Fetter Text"),
        ("A picture ⟦1/⟧ and text", "⟦1/⟧ Ein Bild ⟦1/⟧ und Text"),
        ("See [1] and ⟦1⟧that⟦/1⟧", "Siehe [1] und [1]das[/1]"),
    ],
)
def test_what_is_not_certain_is_not_mended(source, translation):
    assert repaired(source, translation) is None


def test_brackets_of_the_text_itself_stay():
    source = "As in [1] and {2}: ⟦1⟧bold⟦/1⟧ ⟦2/⟧ text"
    assert repaired(source, "Wie in [1] und {2}: ⟦1⟧fetter⟦/1⟧ ⟦2⟧ Text") == (
        "Wie in [1] und {2}: ⟦1⟧fetter⟦/1⟧ ⟦2/⟧ Text"
    )
    assert repaired("⟦1⟧a⟦/1⟧ b", "[2] ⟦1⟧a⟦/1⟧ b ⟦5⟧") == "[2] ⟦1⟧a⟦/1⟧ b "


@pytest.mark.parametrize(
    ("translation", "simple"),
    [
        ("Siehe ⟦1⟧die Seite von Anna.", "Siehe die Seite von Anna.⟦3/⟧"),
        ("Siehe ⟦3/⟧die ⟦1⟧Seite", "Siehe ⟦3/⟧die Seite"),
        ("Siehe ⟦3/⟧die ⟦3/⟧Seite⟦7/⟧", "Siehe ⟦3/⟧die Seite"),
        ("", "⟦3/⟧"),
    ],
)
def test_without_formatting_what_stands_alone_is_kept(translation, simple):
    assert simplified(SOURCE, translation) == simple


def test_without_formatting_a_picture_at_the_beginning_stays_there():
    assert simplified("⟦1/⟧ A ⟦2⟧house⟦/2⟧ ⟦3/⟧", "Ein Haus") == "⟦1/⟧Ein Haus⟦3/⟧"


def test_thousands_of_marks_take_little_time():
    source = "".join(f"⟦{n}⟧x⟦/{n}⟧⟦{n + 5000}/⟧ word " for n in range(2000))
    start = time.process_time()
    assert repaired(source, source.replace("⟦", "[").replace("⟧", "]")) == source
    simplified(source, "word " * 2000)
    repaired("[ " * 50_000, "[ " * 50_000 + "⟦1⟧")
    assert time.process_time() - start < 3
