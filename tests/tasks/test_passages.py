"""Finding quotations in a text, and which parts of it nothing rests on."""

import random
import time

import pytest

from chatdesk.domain.summaries import Passage
from chatdesk.tasks.passages import Resemblance, coverage, find_quote, joined
from chatdesk.tasks.word_index import WordIndex

TEXT = (
    "The council met on 3 May. It decided, after a long debate, to build a new bridge over the river Ems.\n"
    "The bridge will cost 3.5 million euros and be open in 2027. Mrs. Lopez voted against it.\n"
    "今日は天気がいいですね。明日は雨が降るでしょう。"
)


def found(quote, text=TEXT, **within):
    passage = find_quote(quote, WordIndex(text, **within))
    return passage and text[passage.start : passage.end]


def test_a_quotation_is_found_word_for_word():
    assert found("Mrs. Lopez voted against it.") == "Mrs. Lopez voted against it"


@pytest.mark.parametrize(
    "quote",
    [
        "THE BRIDGE WILL COST 3.5 MILLION EUROS",
        "“the bridge   will\ncost 3.5 million euros”",
        "The bridge—will cost: 3.5 million euros!",
        "ＴＨＥ bridge will cost 3.5 million euros",
    ],
)
def test_case_punctuation_and_white_space_do_not_count(quote):
    assert found(quote) == "The bridge will cost 3.5 million euros"


@pytest.mark.parametrize(
    "quote",
    [
        "It decided after a very long debate to build a new bridge over the river Ems.",
        "It decided, after a long discussion, to build a new bridge over the river Ems",
        "decided to build a new bridge over the river Ems",
        "It decided ... to build a new bridge",
        "It decided […] a new bridge over the river Ems",
    ],
)
def test_a_quotation_that_is_nearly_the_same_is_found(quote):
    assert "decided, after a long debate, to build a new bridge" in found(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "...",
        "The mayor resigned because of the scandal in the press.",
        "The bridge will cost 4.5 million euros and be open in 2027.",
        "Lopez resigned",
        "the the the the the the",
    ],
)
def test_what_does_not_stand_there_is_not_found(quote):
    assert found(quote) is None


def test_writing_without_spaces_is_found_by_its_characters():
    assert found("明日は雨が降る") == "明日は雨が降る"
    assert found("明日は雪が降るでしょう") == "明日は雨が降るでしょう"


def test_places_are_those_of_the_whole_text():
    start = TEXT.index("The bridge")
    assert find_quote("the bridge", WordIndex(TEXT, start)) == Passage(start, start + 10)
    assert find_quote("the council met", WordIndex(TEXT, start)) is None


def test_eight_quotations_are_looked_up_in_milliseconds():
    chance = random.Random(1)
    common = ["the", "of", "and", "to", "in"] * 100
    words = [chance.choice([f"word{number}" for number in range(2000)] + common) for _ in range(1300)]
    text = " ".join(words)
    quotes = [
        " ".join([*words[at : at + 12], "other", *words[at + 13 : at + 25]]) for at in range(0, 1200, 150)
    ]
    least = 1.0
    for _ in range(5):  # the machine does other things too
        start = time.perf_counter()
        index = WordIndex(text)
        passages = [find_quote(quote, index) for quote in quotes]
        least = min(least, time.perf_counter() - start)
    assert all(passages)
    assert least < 0.02


def test_rare_words_decide_which_sentence_is_most_alike():
    candidates = ["The dog is in the house.", "The cat is in the garden.", "Rain falls."]
    resemblance = Resemblance(candidates)
    assert resemblance.best("In the garden there is a cat.", 0.3)[0][0] == 1
    assert resemblance.best("Snow!", 0.1) == []
    assert resemblance.best("...", 0.1) == []
    assert Resemblance([]).best("Snow", 0.1) == []


def test_passages_that_touch_are_one():
    assert joined([Passage(5, 9), Passage(0, 3), Passage(3, 4), Passage(6, 7)]) == (
        Passage(0, 4),
        Passage(5, 9),
    )


def test_coverage_is_the_share_of_the_sentences_that_something_rests_on():
    sentences = [(0, 10), (11, 21), (22, 42)]
    assert coverage([], sentences) == 0
    assert coverage([Passage(3, 5)], sentences) == 0.25
    assert coverage([Passage(3, 5), Passage(8, 12)], sentences) == 0.5
    assert coverage([Passage(0, 42)], sentences) == 1
    assert coverage([Passage(10, 11)], sentences) == 0
    assert coverage([Passage(0, 1)], []) == 0
