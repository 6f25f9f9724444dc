"""Compares the points of two versions of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from chatdesk.domain.summaries import Differences, Point
from chatdesk.tasks.passages import Resemblance
from chatdesk.tasks.word_index import words_in

SAME, CHANGED = 0.9, 0.5  # how like each other two points are, 0 to 1
_CANDIDATES = 3
_LEAST_SHARE = 0.25  # of words, for two points to be compared at all

_Pair = tuple[int, int]  # places of a point before and of one after


def differences(before: Sequence[Point], after: Sequence[Point]) -> Differences:
    """Return which points are new, gone or changed; other wordings of the same are the same.

    A point with other numbers is a changed one.
    """
    old, new = [_words(point) for point in before], [_words(point) for point in after]
    pairs = _equal(old, new)
    partners = {b: a for a, b in pairs}
    taken = {a for a, _ in pairs}
    changed: list[_Pair] = []
    for a, b, likeness in _likest_first(before, after, old, new):
        if a in taken or b in partners:
            continue
        taken.add(a)
        partners[b] = a
        if likeness < SAME or _numbers(old[a]) != _numbers(new[b]):
            changed.append((a, b))
    return Differences(
        new=tuple(point for b, point in enumerate(after) if b not in partners),
        gone=tuple(point for a, point in enumerate(before) if a not in taken),
        changed=tuple((before[a], after[b]) for a, b in sorted(changed, key=lambda pair: pair[1])),
    )


def _equal(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[_Pair]:
    places: dict[tuple[str, ...], list[int]] = {}
    for a, words in enumerate(old):
        places.setdefault(tuple(words), []).append(a)
    return [(places[tuple(words)].pop(0), b) for b, words in enumerate(new) if places.get(tuple(words))]


def _likest_first(
    before: Sequence[Point],
    after: Sequence[Point],
    old: Sequence[Sequence[str]],
    new: Sequence[Sequence[str]],
) -> Iterator[tuple[int, int, float]]:
    """Yield (place before, place after, likeness) of points that are like each other, the likest first."""
    resemblance = Resemblance([point.text for point in before])
    found = []
    for b, point in enumerate(after):
        for a, _ in resemblance.best(point.text, _LEAST_SHARE)[:_CANDIDATES]:
            likeness = SequenceMatcher(None, old[a], new[b], autojunk=False).ratio()
            if likeness >= CHANGED:
                found.append((a, b, likeness))
    yield from sorted(found, key=lambda each: -each[2])


def _words(point: Point) -> list[str]:
    return [word for word, _, _ in words_in(point.text)]


def _numbers(words: Sequence[str]) -> set[str]:
    return {word for word in words if word.isdecimal()}
