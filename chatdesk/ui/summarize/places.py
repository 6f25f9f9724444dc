"""Finds the same place in a text as Python counts it, as Qt counts it, and as Markdown is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_WIDE = re.compile("[\U00010000-\U0010ffff]")  # what takes two units in Qt's texts
_AHEAD = 400  # characters of Markdown that may stand unseen between two shown ones, such as an address
_SHAPE = "\u2028\u2029\ufdd0\ufdd1\ufffc"  # how a text document says where lines, cells and objects are


class Places:
    """The characters of one text as Qt counts them."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]
        self._shown = [place + number for number, place in enumerate(self._wide)]

    def to_qt(self, place: int) -> int:
        """Return where the character at `place` stands in Qt's text."""
        return place + bisect_left(self._wide, place)

    def from_qt(self, position: int) -> int:
        """Return which character stands at `position` of Qt's text."""
        return position - bisect_left(self._shown, position)


def align(source: str, shown: str) -> list[int]:
    """Return for each character of `shown` where it stands in the Markdown `source`, -1 for none.

    `shown` is what is left of the source in its order, without its marks.
    """
    places: list[int] = []
    at = 0
    for character in shown:
        if character.isspace() or character in _SHAPE:
            places.append(-1)
            continue
        found = source.find(character, at, at + _AHEAD)
        if found >= 0:
            at = found + 1
        places.append(found)
    return places


def shown_span(places: Sequence[int], start: int, end: int) -> tuple[int, int] | None:
    """Return the span of what is shown of `source[start:end]`; `places` are those of `align`."""
    inside = [number for number, place in enumerate(places) if start <= place < end]
    return (inside[0], inside[-1] + 1) if inside else None
