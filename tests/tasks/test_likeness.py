"""How alike texts are, and what differs in them."""

import time

import pytest

from chatdesk.tasks.likeness import changed_words, likeness

TEXT = "The committee has chosen three of the proposals that were sent in."


@pytest.mark.parametrize("text", ["", "x", TEXT, "会議は木曜日です。", "12"])
def test_a_text_is_like_itself(text):
    assert likeness(text, text) == 1


def test_case_and_signs_alone_make_little_difference():
    assert 0.95 < likeness(TEXT, TEXT.upper()) < 1
    assert 0.95 < likeness("Yes, sir.", "yes sir") < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", "x"),
        ("...", "!"),
        ("The house is red", "Niemand kam gestern"),
        ("会議は木曜日", "彼女が来た"),
    ],
)
def test_texts_without_anything_in_common_are_not_alike(one, other):
    assert likeness(one, other) < 0.2


def test_fewer_changes_are_more_alike():
    one_word = TEXT.replace("three", "none")
    two_words = one_word.replace("committee", "board")
    half = "The committee has chosen another building for the offices next year."
    assert 1 > likeness(TEXT, one_word) > likeness(TEXT, two_words) > likeness(TEXT, half)
    assert likeness(TEXT, one_word) > 0.85
    assert likeness(TEXT, half) < 0.6


def test_numbers_and_forms_of_a_word_count_less_than_words():
    text = "The price of 25 houses is high"
    word = likeness(text, "The price of new houses is high")
    assert likeness(text, "The price of 26 houses is high") > word
    assert likeness(text, "The prices of 25 houses is high") > word
    assert likeness("Page 12", "Page 13") > likeness("Page twelve", "Page last")


def test_likeness_is_the_same_from_both_sides():
    pairs = [(TEXT, TEXT[:30]), ("a b c", "b c d"), ("Hello", ""), ("12 cats", "13 dogs and cats")]
    assert all(likeness(one, other) == likeness(other, one) for one, other in pairs)
    assert all(0 <= likeness(one, other) <= 1 for one, other in pairs)


def test_writing_without_spaces_is_compared_by_its_signs():
    assert 0.8 < likeness("会議は木曜日に延期されました", "会議は金曜日に延期されました") < 1


def test_changed_words_are_found_in_both():
    a, b = "The red house is old.", "The blue house is very old!"
    ours, theirs = changed_words(a, b)
    assert [a[start:end] for start, end in ours] == ["red"]
    assert [b[start:end] for start, end in theirs] == ["blue", "very"]


def test_changed_words_that_adjoin_are_one_place():
    a = "one two three four"
    assert changed_words(a, "one four") == (((4, 13),), ())
    assert changed_words(a, a) == ((), ())
    assert changed_words("", "") == ((), ())


def test_a_thousand_candidates_take_little_time():
    candidates = [TEXT.replace("three", f"number {n}").replace("sent", "x" * (n % 7)) for n in range(1000)]
    start = time.process_time()
    for each in candidates:
        likeness(TEXT, each)
    assert time.process_time() - start < 1


def test_long_texts_take_little_time():
    start = time.process_time()
    assert likeness(TEXT * 500, TEXT.replace("three", "two") * 500) > 0.5
    assert likeness("a b " * 2000, "c d " * 2000) < 0.2
    likeness("x" * 100_000, "y" * 100_000)
    changed_words(TEXT * 30, TEXT.replace("three", "two") * 30)
    assert time.process_time() - start < 5
