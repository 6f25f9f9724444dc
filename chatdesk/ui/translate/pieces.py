"""Where the paragraphs of a text stand in the document that shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Pieces:
    """Paragraphs and what stands between them; places count as Qt counts, in units of UTF-16."""

    def __init__(self, gaps: Sequence[str] = ("",), texts: Sequence[str] = ()) -> None:
        """`gaps` stand before the first text, between them and after the last: one more than `texts`."""
        self.gaps = list(gaps)
        self.texts = list(texts)
        self.rows = _rows(self.gaps, len(self.texts))  # the row of each paragraph
        self._gap_lengths = [qt_length(gap) for gap in self.gaps]
        self._lengths = [qt_length(text) for text in self.texts]
        self._starts: list[int] | None = None

    @property
    def whole(self) -> str:
        """The text of all pieces."""
        parts = [self.gaps[0]]
        for text, gap in zip(self.texts, self.gaps[1:], strict=True):
            parts += (text, gap)
        return "".join(parts)

    @property
    def length(self) -> int:
        """Of the whole, in units of UTF-16."""
        return sum(self._lengths) + sum(self._gap_lengths)

    def change(self, number: int, text: str) -> None:
        """Give a paragraph another text."""
        self.texts[number] = text
        self._lengths[number] = qt_length(text)
        self._starts = None

    def span(self, number: int) -> tuple[int, int]:
        """Return where a paragraph begins and ends."""
        start = self._all_starts()[number]
        return start, start + self._lengths[number]

    def at(self, place: int) -> int:
        """Return the paragraph at a place, or the nearest before, or the first; -1 where there is none."""
        return max(bisect_right(self._all_starts(), place) - 1, 0) if self.texts else -1

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last paragraph that `start` to `end` touch.

        Where they touch none, the last is before the first.
        """
        starts = self._all_starts()
        last = bisect_right(starts, end) - 1
        first = max(bisect_right(starts, start) - 1, 0)
        if self.span(first)[1] < start:
            first += 1
        return first, last

    def of_row(self, row: int) -> range:
        """Return the paragraphs of a row."""
        first = bisect_right(self.rows, row - 1)
        return range(first, bisect_right(self.rows, row))

    def _all_starts(self) -> list[int]:
        if self._starts is None:
            starts = []
            place = 0
            for gap, length in zip(self._gap_lengths, self._lengths, strict=False):
                place += gap
                starts.append(place)
                place += length
            self._starts = starts
        return self._starts


def qt_length(text: str) -> int:
    """Return how many units of UTF-16 a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _rows(gaps: Sequence[str], count: int) -> list[int]:
    rows = []
    row = 0
    for number in range(count):
        if number and "\n" in gaps[number]:
            row += 1
        rows.append(row)
    return rows
