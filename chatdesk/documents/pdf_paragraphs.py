"""Joins the lines of a PDF page: into paragraphs, rows of tables, and headings in larger letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from chatdesk.documents.pdf_lines import Line

_LARGER = ((1.7, "# "), (1.35, "## "), (1.15, "### "))  # than the letters of the body
_LONGEST_HEADING = 200  # characters
_LOOSE = 1.3  # times the usual distance of lines: a paragraph ends
_INDENT = 0.8  # times the size of the letters
_NARROW, _NARROWEST = 14, 20  # times the size of the letters that a column of many or few lines is wide
_BLOCK = 4  # lines that tell themselves how wide they may be
_ITEM = re.compile(r"(?:[•◦▪‣●○■–—*-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+\S")
_RIGHT_TO_LEFT = re.compile(r".{0,20}[\u0590-\u08ff]")
_LEADERS = re.compile(r"(?: ?\.){5,} ?(?:\| )?")  # in a table of contents
_BULLETS = frozenset("•◦▪‣●○■\uf0b7\uf0a7")
_ENDS = tuple(".!?:;…”\"'»)]。！？")


@dataclass(slots=True)
class _Row:
    """A whole line, with all its pieces."""

    text: str
    first: Line
    right: float
    end: float  # height of its last letter
    is_table: bool
    mark: str  # of the heading that it is, else ""


def joined(runs: Iterable[list[Line]], body: float) -> str:
    """Return the text of a page whose body is written in letters of that size."""
    out: list[str] = []
    before: _Row | None = None
    for run in runs:
        rows = list(_rows(run, body))
        for row, between in zip(rows, _betweens(rows, before), strict=True):
            _append(out, between, row)
        before = rows[-1] if rows else before
    return "".join(out)


def _append(out: list[str], between: str, row: _Row) -> None:
    if between == " ":
        last = out[-1]
        if last.endswith("-") and not last.endswith(" -"):
            if row.text[0].islower() and last[-2:-1].isalpha():
                out[-1] = last[:-1]
            between = ""
        elif last[-1] > "\u2e80" and row.text[0] > "\u2e80":  # between Chinese or Japanese letters
            between = ""
        out += [between, row.text]
    else:
        out += [between, row.mark, row.text]


def _rows(run: list[Line], body: float) -> Iterator[_Row]:
    pieces: list[Line] = []
    for line in run:
        if pieces and not (line.follows and abs(line.bottom - pieces[-1].bottom) < line.size / 2):
            yield _row(pieces, body)
            pieces = []
        pieces.append(line)
    if pieces:
        yield _row(pieces, body)


def _row(pieces: list[Line], body: float) -> _Row:
    first = pieces[0]
    if len(pieces) == 1:
        text, is_table = first.text, False
    elif first.text in _BULLETS or _ITEM.match(first.text + " x"):
        text = f"{first.text} " + " | ".join(piece.text for piece in pieces[1:])
        is_table = len(pieces) > 2
    else:
        text, is_table = " | ".join(piece.text for piece in pieces), True
    if ". . ." in text or "....." in text:
        text = _LEADERS.sub(" … ", text)
    if text[0] in _BULLETS:
        text = "- " + text[1:].lstrip()
    mark = "" if is_table else _mark(text, first.size / body if body else 0.0)
    return _Row(text, first, pieces[-1].right, pieces[-1].end, is_table, mark)


def _mark(text: str, larger: float) -> str:
    if larger < _LARGER[-1][0] or len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return ""
    return next(mark for least, mark in _LARGER if larger >= least)


def _betweens(rows: list[_Row], before: _Row | None) -> Iterator[str]:
    """Yield what stands before each row; `before` is the last one of the column before."""
    if not rows:
        return
    yield "" if before is None else " " if _goes_on(before, rows[0]) else "\n\n"
    drops = [one.end - two.first.bottom for one, two in pairwise(rows)]
    usual = [drop for drop, row in zip(drops, rows, strict=False) if 0 < drop < 2.5 * row.first.size]
    leading = sorted(usual)[len(usual) // 2] if usual else 0.0
    column = _edges(rows)
    start = 0
    for n, drop in enumerate([*drops, 0.0], 1):
        if n == len(rows) or not 0 < drop <= _LOOSE * max(leading, rows[n].first.size):
            block = rows[start:n]
            edges = _edges(block) if len(block) >= _BLOCK else column
            yield from (_between(one, two, *edges) for one, two in pairwise(block))
            if n < len(rows):
                yield _behind_gap(rows[n - 1], rows[n], drop)
            start = n


def _edges(rows: list[_Row]) -> tuple[float, float]:
    """Return where the column of the lines begins and ends, from left to right."""
    left, right = min([row.first.left for row in rows]), max([row.right for row in rows])
    narrowest = _NARROW if len(rows) >= _BLOCK else _NARROWEST
    return left, max(right, left + narrowest * rows[0].first.size)


def _behind_gap(one: _Row, two: _Row, drop: float) -> str:
    if not (one.first.placed and two.first.placed):
        return "\n"
    return " " if drop <= 0 and _goes_on(one, two) else "\n\n"


def _between(one: _Row, two: _Row, left: float, right: float) -> str:
    """Return what stands between two lines that follow each other closely."""
    if one.mark or two.mark:
        fits = one.mark == two.mark and len(one.text) + len(two.text) < _LONGEST_HEADING
        return " " if fits else "\n\n"
    text, begin = two.text, two.first.left
    if one.is_table or two.is_table or _ITEM.match(text):
        return "\n"
    if not text.isascii() and _RIGHT_TO_LEFT.match(text):  # asked first, as it is the quicker question
        return "\n"
    indent = _INDENT * two.first.size
    if begin - left > indent and one.first.left - left <= indent:
        return " " if _ITEM.match(one.text) else "\n\n"
    word = text.find(" ") if " " in text else len(text)
    letter = (two.right - begin) / len(text)
    return "\n" if one.right + letter * (word + 2) < right else " "


def _goes_on(one: _Row, two: _Row) -> bool:
    """Whether a sentence goes on over the end of a column."""
    is_text = not (one.is_table or two.is_table or one.mark or two.mark)
    return is_text and two.text[0].islower() and not one.text.endswith(_ENDS)
