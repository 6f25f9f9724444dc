"""The generated documents: key facts show a value, nothing else does, and the title is a part of the text."""

import random
import re
from itertools import pairwise

import pytest
from starter_text.documents import GENRES, draw_document, variants
from starter_text.split import is_held
from starter_text.values import LANGUAGES, date, fill, money, place

_SLOT = re.compile(r"\{\w+\}")


def drawn(language="en", held=False, count=200, **options):
    rng = random.Random(5)
    return [
        draw_document(rng, lambda text: is_held(text) == held, language=language, **options)
        for _ in range(count)
    ]


def wordings(column, languages=GENRES):
    genres = [genre for language in languages for genre in GENRES[language].values()]
    return {text for genre in genres for patterns in getattr(genre, column) for text in patterns}


@pytest.mark.parametrize("language", GENRES)
@pytest.mark.parametrize("held", [False, True], ids=["training", "held out"])
def test_facts_stand_in_the_text_word_for_word_and_in_their_order(language, held):
    for document in drawn(language, held):
        places = [document.text.index(fact) for fact, _ in document.facts]
        assert all(first < second for first, second in pairwise(places)), document


@pytest.mark.parametrize("held", [False, True], ids=["training", "held out"])
def test_facts_are_on_their_side_of_the_split(held):
    assert all(is_held(fact) == held for document in drawn(held=held) for fact, _ in document.facts)


def test_training_and_held_out_documents_share_no_sentence():
    def sentences(documents):
        texts = " ".join(document.text for document in documents)
        return {
            part for part in re.split(r"(?<=[.?!])\s", texts) if len(part.split()) > 3 and "\n" not in part
        }

    shared = sentences(drawn(count=600)) & sentences(drawn(held=True, count=600))
    assert not shared


def test_every_opening_fact_and_field_has_a_slot_and_no_filler_has_one():
    for column in ("openings", "facts", "fields"):
        assert all(_SLOT.search(text) for text in wordings(column))
    assert not any(_SLOT.search(text) for text in wordings("fillers"))


def test_a_filler_shows_neither_a_digit_nor_a_name():
    for text in wordings("fillers"):
        assert not re.search(r"\d", text), text
    for text in wordings("fillers", ["en"]):
        assert not re.search(r"[A-Z]", text[1:].replace(" I ", " ")), text


def test_every_fact_shows_a_digit_or_a_name():
    for document in drawn():
        for fact, value in document.facts:
            assert value in fact
            assert re.search(r"\d|[A-Z]", fact[1:].replace(" I ", " ")), fact


def test_there_are_many_wordings():
    assert sum(len(genre.facts) for genre in GENRES["en"].values()) >= 150
    assert len(wordings("facts", ["en"])) >= 500
    assert len(wordings("fillers", ["en"])) >= 600


@pytest.mark.parametrize("language", GENRES)
def test_a_title_has_at_most_six_words_and_stands_in_the_text(language):
    for document in drawn(language):
        assert 0 < len(document.title.split()) <= 6, document.title
        assert document.title.lower() in document.text.lower()


def test_a_piece_from_the_middle_has_no_title():
    assert not any(document.title for document in drawn(has_opening=False))


def test_a_document_has_as_many_facts_as_asked_and_its_opening():
    assert {len(document.facts) for document in drawn(size=12)} == {13}
    assert {len(document.facts) for document in drawn(size=2, has_opening=False)} == {2}


def test_no_slot_and_no_mark_of_a_pattern_is_left_in_a_text():
    for language in GENRES:
        assert not any(re.search(r"[{}\[\]()|]", document.text) for document in drawn(language))


def test_wordings_of_a_pattern_take_every_alternative():
    assert variants("(a|b) c(d|)") == ["a cd", "a c", "b cd", "b c"]
    assert variants("no (choice|(nested|deep) one)") == ["no choice", "no nested one", "no deep one"]


def test_slots_are_noted_in_the_order_of_the_text():
    slots = {}
    text = fill(random.Random(1), "{L} and {P} on {D}, {L}", slots)
    assert list(slots) == ["L", "P", "D"]
    assert text == f"{slots['L']} and {slots['P']} on {slots['D']}, {slots['L']}"


def test_values_come_from_large_sets():
    rng = random.Random(1)
    assert len({place(rng) for _ in range(2000)}) > 700
    assert len({money(rng) for _ in range(2000)}) > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_names_a_month_of_its_language(language):
    rng = random.Random(1)
    for _ in range(50):
        drawn_date = date(rng, language)
        assert any(month in drawn_date for month in LANGUAGES[language]["months"])
