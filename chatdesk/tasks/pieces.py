"""Finds the smallest pieces that a text can be cut into: sentences, rows and headings, with how well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chatdesk.domain.documents import Document, UnitKind

UNIT, HEADING, PARAGRAPH, LINE, SENTENCE = 5, 4, 3, 2, 1  # how strong a boundary is

# A page can begin in the middle of a sentence: where one begins is no boundary of its own.
_STRONG = frozenset({UnitKind.slide, UnitKind.sheet, UnitKind.chapter, UnitKind.section})
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_NOT_SPACE = re.compile(r"\S")
_BREAK = re.compile(r"\n[ \t]*\n\s*|\n")
_LIST_LINE = re.compile(r"[ \t]*(?:[-*+•–—|]|\d{1,3}[.)]|#{1,6} )")
_ENDS_LINE = re.compile(r"[.!?…:;。！？；|][\"'”’»)\]」』）*_]*[ \t]*\Z")
# The end of a sentence: in writing with spaces a large letter, a number or a quotation mark has to follow.
_SENTENCE_END = re.compile(
    r"[。！？｡][」』）”’\"']*[ \t]*"
    r"|(?<![.!?…])[.!?…]+[\"'”’»)\]]*[ \t]+(?=[\"'“‘«(\[¿¡]*[^\W_a-zß-öø-ÿ])"
    r"|[।؟۔።]+[ \t]*"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[^\W\d_]|\d{1,2}|Mr|Mrs|Ms|Dr|Prof|St|No|Nr|Fig|Abb|vs|etc|bzw|ca|vgl|Art|Bd|Vol|pp|al|cf|Sr|Sra|Mme"
    r"|[A-Z][a-z]?\.[A-Z]))\.\Z"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end`, white space behind it included; `strength` of the boundary before it."""

    start: int
    end: int
    strength: int


def pieces_of(document: Document, borders: Sequence[int] = ()) -> list[Piece]:
    """Return the pieces of a text in its order, without a gap; `borders` are boundaries too."""
    text = document.text
    strengths = dict(_inner(text))
    for match in _MARKDOWN_HEADING.finditer(text):
        strengths[match.start()] = HEADING
        # A heading stays with what it is of.
        if behind := _NOT_SPACE.search(text, match.end()):
            strengths.pop(behind.start(), None)
    for unit in document.units:
        if unit.kind in _STRONG:
            strengths[unit.start] = UNIT
    strengths.update(dict.fromkeys(borders, UNIT))
    places = sorted(place for place in strengths if 0 < place < len(text))
    return [
        Piece(start, end, strengths.get(start, UNIT))
        for start, end in zip([0, *places], [*places, len(text)], strict=True)
    ]


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return where the paragraphs of a text begin and end, without a gap, each with the heading above it."""
    starts = [piece.start for piece in pieces_of(Document("", text)) if piece.strength >= PARAGRAPH]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def headings_of(document: Document) -> list[tuple[int, str]]:
    """Return where headings and named units begin, and their words, in the order of the text."""
    found = {match.start(): match[2] for match in _MARKDOWN_HEADING.finditer(document.text)}
    found |= {unit.start: unit.label for unit in document.units if unit.kind in _STRONG and unit.label}
    return sorted(found.items())


def chapters_of(document: Document) -> list[tuple[int, str]]:
    """Return where the chapters of a document begin, and their titles; none where it has not at least two.

    Chapters are its named units, else its highest headings that occur more than once.
    """
    units = [(unit.start, unit.label) for unit in document.units if unit.kind in _STRONG]
    if len(units) > 1:
        return units
    headings = [(len(m[1]), m.start(), m[2]) for m in _MARKDOWN_HEADING.finditer(document.text)]
    for level in range(1, 7):
        found = [(start, title) for depth, start, title in headings if depth == level]
        if len(found) > 1:
            return found
    return []


def sentences_of(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the sentences, rows and headings of a text begin and end, without white space around."""
    end = len(text) if end is None else end
    part = text[start:end]
    places = [0, *(place for place, _ in _inner(part)), len(part)]
    for first, last in pairwise(places):
        piece = part[first:last]
        if piece.strip():
            begin = start + first + len(piece) - len(piece.lstrip())
            yield begin, begin + len(piece.strip())


def _inner(text: str) -> Iterator[tuple[int, int]]:
    """Yield (place, strength) of boundaries between paragraphs, lines and sentences, in order."""
    line_start = 0
    for found in _BREAK.finditer(text):
        yield from _within(text, line_start, found.start())
        line_start = found.end()
        if found[0].count("\n") > 1:
            yield line_start, PARAGRAPH
        elif _ends(text, found.start()) or _LIST_LINE.match(text, line_start):
            yield line_start, LINE
    yield from _within(text, line_start, len(text))


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE_END.finditer(text, start, end):
        word = max(start, found.start() - 12), found.start() + 1
        if found.end() < end and not _ABBREVIATION.search(text, *word):
            yield found.end(), SENTENCE


def _ends(text: str, place: int) -> bool:
    return _ENDS_LINE.search(text, max(0, place - 8), place) is not None
