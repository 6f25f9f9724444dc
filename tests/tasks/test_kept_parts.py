"""Cutting a later version: parts that are still there stay parts, whatever was edited, and all sizes hold."""

import random
import time
from itertools import pairwise
from statistics import mean

import pytest

from chatdesk.domain.documents import Document
from chatdesk.tasks.chunks import Sizes, chunks_of

SIZES = Sizes(800, 1600)
WORDS = ("the", "sun", "moon", "over", "land", "sea", "bird", "flies", "home", "small", "Anna", "12", "cold")


def words(texts):
    return [len(text.split()) for text in texts]


def characters(texts):
    return [len(text) for text in texts]


def cut(text, earlier=(), measure=words, borders=()):
    chunks = chunks_of(Document("a.txt", text), measure, SIZES, borders, earlier)
    assert [chunk.number for chunk in chunks] == list(range(1, len(chunks) + 1))
    assert all(one.end <= next_.start for one, next_ in pairwise(chunks))
    return [text[chunk.start : chunk.end] for chunk in chunks]


def sentence(chance):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(5, 25))).capitalize() + "."


def paragraph(chance):
    return " ".join(sentence(chance) for _ in range(chance.randrange(1, 9)))


def essay(chance, paragraphs):
    return [paragraph(chance) for _ in range(paragraphs)]


def edited(chance, paragraphs):
    """Return the paragraphs with some of them written anew, put in, taken out or moved."""
    left = list(paragraphs)
    place = chance.randrange(len(left))
    taken = left[place : place + chance.randrange(12)]
    del left[place : place + len(taken)]
    if chance.random() < 0.3:
        other = chance.randrange(len(left))
        return left[:other] + taken + left[other:]
    return left[:place] + essay(chance, chance.randrange(12)) + left[place:]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("\n \n" + "\n\n".join(essay(random.Random(1), 150)) + "\n\n", words),
        (" ".join(essay(random.Random(2), 150)), words),
        ("今日は天気がいい。" * 5000, characters),
        ("x" * 20_000, characters),
        ("\n".join("a,b;c" * 9 for _ in range(900)), characters),
        (("x" * 790 + ".\n\n") * 30 + "The end.", characters),
    ],
    ids=["paragraphs", "one line", "repeats itself", "no break at all", "rows", "a small part at the end"],
)
def test_the_same_text_is_cut_into_its_own_parts_again(text, measure):
    borders = [text.index("\n", 9000)] if text.count("\n") > 10 else []
    parts = cut(text, measure=measure, borders=borders)
    assert len(parts) > 5
    assert cut(text, parts, measure, borders) == parts


@pytest.mark.parametrize("separator", ["\n\n", "\n", " "], ids=["paragraphs", "lines", "one line"])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_nothing_is_lost_no_sentence_cut_and_no_size_left(seed, separator):
    chance = random.Random(seed)
    paragraphs = essay(chance, 150)
    parts = cut(separator.join(paragraphs))
    for _ in range(25):
        paragraphs = edited(chance, paragraphs)
        text = separator.join(paragraphs)
        parts = cut(text, parts)
        assert " ".join(text.split()) == " ".join(" ".join(parts).split())
        assert all(part.endswith(".") and part[0] == part[0].upper() for part in parts)
        assert all(750 <= size <= 1600 for size in words(parts))  # a sentence may lie over 800


def test_after_many_versions_there_are_not_more_parts_than_cut_afresh():
    chance = random.Random(5)
    counts = []
    for _ in range(6):
        paragraphs = essay(chance, 150)
        parts = cut("\n\n".join(paragraphs))
        for _ in range(30):
            paragraphs = edited(chance, paragraphs)
            parts = cut("\n\n".join(paragraphs), parts)
        counts.append(len(parts) / len(cut("\n\n".join(paragraphs))))
    assert mean(counts) <= 1.1


def test_an_edit_asks_for_the_parts_that_it_lies_in():
    chance = random.Random(6)
    paragraphs = essay(chance, 300)
    parts = cut("\n\n".join(paragraphs))
    new = []
    for _ in range(60):
        place = chance.randrange(len(paragraphs))
        other = [*paragraphs[:place], paragraph(chance), *paragraphs[place + 1 :]]
        new.append(len(set(cut("\n\n".join(other), parts)) - set(parts)))
    assert mean(new) < 1.2
    assert max(new) <= 2


def test_a_twentieth_changed_in_one_place_asks_for_fewer_parts_than_cutting_afresh():
    chance = random.Random(7)
    paragraphs = essay(chance, 320)  # some 20,000 words
    parts = cut("\n\n".join(paragraphs))
    kept, afresh = [], []
    for _ in range(20):
        place = chance.randrange(len(paragraphs) - 16)
        text = "\n\n".join([*paragraphs[:place], *essay(chance, 16), *paragraphs[place + 16 :]])
        kept.append(len(set(cut(text, parts)) - set(parts)))
        afresh.append(len(set(cut(text)) - set(parts)))
    assert mean(kept) <= 2.2
    assert mean(kept) < mean(afresh)
    assert max(kept) <= 3


def test_new_paragraphs_lie_in_one_part_where_what_stands_before_them_is_enough_for_one():
    chance = random.Random(13)
    parts = cut("\n\n".join(essay(chance, 320)))
    tried = 0
    for at, part in enumerate(parts):
        own = part.split("\n\n")
        before = next((n for n in range(1, len(own)) if sum(words(own[:n])) >= 800), 0)
        new = [f"New {number}. {paragraph(chance)}" for number in range(10)]
        if not before or sum(words([*new, *own[before:]])) not in range(800, 1600):
            continue
        edited_part = "\n\n".join([*own[:before], *new, *own[before:]])
        found = cut("\n\n".join([*parts[:at], edited_part, *parts[at + 1 :]]), parts)
        assert [all(each in part for each in new) for part in found].count(True) == 1
        tried += 1
    assert tried > 5


def test_what_an_edit_leaves_too_small_is_joined_with_its_smaller_neighbour():
    parts = cut("\n\n".join(essay(random.Random(8), 150)))
    place = min(range(1, len(parts) - 2), key=lambda at: len(parts[at - 1]) - len(parts[at + 1]))
    rest = parts[place].split("\n\n")[0]
    found = cut("\n\n".join([*parts[:place], rest, *parts[place + 1 :]]), parts)
    assert [part for part in parts if part not in found] == parts[place - 1 : place + 1]


def test_a_new_heading_stays_with_what_it_is_of():
    parts = cut("\n\n".join(essay(random.Random(9), 150)))
    found = cut("\n\n".join([*parts[:3], "# Birds", *parts[3:]]), parts)
    (with_heading,) = (part for part in found if "# Birds" in part)
    assert not with_heading.endswith("# Birds")
    assert len(set(found) - set(parts)) <= 2


def test_a_part_that_reaches_over_a_border_or_is_too_large_is_cut():
    paragraphs = essay(random.Random(10), 150)
    text = "\n\n".join(paragraphs)
    parts = cut(text)
    border = text.index("\n\n", len(text) // 2) + 2
    found = chunks_of(Document("a", text), words, SIZES, [border], parts)
    assert border in [chunk.start for chunk in found]
    assert max(words(cut(text, [text]))) <= 1600


def test_parts_of_another_text_are_not_found():
    text = "\n\n".join(essay(random.Random(11), 150))
    others = cut("\n\n".join(essay(random.Random(12), 150)))
    assert cut(text, others) == cut(text)


def test_a_large_text_that_repeats_itself_is_compared_in_seconds():
    text = "今日は天気がいい。" * 50_000
    parts = cut(text, measure=characters)
    start = time.process_time()
    found = cut("新しい。" + text, [part + "。" for part in parts] + parts, characters)
    assert len(set(found) - set(parts)) <= 2
    assert time.process_time() - start < 15
