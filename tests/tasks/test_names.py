"""Names that stand in several paragraphs: which are found, and what becomes of a model's answer."""

import json
import time
from itertools import product

import pytest

from chatdesk.domain.glossaries import Term
from chatdesk.tasks.names import MOST, places_of, repeated_names, written_names

NEWS = (
    "Yesterday Mary Smith met the mayor of Riverton. The Ministry of Health had asked her.",
    "In Riverton people say that Mary Smith is right on Monday, and Smith knows it in English.",
    "A report by the Ministry of Health came on Monday in English. YouTube showed Riverton's best.",
    "It is on YouTube, too. “Nobody knows,” said Tom. Well, I think that Nobody is no name.",
)


def test_people_places_and_brands_are_names_where_they_stand_in_two_paragraphs():
    found = repeated_names(NEWS, "en")
    assert found == ("Mary Smith", "Riverton", "Smith", "Ministry of Health", "YouTube")


def test_a_name_that_stands_twice_in_one_paragraph_is_none_of_them():
    assert repeated_names(["Then Anna came, and Anna went. It rained.", "It rained."], "en") == ()


def test_a_word_that_is_written_small_elsewhere_is_no_name():
    assert repeated_names(["See the Table below.", "This Table is long.", "No table is."], "en") == ()


def test_headings_and_shouting_tell_no_names():
    heads = ["The House By The River", "THE RIVER AND THE HOUSE", "The House By The River"]
    assert repeated_names(heads, "en") == ()


def test_where_all_nouns_are_written_large_only_people_are_found():
    texts = ["Gestern traf Anna den Bürgermeister im Haus.", "Da sagte Anna, dass Frau Weber das Haus kennt."]
    assert repeated_names(texts, "de") == ("Anna",)


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        (["Hier Marie Dupont vit à Lyon.", "Il habite à Lyon."], "fr", ("Lyon",)),
        (["Он живёт в Москве.", "Она тоже в Москве."], "ru", ("Москве",)),
        (["這是東京。", "東京很大。"], "zh-Hant", ()),
        (["", "12", "⟦1/⟧"], "", ()),
    ],
)
def test_other_languages_are_read_as_far_as_their_letters_tell(texts, language, found):
    assert repeated_names(texts, language) == found


def test_the_most_frequent_names_are_kept_of_too_many():
    names = [f"X{'abcdefghij'[n // 10]}{'abcdefghij'[n % 10]}" for n in range(90)]
    texts = [f"We saw {name} there." for name in names for _ in range(2)] + [f"We saw {names[-1]} there."]
    found = repeated_names(texts, "en")
    assert len(found) == MOST
    assert names[-1] in found


def test_garbage_of_any_size_is_read():
    assert repeated_names(["Xa" * 20_000 + " Ab Cd" * 5_000] * 2, "en") == ()


def test_the_model_is_shown_where_names_stand():
    assert places_of(["Riverton", "Mary Smith"], NEWS) == NEWS[0]
    long = "x " * 5000 + "Anna" + " y" * 5000
    assert "Anna" in places_of(["Anna"], [long])
    assert len(places_of(["Anna"], [long])) <= 200


def answered(**pairs):
    return json.dumps({"names": [{"name": name, "written": written} for name, written in pairs.items()]})


def test_a_name_that_the_model_leaves_out_stays_as_it_is():
    assert written_names(["Riverton", "Anna"], answered(Riverton="Flusstadt", Bob="Robert")) == (
        Term("Riverton", "Flusstadt"),
        Term("Anna", "Anna"),
    )


@pytest.mark.parametrize("written", ["", " ", "a" * 100, "⟦1⟧Anna"])
def test_what_can_be_no_name_leaves_the_name_as_it_is(written):
    assert written_names(["Anna"], answered(Anna=written)) == (Term("Anna", "Anna"),)


def test_a_family_without_json_answers_in_lines():
    assert written_names(["Anna", "Riverton"], "Анна\nРивертон\n") == (
        Term("Anna", "Анна"),
        Term("Riverton", "Ривертон"),
    )


@pytest.mark.parametrize(
    "answer", ["", "Anna\nRiverton\nmore", '{"names": 5}', "[" * 5000, '{"names": [{}]}']
)
def test_an_answer_of_no_use_fixes_no_names(answer):
    assert written_names(["Anna", "Riverton"], answer) == ()


def test_names_that_begin_alike_in_a_long_text_take_no_longer():
    names = ["".join(letters).title() for letters in product("abcdefghij", repeat=3)]
    texts = [f"We all know of Saint {name} here and there." for name in names * 2]
    start = time.monotonic()
    assert len(repeated_names(texts, "en")) == MOST
    assert time.monotonic() - start < 10
