"""Finds the parts of an earlier version that a text still has, so that it is cut there again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise

from chatdesk.tasks.pieces import PARAGRAPH, Piece, paragraphs_of

_BEGINNING = 64  # characters that a part is looked up by
_TRIED = 100  # places with the same beginning; a text with more repeats itself


def kept_ranges(text: str, pieces: Sequence[Piece], earlier: Sequence[str]) -> list[tuple[int, int]]:
    """Return (first, last) of the pieces, the last excluded, that make up an earlier part, letter for letter.

    They are in order and do not overlap. White space around parts does not count.
    """
    if not earlier:
        return []
    starts = [*(piece.start for piece in pieces), len(text)]
    starts[0] = len(text) - len(text.lstrip())  # others begin behind white space
    places: dict[str, list[int]] = defaultdict(list)
    for at, start in enumerate(starts[:-1]):
        places[text[start : start + _BEGINNING]].append(at)
    found: list[tuple[int, int]] = []
    behind = 0  # the first piece that no part was found for yet
    for part in earlier:
        short = len(part) < _BEGINNING
        possible: Sequence[int] = range(len(pieces)) if short else places.get(part[:_BEGINNING], [])
        begin = bisect_left(possible, behind)
        for first in possible[begin : begin + _TRIED]:
            end = starts[first] + len(part)
            last = min(bisect_left(starts, end), len(pieces))
            if text.startswith(part, starts[first]) and not text[end : starts[last]].strip():
                found.append((first, last))
                behind = last
                break
    return found


def edges(text: str, pieces: Sequence[Piece], earlier: Sequence[str]) -> list[int]:
    """Return the pieces before which paragraphs of the earlier parts end and others begin, or the reverse."""
    known = {part[start:end].strip() for part in earlier for start, end in paragraphs_of(part)}
    if not known:
        return []
    places = [at for at, piece in enumerate(pieces) if piece.strength >= PARAGRAPH]
    starts = [*(pieces[at].start for at in places), len(text)]
    stays = [text[start:end].strip() in known for start, end in pairwise(starts)]
    return [places[at] for at in range(1, len(places)) if stays[at] != stays[at - 1]]


def stretches(
    before: Sequence[int], section: tuple[int, int], kept: Sequence[tuple[int, int]], least: int, most: int
) -> list[tuple[int, int]]:
    """Divide a section of the pieces at the ends of the kept ranges in it that have `most` tokens or fewer.

    `before` are the tokens before each piece, and all at the end. What is left between the ranges and has
    less than `least` is joined with the smaller of its neighbours.
    """
    first, last = section
    staying = {
        each
        for each in kept
        if first <= each[0] and each[1] <= last and before[each[1]] - before[each[0]] <= most
    }
    found = list(pairwise(sorted({first, last, *chain.from_iterable(staying)})))
    sizes = [before[end] - before[begin] for begin, end in found]
    at = 0
    while at < len(found):
        if sizes[at] >= least or found[at] in staying or len(found) == 1:
            at += 1
            continue
        neighbours = [place for place in (at - 1, at + 1) if 0 <= place < len(found)]
        other = min(neighbours, key=sizes.__getitem__)
        at = min(at, other)
        found[at : at + 2] = [(found[at][0], found[at + 1][1])]
        sizes[at : at + 2] = [sizes[at] + sizes[at + 1]]
    return found
