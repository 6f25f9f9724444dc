"""Compares the points of two versions of a document."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from chatdesk.domain.summaries import Differences, Point
from chatdesk.tasks.passages import Resemblance
from chatdesk.tasks.word_index import words_in

SAME, CHANGED = 0.9, 0.5  # how like each other two points are, 0 to 1
_CANDIDATES = 3
_LEAST_SHARE = 0.25


def differences(before: Sequence[Point], after: Sequence[Point]) -> Differences:
    """Return which points are new, gone or changed; other wordings of the same are the same.

    A point with other numbers is a changed one.
    """
    old = [_words(point) for point in before]
    free = set(range(len(old)))
    new: list[int] = []
    for at, point in enumerate(after):
        same = next((index for index in sorted(free) if old[index] == _words(point)), None)
        if same is None:
            new.append(at)
        else:
            free.remove(same)
    resemblance = Resemblance([point.text for point in before])
    likest = sorted(
        ((_likeness(old[index], _words(after[at])), -at, -index) for at in new
         for index, _ in resemblance.best(after[at].text, _LEAST_SHARE)[:_CANDIDATES] if index in free),
        reverse=True,
    )  # fmt: skip
    changed: dict[int, int] = {}
    same_again: set[int] = set()
    for likeness, at, index in likest:
        if likeness < CHANGED or -index not in free or -at in changed or -at in same_again:
            continue
        free.remove(-index)
        if likeness >= SAME and _numbers(old[-index]) == _numbers(_words(after[-at])):
            same_again.add(-at)
        else:
            changed[-at] = -index
    return Differences(
        new=tuple(after[at] for at in new if at not in changed and at not in same_again),
        gone=tuple(before[index] for index in sorted(free)),
        changed=tuple((before[index], after[at]) for at, index in sorted(changed.items())),
    )


def _words(point: Point) -> list[str]:
    return [word for word, _, _ in words_in(point.text)]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _numbers(words: Sequence[str]) -> set[str]:
    return {word for word in words if word.isdecimal()}
