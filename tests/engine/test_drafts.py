"""Tests of guessing tokens from text that is there already."""

import random
import time

import pytest

from chatdesk.engine.drafts import MATCH, Copies

LOOKUP_SECONDS = 0.5  # for the tokens of a long prompt; it takes a tenth of that


def told(copies, tokens):
    for token in tokens:
        copies.add(token)
    return copies


def test_after_the_same_tokens_the_same_is_guessed():
    copies = told(Copies(range(100)), [200, 40, 41, 42, 43])
    assert copies.next(5) == [44, 45, 46, 47, 48]
    assert copies.run == MATCH


def test_fewer_of_the_same_tokens_are_no_reason_for_a_guess():
    copies = told(Copies(range(100)), [200, 41, 42, 43])
    assert copies.next(5) == []
    assert copies.run == 0


def test_a_copy_is_followed_as_long_as_it_lasts():
    copies = told(Copies(range(100)), [40, 41, 42, 43, 44, 45])
    assert copies.next(2) == [46, 47]
    assert copies.run == MATCH + 2
    copies.add(7)
    assert copies.next(2) == []
    assert copies.run == 0


def test_the_newest_of_several_places_is_followed():
    first, second = [1, 2, 3, 4, 50], [1, 2, 3, 4, 60]
    assert told(Copies([*first, *second]), [1, 2, 3, 4]).next(1) == [60]


def test_what_the_answer_repeats_is_guessed_too():
    assert told(Copies([]), [1, 2, 3, 4, 5, 6, 1, 2, 3, 4]).next(9) == [5, 6, 1, 2, 3, 4]


def test_the_same_token_again_and_again_is_guessed_again():
    assert told(Copies([]), [3] * 20).next(1) == [3]


def test_an_earlier_answer_is_guessed_from_its_beginning():
    copies = Copies([1, 2, 3], [7, 8, 9])
    assert copies.next(2) == [7, 8]
    assert told(copies, [7]).next(2) == [8, 9]


def test_an_earlier_answer_is_found_again_behind_a_change():
    copies = told(Copies([1, 2, 3], range(10, 30)), [10, 11, 99, 98, 14, 15, 16])
    assert copies.next(3) == []
    assert told(copies, [17]).next(3) == [18, 19, 20]


def test_an_answer_longer_than_the_earlier_one_is_no_trouble():
    told(Copies([], [1, 2]), [1, 2, 3, 1, 2, 3, 4, 5, 6])


def test_a_picture_is_never_guessed():
    assert told(Copies([1, 2, 3, 4, 5, -1, -1, 6]), [1, 2, 3, 4]).next(9) == [5]


@pytest.mark.parametrize("alphabet", [2, 5, 1000])
def test_a_guess_is_always_what_stood_behind_the_same_tokens(alphabet):
    chance = random.Random(alphabet)
    prompt = [chance.randrange(alphabet) for _ in range(300)]
    copies, seen = Copies(prompt), list(prompt)
    for _ in range(300):
        token = chance.choice(copies.next(1) or [chance.randrange(alphabet)])
        copies.add(token)
        seen.append(token)
        guess = [*seen[-MATCH:], *copies.next(1)]
        assert len(guess) == MATCH or any(
            seen[at : at + MATCH + 1] == guess for at in range(len(seen) - MATCH)
        )


def test_a_long_prompt_is_looked_through_fast():
    chance = random.Random(1)
    copies = Copies([chance.randrange(1000) for _ in range(30_000)])
    started = time.process_time()
    copies.add(1)
    assert time.process_time() - started < LOOKUP_SECONDS
