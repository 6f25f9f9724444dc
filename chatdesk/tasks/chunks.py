"""Cuts a document into parts that are read at once, at places that an edit elsewhere does not move.

Each boundary has a rank: how strong it is (a chapter before a paragraph before a sentence), and among equals
a hash of the letters around it. The highest of them is cut first, then the highest on each side of it, and so
on as long as a side is too large and makes two parts that are not too small. So which ones are cut depends on
the text around them, and not on where the counting began. Where the parts of an earlier version are known,
those that the text still has are parts again, and only what lies between them is cut; there, a place where
new paragraphs begin or end counts as a heading, so that they lie in few parts.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Chunk
from chatdesk.tasks.dividing import Rank, divided
from chatdesk.tasks.kept_parts import edges, kept_ranges, stretches
from chatdesk.tasks.pieces import HEADING, Piece, headings_of, pieces_of

Measure = Callable[[Sequence[str]], Sequence[int]]  # texts to the tokens of each

_AROUND = 32  # characters before and behind a boundary that its hash is of


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a part, in tokens. `most` is at least twice `least`; the last part of a document may be smaller."""

    least: int = 800
    most: int = 1600


def chunks_of(
    document: Document,
    measure: Measure,
    sizes: Sizes,
    borders: Sequence[int] = (),
    earlier: Sequence[str] = (),
) -> tuple[Chunk, ...]:
    """Return the parts of a document in its order; they hold all but white space between them.

    No part reaches over one of `borders`, offsets in the text. A sentence is cut only where it alone has more
    tokens than `most - least`. `earlier` are the texts of the parts of an earlier version, in order; those
    that are found again and have the right size stay parts. A `measure` that returns too few sizes, as when
    cancelled, gives no parts.
    """
    text = document.text
    largest = max(1, sizes.most - sizes.least)
    pieces = pieces_of(document, borders)
    counts = list(measure([text[piece.start : piece.end] for piece in pieces]))
    if len(counts) < len(pieces):
        return ()
    pieces, counts = _without_giants(text, pieces, counts, largest)
    headings = headings_of(document)
    starts = [start for start, _ in headings]
    kept = kept_ranges(text, pieces, earlier)
    ranks = _ranks(text, pieces, earlier)
    chunks: list[Chunk] = []
    for part in _ranges(pieces, counts, ranks, sizes, set(borders), kept):
        start, end = _trimmed(text, *part)
        if start < end:
            at = bisect_right(starts, start) - 1
            chunks.append(Chunk(len(chunks) + 1, start, end, headings[at][1] if at >= 0 else ""))
    return tuple(chunks)


def _without_giants(
    text: str, pieces: Sequence[Piece], counts: Sequence[int], largest: int
) -> tuple[list[Piece], list[int]]:
    """Cut pieces of more than `largest` tokens at a space, or anywhere where there is none."""
    small: list[Piece] = []
    sizes: list[int] = []
    for piece, count in zip(pieces, counts, strict=True):
        length = piece.end - piece.start
        parts = min(-(-4 * count // largest), length) if count > largest else 1
        even = (piece.start + length * at // parts for at in range(1, parts))
        places = sorted({piece.start, *(_space_before(text, at, length // parts) for at in even), piece.end})
        for begin, end in pairwise(places):
            small.append(Piece(begin, end, piece.strength if begin == piece.start else -1))
            sizes.append(-(-count * (end - begin) // length))
    return small, sizes


def _space_before(text: str, place: int, within: int) -> int:
    space = text.rfind(" ", place - within + 1, place)
    return space + 1 if space >= 0 else place


def _ranges(
    pieces: Sequence[Piece],
    counts: Sequence[int],
    ranks: Sequence[Rank],
    sizes: Sizes,
    borders: set[int],
    kept: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    before = [0, *accumulate(counts)]  # tokens before each piece
    sections = [0, *(at for at, piece in enumerate(pieces) if at and piece.start in borders), len(pieces)]
    for section in pairwise(sections):
        for stretch in stretches(before, section, kept, sizes.least, sizes.most):
            for first, last in divided(before, ranks, sizes.least, sizes.most, stretch):
                yield pieces[first].start, pieces[last - 1].end


def _ranks(text: str, pieces: Sequence[Piece], earlier: Sequence[str]) -> list[Rank]:
    strengths = [piece.strength for piece in pieces]
    for at in edges(text, pieces, earlier):
        strengths[at] = max(strengths[at], HEADING)
    return [(strength, _hash(text, piece.start)) for strength, piece in zip(strengths, pieces, strict=True)]


def _hash(text: str, place: int) -> int:
    return zlib.crc32(text[max(0, place - _AROUND) : place + _AROUND].encode("utf-8", "replace"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())
