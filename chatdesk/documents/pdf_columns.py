"""The reading order of a PDF page: column after column, also where the file goes line by line across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from chatdesk.documents.pdf_lines import Line, Page

_FEWEST = 6  # lines that a column has at least
_WIDE = 0.3  # of its side, which may have columns too, that a usual line fills: text does, cells do not
_LETTERS = 8  # times their size that a usual line is long
_ACROSS = 0.15  # of the lines may cross a gutter: titles, captions
_PLACES = 12  # at which most lines begin and a column may do so too
_TURNS = 4  # times that a page in order may go from one side to the other


def in_reading_order(page: Page) -> Iterator[list[Line]]:
    """Yield the lines of a page as they are read, in runs that stand below each other."""
    placed = [line for line in page.lines if line.size > 0]
    if len(placed) == len(page.lines) and _may_have_columns(placed, page.width):
        yield from _parted(placed, min(x.left for x in placed), max(x.right for x in placed))
    else:
        yield page.lines


def _may_have_columns(lines: list[Line], width: float) -> bool:
    """Quickly tell whether few enough lines run across the middle of the page."""
    if len(lines) < 2 * _FEWEST:
        return False
    left, right = 0.42 * width, 0.58 * width
    return len([line for line in lines if line.left < left and line.right > right]) <= 0.4 * len(lines)


def _parted(lines: list[Line], left: float, right: float) -> Iterator[list[Line]]:
    x = _gutter(lines, left, right)
    if x is None:
        yield lines
        return
    sides = [_side(line, x) for line in lines]
    turns = sum(1 for one, two in pairwise(sides) if one * two < 0)
    if turns <= _TURNS:  # the file has the order already, and it knows better what belongs together
        yield from _runs(lines, sides)
        return
    across = sorted((n for n, side in enumerate(sides) if side == 0), key=lambda n: -lines[n].bottom)
    top = float("inf")
    for number in [*across, None]:
        bottom = -float("inf") if number is None else lines[number].bottom
        for side, edges in ((-1, (left, x)), (1, (x, right))):
            band = [
                line
                for line, its in zip(lines, sides, strict=True)
                if its == side and bottom <= line.bottom < top
            ]
            if band:
                yield from _parted(band, *edges)
        if number is not None:
            yield [lines[number]]
        top = bottom


def _runs(lines: list[Line], sides: list[int]) -> Iterator[list[Line]]:
    start = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or sides[n] != sides[start]:
            yield lines[start:n]
            start = n


def _side(line: Line, x: float) -> int:
    return -1 if line.right <= x else 1 if line.left >= x else 0


def _gutter(lines: list[Line], left: float, right: float) -> float | None:
    """Return a place that hardly any line crosses, with columns of text on both sides."""
    best, fewest = None, _ACROSS * len(lines)
    for start, often in Counter(round(line.left) for line in lines).most_common(_PLACES):
        x = start - 2.0
        if often < _FEWEST / 2 or not left + 0.2 * (right - left) < x < left + 0.8 * (right - left):
            continue
        sides = [_side(line, x) for line in lines]
        crossing = sides.count(0)
        if crossing < fewest and _is_column(lines, sides, -1) and _is_column(lines, sides, 1):
            best, fewest = x, crossing
    return best


def _is_column(lines: list[Line], sides: list[int], side: int) -> bool:
    column = [line for line, its in zip(lines, sides, strict=True) if its == side]
    if len(column) < _FEWEST:
        return False
    width = max(line.right for line in column) - min(line.left for line in column)
    middle = sorted(line.right - line.left for line in column)[len(column) // 2]
    return middle > _WIDE * width and middle > _LETTERS * column[0].size
