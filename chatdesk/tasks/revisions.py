"""Compares the parts of a later version of a text with those of the earlier one: what of each is new.

Between two parts that are as they were, the paragraphs at the beginning and at the end that both versions
have are as they were too; the rest, in one stretch, is new. The points of the earlier parts stay where the
words that they rest on stand in paragraphs that are as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from chatdesk.domain.summaries import Point
from chatdesk.tasks.pieces import paragraphs_of
from chatdesk.tasks.points import FoundPoint

PointsOf = Callable[[str], Sequence[Point] | None]  # of the text of an earlier part; None: they are not known


@dataclass(frozen=True, slots=True)
class Revision:
    """A part of which characters `start` to `end` are new, none where both are the same, and what stays."""

    start: int
    end: int
    before: tuple[FoundPoint, ...]  # points of what stands before the new stretch
    behind: tuple[FoundPoint, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One with the heading above it: characters `start` to `end` of the part at `part` in its row."""

    part: int
    start: int
    end: int
    text: str


def revisions(parts: Sequence[str], earlier: Sequence[str], points_of: PointsOf) -> dict[int, Revision]:
    """Return what has changed in parts of a text, by their place, where not all of it has.

    `earlier` are the texts of the parts of an earlier version, in order; those that are still parts are not
    looked at, and a part of which nothing stays is not in the result.
    """
    found: dict[int, Revision] = {}
    for now, before in _changed_runs(parts, earlier):
        new, old = _paragraphs(parts, now), _paragraphs(earlier, before)
        begin = _alike(new, old)
        end = len(new) - _alike(new[begin:][::-1], old[begin:][::-1])
        shift = len(old) - len(new)
        for place, group in groupby(enumerate(new), lambda pair: pair[1].part):
            mine = [at for at, _ in group]
            changed = [new[at] for at in mine if begin <= at < end]
            head = _points([old[at] for at in mine if at < begin], earlier, points_of)
            tail = _points([old[at + shift] for at in mine if at >= end], earlier, points_of)
            if len(changed) == len(mine) or head is None or tail is None:
                continue
            span = (changed[0].start, changed[-1].end) if changed else (0, 0)
            found[place] = Revision(*span, head, tail)
    return found


def _changed_runs(parts: Sequence[str], earlier: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield the places of parts in a row that are not earlier ones, and of those that stood there."""
    places = {text: at for at, text in reversed(list(enumerate(earlier)))}
    now, before = 0, 0
    for at in range(len(parts) + 1):
        known = places.get(parts[at]) if at < len(parts) else len(earlier)
        if known is None:
            continue
        if now < at:
            yield range(now, at), range(before, known)
        now, before = at + 1, known + 1


def _paragraphs(parts: Sequence[str], places: range) -> list[_Paragraph]:
    return [
        _Paragraph(place, start, end, parts[place][start:end].strip())
        for place in places
        for start, end in paragraphs_of(parts[place])
    ]


def _alike(new: Sequence[_Paragraph], old: Sequence[_Paragraph]) -> int:
    """Return how many paragraphs both begin with."""
    pairs = zip(new, old, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _points(
    kept: Sequence[_Paragraph], earlier: Sequence[str], points_of: PointsOf
) -> tuple[FoundPoint, ...] | None:
    """Return the points that rest on paragraphs that stay; None where those of a part are not known."""
    found: list[FoundPoint] = []
    for part, group in groupby(kept, lambda paragraph: paragraph.part):
        points = points_of(earlier[part])
        if points is None:
            return None
        paragraphs = list(group)
        first, last = paragraphs[0].start, paragraphs[-1].end
        for point in points:
            if point.passage is not None and first <= point.passage.start and point.passage.end <= last:
                found.append(FoundPoint(point.text, point.quote))
    return tuple(found)
