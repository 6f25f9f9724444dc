"""Putting notes together: none is lost, each group has its size, and one that changes changes its own."""

import random
from itertools import chain
from statistics import mean

import pytest

from chatdesk.tasks.groups import groups_of

ROOM = 2000


def notes(chance, count):
    return [" ".join(chance.choices("abcdefgh", k=chance.randrange(40, 160))) for _ in range(count)]


def grouped(texts, room=ROOM):
    return groups_of(texts, [len(text.split()) for text in texts], room)


@pytest.mark.parametrize("seed", range(5))
def test_all_are_there_in_order_and_groups_are_neither_too_large_nor_small(seed):
    texts = notes(random.Random(seed), 200)
    groups = grouped(texts)
    assert list(chain.from_iterable(groups)) == texts
    sizes = [sum(len(text.split()) for text in group) for group in groups]
    assert max(sizes) <= ROOM
    assert min(sizes) >= 0.45 * ROOM  # a note may lie over the half


def test_what_fits_together_is_one_group():
    texts = notes(random.Random(1), 12)
    assert grouped(texts) == [texts]
    assert grouped([]) == []


def test_texts_of_which_no_two_fit_come_in_pairs():
    large = "a " * 1500
    assert grouped([large] * 5) == [[large] * 2, [large] * 2, [large]]


def test_a_text_that_is_too_large_does_not_make_its_neighbours_group_larger():
    texts = notes(random.Random(3), 60)
    texts[20] = "a " * 1900
    groups = grouped(texts)
    assert len(groups) < len(texts) / 5
    assert max(sum(len(text.split()) for text in group) for group in groups) <= ROOM


@pytest.mark.parametrize("change", ["another", "one more", "one less"])
def test_a_note_that_changes_mostly_changes_its_own_group_alone(change):
    chance = random.Random(2)
    texts = notes(chance, 300)
    before = {tuple(group) for group in grouped(texts)}
    changed = []
    for _ in range(40):
        place = chance.randrange(len(texts))
        new = [] if change == "one less" else notes(chance, 1)
        other = texts[:place] + new + texts[place + (change != "one more") :]
        changed.append(len({tuple(group) for group in grouped(other)} - before))
    assert len(before) > 10
    assert mean(changed) < 1.5
    assert max(changed) <= 4
