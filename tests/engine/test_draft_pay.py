"""Tests of deciding whether reading ahead pays."""

import random

import pytest

from chatdesk.engine.draft_pay import LENGTHS, DraftPay

ALONE = 0.02  # seconds


def written(pay, tokens, right, cost, run=None, chance=None):
    """Return the time that `tokens` took, in those read alone, when guesses hold with that probability."""
    chance = chance or random.Random(1)
    took, done, same = 0.0, 0, run or 8
    while done < tokens:
        wanted = pay.wanted(same, 15)
        done += 1
        if not wanted:
            pay.read_alone(ALONE)
            took += 1
        else:
            pay.read_ahead(wanted, ALONE * cost(wanted))
            took += cost(wanted)
        for _ in range(max(1, wanted)):
            holds = chance.random() < right
            pay.guessed(same, holds)
            same = run or (same + 1 if holds else 8)
            if not (wanted and holds):
                break
            pay.spared()
            done += 1
    return took / done


def dear(length):
    """As measured on a processor: three guesses take nearly as long as fifteen."""
    return {3: 4.8, 7: 5.6, 15: 7.2}[length]


def cheap(length):
    """As on a graphics card."""
    return 1.2


def worst(length):
    return length + 1.0


def test_nothing_is_read_ahead_before_it_is_known_what_a_token_takes():
    assert DraftPay().wanted(100, 15) == 0


def test_without_guesses_nothing_is_read_ahead():
    pay = DraftPay()
    written(pay, 100, 0.9, cheap)
    assert pay.wanted(0, 0) == 0
    assert pay.wanted(4, 2) == 0


def test_no_more_is_read_ahead_than_is_guessed():
    pay = DraftPay()
    written(pay, 1000, 0.97, cheap)
    assert pay.wanted(30, 15) == 15
    assert pay.wanted(30, 14) == 7
    assert pay.wanted(30, 4) == 3


@pytest.mark.parametrize("right", [0.0, 0.3, 0.6, 0.8])
@pytest.mark.parametrize("cost", [dear, worst])
def test_where_it_does_not_pay_nearly_nothing_is_lost(right, cost):
    pay = DraftPay()
    written(pay, 200, right, cost)
    assert written(pay, 5000, right, cost, chance=random.Random(2)) < 1.03


def test_before_anything_is_known_a_few_tokens_are_lost_at_most():
    for right in (0.0, 0.5, 0.9):
        assert (written(DraftPay(), 200, right, worst) - 1) * 200 < 8 + 15 + 4


def test_where_guesses_hold_it_becomes_faster_even_if_reading_ahead_is_dear():
    pay = DraftPay()
    written(pay, 200, 0.97, dear)
    assert written(pay, 2000, 0.97, dear) < 0.75


def test_where_reading_ahead_is_cheap_a_few_right_guesses_pay():
    pay = DraftPay()
    written(pay, 200, 0.6, cheap)
    assert written(pay, 2000, 0.6, cheap) < 0.7


def test_it_is_found_out_when_it_begins_to_pay():
    pay = DraftPay()
    written(pay, 3000, 0.2, dear)
    written(pay, 300, 0.98, dear)
    assert written(pay, 2000, 0.98, dear) < 0.75


def test_a_hitch_of_the_computer_is_not_remembered_for_ever():
    pay = DraftPay()
    written(pay, 300, 0.97, dear)
    for length in LENGTHS:
        pay.read_ahead(length, ALONE * 1000)
    written(pay, 3000, 0.97, dear)
    assert written(pay, 2000, 0.97, dear) < 0.8
