"""Finds running headers, footers and page numbers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import attrgetter

from chatdesk.documents.pdf_lines import Line, Page

AROUND = 8  # pages before and behind one that are compared with it
_FEWEST = 3  # pages that have a line for it to be a running one
_SHARE = 0.3  # of the pages around; left and right pages may differ
_EDGE = 0.15  # of the height of a page, above and below, where running lines stand
_MOST = 4  # pieces of lines that a header or footer has
_NUMBER = re.compile(r"\d{1,6}")
_ROMAN = re.compile(r"[-–( ]*([ivxlc]{1,8})[-–) ]*\Z", re.I)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LARGER = 1.15  # than the letters of the text: a heading
_APART = 1.6  # times their size that they stand away from the text

_HEIGHT = attrgetter("bottom")
_Key = tuple[str, int]  # the text without its numbers, and the height


@dataclass(slots=True)
class _Seen:
    page: Page
    edges: dict[_Key, tuple[int, ...]] = field(default_factory=dict)  # with the numbers
    lines: dict[int, _Key] = field(default_factory=dict)  # by the id of the line


def without_running_lines(pages: Iterator[Page]) -> Iterator[Page]:
    """Yield the pages, each as soon as those behind it have been compared with it."""
    seen: deque[_Seen] = deque()
    place = 0
    for page in pages:
        seen.append(_look(page))
        if len(seen) > place + AROUND:
            yield _cleaned(seen, place)
            place += 1
            if place > AROUND:
                seen.popleft()
                place -= 1
    while place < len(seen):
        yield _cleaned(seen, place)
        place += 1


def _look(page: Page) -> _Seen:
    seen = _Seen(page)
    placed = sorted([line for line in page.lines if line.size > 0], key=_HEIGHT)
    if not placed:
        return seen
    usual = sorted([line.size for line in placed])[len(placed) // 2]
    low, high = page.height * _EDGE, page.height * (1 - _EDGE)
    edges = sorted((_apart(placed), _apart(placed[::-1])), key=len)
    if len(edges[0]) + len(edges[1]) >= len(placed):  # the larger is the text of a short page
        del edges[1]
    for line in chain.from_iterable(edges):
        if low < line.bottom < high:
            continue
        key, numbers = _key(line)
        if not numbers or line.size <= _LARGER * usual:  # else a numbered heading
            seen.edges[key] = numbers
            seen.lines[id(line)] = key
    return seen


def _apart(lines: list[Line]) -> list[Line]:
    """Return the first of the lines, as far as they stand away from the text; none where they do not."""
    for n, (one, two) in enumerate(pairwise(lines[: _MOST + 1]), 1):
        if abs(one.bottom - two.bottom) > _APART * max(one.size, two.size):
            return lines[:n]
    return []


def _key(line: Line) -> tuple[_Key, tuple[int, ...]]:
    height = round(line.bottom)
    if roman := _ROMAN.match(line.text):
        return ("#", height), (_roman(roman[1].lower()),)
    numbers = tuple(int(number) for number in _NUMBER.findall(line.text))
    return (_NUMBER.sub("#", line.text), height), numbers


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _cleaned(seen: deque[_Seen], place: int) -> Page:
    one = seen[place]
    fewest = max(_FEWEST, _SHARE * len(seen))
    running = {key for key, numbers in one.edges.items() if _pages_with(key, numbers, seen, place) >= fewest}
    page = one.page
    if running:
        heights = {height for _, height in running}  # the title of a chapter stands beside the page number
        page.lines = [line for line in page.lines if one.lines.get(id(line), ("", -1))[1] not in heights]
    return page


def _pages_with(key: _Key, numbers: tuple[int, ...], seen: deque[_Seen], place: int) -> int:
    """Return how many pages have a line of the one at `place`, with the same numbers or those that follow."""
    pages = 0
    for at, other in enumerate(seen):
        others = other.edges.get(key)
        if others is not None and (others == numbers or _goes_on(numbers, others, at - place)):
            pages += 1
    return pages


def _goes_on(numbers: tuple[int, ...], others: tuple[int, ...], pages: int) -> bool:
    """Whether the numbers are the same, or one of them counts the pages."""
    if len(numbers) != len(others):  # a sign stands on one page where a number does on the other
        return False
    return all(other - number in (0, pages) for number, other in zip(numbers, others, strict=True))
