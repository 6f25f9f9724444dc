"""The number of writing threads follows what tokens take, here on computers that are made up."""

import random

import pytest

from chatdesk.engine.pace import Pace

QUIET = {1: 20.0, 2: 15.0, 3: 12.0, 4: 10.0, 6: 9.0, 8: 8.0}
BUSY = {1: 20.0, 2: 48.0, 3: 60.0, 4: 70.0, 6: 90.0, 8: 120.0}
COLLAPSED = {1: 0.5, 2: 300.0}


def write(pace, costs, tokens, noise=0.1, seed=1):
    """Write so many tokens and return the milliseconds and the numbers of threads they were written with."""
    chance = random.Random(seed)
    used, spent = [], 0.0
    for _ in range(tokens):
        used.append(pace.threads)
        cost = costs[pace.threads] * chance.uniform(1 - noise, 1 + noise)
        spent += cost
        pace.took(cost)
    return spent, used


@pytest.mark.parametrize("most", [2, 4, 8])
def test_a_quiet_computer_keeps_all_its_threads(most):
    spent, used = write(Pace(most), QUIET, 1000)
    assert used.count(most) > 970
    assert spent < 1000 * QUIET[most] * 1.03


def test_short_answers_lose_little_by_trials():
    spent, _ = write(Pace(2), QUIET, 128)
    assert spent < 128 * QUIET[2] * 1.03


@pytest.mark.parametrize("most", [2, 4, 8])
def test_a_busy_computer_soon_uses_one_thread(most):
    pace = Pace(most)
    _, used = write(pace, BUSY, 200)
    assert used[60:].count(1) > 130


def test_a_collapse_is_left_after_a_few_tokens():
    _, used = write(Pace(2), COLLAPSED, 100)
    assert used.count(2) < 15


def test_it_follows_a_computer_that_becomes_busy_and_quiet_again():
    pace = Pace(2)
    write(pace, QUIET, 500)
    _, busy = write(pace, BUSY, 100)
    assert busy.count(2) < 20
    _, quiet = write(pace, QUIET, 1000)
    assert quiet[600:].count(2) > 390


def test_one_slow_token_does_not_change_the_number():
    pace = Pace(2)
    write(pace, QUIET, 100)
    pace.took(400.0)
    _, used = write(pace, QUIET, 50)
    assert used[-1] == 2


def test_a_single_core_has_nothing_to_try():
    _, used = write(Pace(1), {1: 5.0}, 100)
    assert set(used) == {1}


def test_every_number_of_threads_is_one_that_was_allowed():
    for most in (1, 2, 5, 7, 10):
        costs = dict.fromkeys(range(1, most + 1), 1.0)
        _, used = write(Pace(most), costs, 500, noise=0.9)
        assert max(used) <= most
        assert min(used) >= 1
