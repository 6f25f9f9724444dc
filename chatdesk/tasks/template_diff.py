"""Compares two texts line by line, and changed lines word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from chatdesk.domain.templates import Change, DiffLine

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_LINES = 400  # of one side: when they are like each other, comparing takes the cube of it
_MOST_WORDS = 200  # of a line, with the spaces between them
_ALIKE = 0.3  # 0 to 1; lines that are less alike are not one line that was changed

_Marks = tuple[tuple[int, int], ...]


def diff(before: str, after: str) -> tuple[DiffLine, ...]:
    """Return the lines of both texts: what stands in both once, what is gone before what is new."""
    old, new = before.split("\n"), after.split("\n")
    return tuple(_lines(old, new))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffLine]:
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield from (DiffLine(Change.same, line) for line in old[:head])
    yield from _changed(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from (DiffLine(Change.same, line) for line in old[len(old) - tail :])


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    count = 0
    while count < min(len(old), len(new)) and old[count] == new[count]:
        count += 1
    return count


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffLine]:
    if max(len(old), len(new)) > _MOST_LINES:
        yield from _replaced(old, new, marked=False)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (DiffLine(Change.same, line) for line in old[a:b])
        else:
            yield from _replaced(old[a:b], new[c:d], marked=True)


def _replaced(old: Sequence[str], new: Sequence[str], marked: bool) -> Iterator[DiffLine]:
    """Yield lines that are gone, then those that came; marked pair by pair as far as there are pairs."""
    pairs = [_marks(*pair) for pair in zip(old, new, strict=False)] if marked else []
    for place, line in enumerate(old):
        yield DiffLine(Change.removed, line, pairs[place][0] if place < len(pairs) else ())
    for place, line in enumerate(new):
        yield DiffLine(Change.added, line, pairs[place][1] if place < len(pairs) else ())


def _marks(old: str, new: str) -> tuple[_Marks, _Marks]:
    """Return what of each line is not in the other; nothing where they have little in common."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    if max(len(a), len(b)) > _MOST_WORDS:
        return (), ()
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (), ()
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        tuple(_span(a, code[1], code[2]) for code in codes if code[1] < code[2]),
        tuple(_span(b, code[3], code[4]) for code in codes if code[3] < code[4]),
    )


def _span(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    before = sum(map(len, words[:start]))
    return before, before + sum(map(len, words[start:end]))
