"""Confirmed pairs in a real database, found again exactly, nearly and by words."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from difflib import SequenceMatcher

import pytest

from chatdesk.domain.glossaries import Pair
from chatdesk.storage.memory import MemoryStore


def likeness(one, other):
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@pytest.fixture
def memory(database):
    return MemoryStore(database, likeness)


def pair(source, target="…", languages=("en", "de")):
    return Pair(source, target, *languages)


def sources(matches):
    return [match.pair.source for match in matches]


def test_a_pair_is_found_by_its_source_whatever_white_space_it_has(memory):
    kept = replace(pair("Buy\tmilk.\n Then  rest."), when=datetime(2026, 1, 2, tzinfo=UTC))
    memory.remember([kept])
    asked = ["Buy milk. Then rest.", " Buy milk. Then\u3000rest.\n", "buy milk. Then rest."]
    assert memory.exact(asked, "en", "de") == {asked[0]: kept, asked[1]: kept}
    assert memory.exact([], "en", "de") == {}


def test_letters_count_the_same_in_either_of_their_forms(memory):
    memory.remember([pair("Cafe\u0301")])
    assert "Café" in memory.exact(["Café"], "en", "de")


def test_a_variant_is_a_target_of_its_own_and_no_matter_in_the_source(memory):
    memory.remember([pair("Hi", "Oi", ("en-GB", "pt-BR")), pair("Hi", "Olá", ("en", "pt-PT"))])
    for source in ("en", "en-US", "EN"):
        assert memory.exact(["Hi"], source, "pt-BR")["Hi"].target == "Oi"
        assert memory.exact(["Hi"], source, "pt-pt")["Hi"].target == "Olá"
        assert memory.exact(["Hi"], source, "pt") == {}
        assert [match.pair.target for match in memory.matches("Hi", source, "pt-BR")] == ["Oi"]


def test_a_language_may_be_a_name_of_the_users_own(memory):
    memory.remember([pair("Hi", "nuqneH", ("en", "Klingon, \udcff (old)"))])
    assert memory.exact(["Hi"], "en", "Klingon, \udcff (old)")["Hi"].target == "nuqneH"
    assert memory.exact(["Hi"], "en", "Klingon") == {}


def test_a_pair_takes_the_place_of_an_earlier_one_and_becomes_the_newest(memory):
    memory.remember([pair("one", "eins"), pair("two", "zwei"), pair("one ", "ein")])
    memory.remember([pair("one", "Eins \udcff")])
    assert [each.target for each in memory.pairs()] == ["Eins \ufffd", "zwei"]
    assert memory.count() == 2
    assert memory.pairs("ein") == memory.pairs("eins") == [memory.pairs()[0]]


def test_what_is_forgotten_is_found_nowhere(memory):
    memory.remember(
        [pair("The cat sleeps."), pair("The cat eats."), pair("The cat sleeps.", "", ("en", "fr"))]
    )
    memory.forget([pair("The  cat sleeps.", "other"), pair("never seen")])
    assert memory.exact(["The cat sleeps."], "en", "de") == {}
    assert sources(memory.matches("The cat sleeps.", "en", "de")) == ["The cat eats."]
    assert memory.count() == 2


def test_the_likest_come_first_and_unlike_ones_do_not(memory):
    like = ["Press the red button twice.", "Press the red button.", "Press the blue button now, please."]
    memory.remember([pair(each) for each in (*like, "Button", "The weather is red today.", "")])
    matches = memory.matches("Press the red button!", "en", "de")
    assert sources(matches) == [like[1], like[0], like[2]]
    assert [match.likeness for match in matches] == sorted((each.likeness for each in matches), reverse=True)
    assert sources(memory.matches("Press the red button.", "en", "de", 1)) == [like[1]]
    assert memory.matches("Press the red button.", "en", "de", 1)[0].likeness == 1


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Speichern", "Speichere"),
        ("Die Dateien werden gelöscht", "Die Datei wird gelöscht"),
        ("Yes, it is.", "Yes it is!"),
        ("今日は天気がいいですね", "明日は天気がいいですね"),
        ("วันนี้อากาศดีมาก", "วันนี้อากาศดี"),
        ("오늘은 날씨가 좋네요", "어제는 날씨가 좋네요"),
        ("天", "天。"),
    ],
)
def test_other_forms_of_words_and_writing_without_spaces_are_like(memory, known, asked):
    memory.remember([pair(known), pair("Etwas ganz anderes")])
    assert sources(memory.matches(asked, "en", "de")) == [known]


@pytest.mark.parametrize(
    "source", ["", " ", "...", '"', "a" * 100_000, "x\0y", "AND OR NOT", "source:", "\udcff"]
)
def test_any_text_may_be_asked_for(memory, source):
    memory.remember([pair("Something")])
    assert memory.matches(source, "en", "de") == []
    assert memory.exact([source], "en", "de") == {}
    memory.remember([pair(source)])
    assert memory.exact([source], "en", "de")
    memory.forget([pair(source)])
    assert memory.count() == 1


def test_a_near_one_is_found_among_many_with_the_same_words(memory):
    chance = random.Random(2)
    words = ["the", "of", "and", "to", "open", "close", "file", "folder", "save", "delete", "all", "now"]
    many = [" ".join(chance.choices(words, k=12)) for _ in range(3_000)]
    memory.remember([pair(each) for each in many])
    for wanted in chance.sample(many, 20):
        assert sources(memory.matches(wanted.replace("file", "picture", 1), "en", "de"))[0] == wanted


def test_the_same_one_is_found_among_many_that_share_all_its_words(memory):
    chance = random.Random(3)
    many = {" ".join(chance.choices(["to", "be", "or", "not"], k=9)) for _ in range(4_000)}
    memory.remember([pair(each) for each in sorted(many)])
    for wanted in chance.sample(sorted(many), 20):
        assert sources(memory.matches(wanted, "en", "de"))[0] == wanted


def test_pairs_are_looked_up_by_words_in_one_of_their_texts(memory):
    memory.remember([pair("Red cows", "Rote Kühe"), pair("cows", "rot"), pair("天気", "Wetter")])
    assert [each.source for each in memory.pairs("kuh rote")] == []
    assert [each.source for each in memory.pairs("kuhe rot")] == ["Red cows"]
    assert [each.source for each in memory.pairs("cow")] == ["cows", "Red cows"]
    assert [each.source for each in memory.pairs("天気")] == ["天気"]
    assert [each.source for each in memory.pairs("", 1)] == ["天気"]
    assert memory.pairs("...") == []


def test_where_the_language_of_a_text_is_not_known_the_newest_pair_of_any_counts(memory):
    memory.remember([Pair("Chat", "Katze", "fr", "de"), Pair("Chat", "Chat", "en", "fr")])
    memory.remember([Pair("Chat", "Unterhaltung", "en", "de")])
    assert memory.exact(["Chat"], "", "de")["Chat"].target == "Unterhaltung"
    assert memory.exact(["Chat"], "fr", "de")["Chat"].target == "Katze"
    assert memory.exact(["Chat"], "", "es") == {}
