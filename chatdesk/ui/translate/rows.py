"""Where paragraphs and their partners stand, so that both panes have them at the same height."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

SOURCE, TARGET = 0, 1  # the two sides
GAP = 8.0  # pixels between two rows
_CHUNK = 256  # rows whose height is kept as one sum: a row that grows moves no other row of a long text


class Rows:
    """Each row holds some blocks (lines of a document) of both sides and is as high as the higher of them.

    Heights are in pixels; those of blocks that nobody has seen yet are guesses. Every block counts: a side
    has at least one.
    """

    def __init__(self) -> None:
        self._row_of: tuple[list[int], list[int]] = ([0], [0])
        self._heights: tuple[list[float], list[float]] = ([0.0], [0.0])
        self._exact: tuple[bytearray, bytearray] = (bytearray(1), bytearray(1))
        self._count = 1
        self._firsts: tuple[list[int], list[int]] = ([0, 1], [0, 1])
        self._sides: tuple[list[float], list[float]] = ([0.0], [0.0])  # how high each row is on a side
        self._tall: list[float] = [GAP]  # how high each row is, with the gap behind it
        self._chunks: list[float] = [GAP]  # how high as many rows are together
        self._tops: list[float] = [0.0, GAP]  # where they begin
        self._moved = False  # blocks stand in other rows than the sums above say
        self._grown = False  # the sums are right, but not where the chunks begin

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def height(self) -> float:
        """Of all rows together."""
        self._refresh()
        return self._tops[-1]

    def arrange(self, source: Sequence[int], target: Sequence[int]) -> None:
        """Say in which row each block stands; rows are numbered from 0 and never go down.

        Raises ValueError where a side has another number of blocks than it has told.
        """
        for side, rows in ((SOURCE, source), (TARGET, target)):
            if len(rows) != len(self._heights[side]):
                raise ValueError(f"side {side} has {len(self._heights[side])} blocks, not {len(rows)}")
        self._row_of = (list(source), list(target))
        self._count = max(source[-1], target[-1]) + 1
        self._moved = True

    def replace(self, side: int, first: int, removed: int, heights: Sequence[float]) -> None:
        """Put blocks with guessed `heights` in the place of `removed` ones from `first` on.

        They stand in the row of the first until `arrange` is called.
        """
        rows = self._row_of[side]
        kept = rows[first : first + min(removed, len(heights))]
        if removed != len(heights):
            new = kept[-1] if kept else rows[min(first, len(rows) - 1)]
            rows[first : first + removed] = kept + [new] * (len(heights) - len(kept))
        self._heights[side][first : first + removed] = heights
        self._exact[side][first : first + removed] = bytes(len(heights))
        self._moved = True

    def measure(self, side: int, block: int, height: float) -> bool:
        """Say how high a block is; return whether its guess was wrong."""
        self._exact[side][block] = 1
        more = height - self._heights[side][block]
        if not more:
            return False
        self._heights[side][block] = height
        if not self._moved:
            self._grow(side, self._row_of[side][block], more)
        return True

    def measured(self, side: int, block: int) -> bool:
        """Whether a block's height is no guess."""
        return bool(self._exact[side][block])

    def guessed(self, side: int, start: int) -> int:
        """Return the first block from `start` on whose height is a guess, -1 for none."""
        return self._exact[side].find(0, start)

    def blocks(self, side: int) -> int:
        """Return how many blocks a side has."""
        return len(self._heights[side])

    def row_of(self, side: int, block: int) -> int:
        """Return the row of a block."""
        return self._row_of[side][block]

    def top(self, row: int) -> float:
        """Return where a row begins; that of the count is the end of all."""
        self._refresh()
        chunk = row // _CHUNK
        return self._tops[chunk] + sum(self._tall[chunk * _CHUNK : row])

    def block_top(self, side: int, block: int) -> float:
        """Return where a block begins."""
        row = self._row_of[side][block]
        top = self.top(row)
        return top + sum(self._heights[side][self._firsts[side][row] : block])

    def block_height(self, side: int, block: int) -> float:
        """Return how high a block is."""
        return self._heights[side][block]

    def row_at(self, y: float) -> int:
        """Return the row at a height, the nearest where there is none."""
        self._refresh()
        chunk = min(max(bisect_right(self._tops, y) - 1, 0), len(self._chunks) - 1)
        first = chunk * _CHUNK
        ends = list(accumulate(self._tall[first : first + _CHUNK], initial=self._tops[chunk]))
        return min(max(first + bisect_right(ends, y) - 1, 0), self._count - 1)

    def block_at(self, side: int, y: float) -> int:
        """Return the block at a height; where the row has none there, the last one before."""
        row = self.row_at(y)
        first, end = self.span(side, row)
        if first == end:
            return max(first - 1, 0)
        tops = list(accumulate(self._heights[side][first : end - 1], initial=self.top(row)))
        return first + max(bisect_right(tops, y) - 1, 0)

    def span(self, side: int, row: int) -> tuple[int, int]:
        """Return the first block of a row and the one after its last."""
        self._refresh()
        firsts = self._firsts[side]
        return firsts[row], firsts[row + 1]

    def _grow(self, side: int, row: int, more: float) -> None:
        self._sides[side][row] += more
        before = self._tall[row]
        self._tall[row] = max(self._sides[SOURCE][row], self._sides[TARGET][row]) + GAP
        self._chunks[row // _CHUNK] += self._tall[row] - before
        self._grown = True

    def _refresh(self) -> None:
        if self._moved:
            self._count = max(self._row_of[SOURCE][-1], self._row_of[TARGET][-1]) + 1
            self._firsts = (self._firsts_of(SOURCE), self._firsts_of(TARGET))
            self._sides = (self._heights_of(SOURCE), self._heights_of(TARGET))
            self._tall = [max(pair) + GAP for pair in zip(*self._sides, strict=True)]
            self._chunks = [sum(self._tall[at : at + _CHUNK]) for at in range(0, self._count, _CHUNK)]
        if self._moved or self._grown:
            self._tops = list(accumulate(self._chunks, initial=0.0))
            self._moved = self._grown = False

    def _heights_of(self, side: int) -> list[float]:
        heights = self._heights[side]
        return [sum(heights[first:end]) for first, end in pairwise(self._firsts[side])]

    def _firsts_of(self, side: int) -> list[int]:
        """Return the first block of each row, and at the end how many there are."""
        firsts: list[int] = [0]
        known = 0
        for block, row in enumerate(self._row_of[side]):
            while known < row:
                firsts.append(block)
                known += 1
        blocks = len(self._row_of[side])
        firsts += [blocks] * (self._count + 1 - len(firsts))
        return firsts


def rows_of(gaps: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Return the row of each line of a text made of paragraphs and what stands between them.

    A row begins with each paragraph that begins a line; empty lines belong to the row before.
    """
    rows: list[int] = []
    row = 0
    for number, text in enumerate(texts):
        lines = gaps[number].count("\n")
        rows += [row] * lines
        if number and lines:
            row += 1
        rows += [row] * text.count("\n")
    rows += [row] * (gaps[-1].count("\n") + 1)
    return rows
