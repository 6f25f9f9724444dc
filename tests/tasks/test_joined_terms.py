"""Terms of a file that are added to a glossary: new ones, the same, and words with another translation."""

import pytest

from chatdesk.domain.glossaries import Term
from chatdesk.tasks.joined_terms import joined

HOUSE, SHIP, CRANE = Term("house", "Haus"), Term("ship", "Schiff", "at sea"), Term("crane", "Kran")


@pytest.mark.parametrize("replacing", [True, False])
def test_a_new_word_comes_behind_those_that_are_there(replacing):
    both = joined((HOUSE, SHIP), (CRANE,), replacing=replacing)
    assert both.terms == (HOUSE, SHIP, CRANE)
    assert (both.added, both.known, both.other) == (1, 0, 0)


@pytest.mark.parametrize("replacing", [True, False])
def test_what_is_there_already_stays_once_and_keeps_its_note(replacing):
    both = joined(
        (HOUSE, SHIP), (Term("ship", "Schiff"), Term("house", "Haus", "a home")), replacing=replacing
    )
    assert both.terms == (Term("house", "Haus", "a home"), SHIP)
    assert (both.added, both.known, both.other) == (0, 2, 0)


def test_another_translation_takes_the_place_of_the_one_that_is_there():
    both = joined((HOUSE, SHIP, CRANE), (Term("ship", "Boot"), Term("ship", "Kahn")), replacing=True)
    assert both.terms == (HOUSE, Term("ship", "Boot"), Term("ship", "Kahn"), CRANE)
    assert (both.added, both.known, both.other) == (0, 0, 1)


def test_another_translation_is_left_out_where_that_is_wished():
    both = joined((HOUSE, SHIP), (Term("ship", "Boot"), CRANE), replacing=False)
    assert both.terms == (HOUSE, SHIP, CRANE)
    assert (both.added, both.known, both.other) == (1, 0, 1)


def test_large_letters_make_another_word():
    both = joined((Term("turkey", "Truthahn"),), (Term("Turkey", "Türkei"),), replacing=True)
    assert both.added == 1
    assert len(both.terms) == 2


def test_a_word_with_two_translations_of_which_one_is_there_counts_as_both():
    both = joined((HOUSE,), (HOUSE, Term("house", "Gebäude")), replacing=True)
    assert both.terms == (HOUSE, Term("house", "Gebäude"))
    assert (both.added, both.known, both.other) == (0, 1, 1)
    assert joined((HOUSE,), (HOUSE, Term("house", "Gebäude")), replacing=False).terms == (HOUSE,)
