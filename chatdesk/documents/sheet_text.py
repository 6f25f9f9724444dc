"""Makes the text of a page from the lines that were recognised on it, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from chatdesk.documents.pdf_columns import in_reading_order
from chatdesk.documents.pdf_lines import Line, Page
from chatdesk.documents.pdf_paragraphs import joined
from chatdesk.domain.recognition import TextLine

_WIDTH = 1_000.0  # the page, in units of any kind: its height follows from its shape
_LETTERS = 0.8  # of the height of a line: the rest is the space around its letters
_ALIKE = 0.3  # by so much the heights of lines in one size differ: with letters like g or without


def text_of(lines: Sequence[TextLine], shape: float) -> str:
    """Return the text; `shape` is the height of the page in widths."""
    lines = [line for line in lines if line.text.strip() and line.height > 0]
    if not lines:
        return ""
    height = _WIDTH * shape
    body = median(line.height for line in lines for _ in line.text) * height * _LETTERS
    placed = [line for row in _rows(lines) for line in _in_row(row, height, body)]
    return joined(in_reading_order(Page(_WIDTH, height, placed)), body)


def _rows(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return the lines that stand beside each other, from the top down and from left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=_middle):
        if rows and _middle(line) - _middle(rows[-1][0]) < min(line.height, rows[-1][0].height) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _middle(line: TextLine) -> float:
    return line.top + line.height / 2


def _in_row(row: Sequence[TextLine], height: float, body: float) -> list[Line]:
    placed: list[Line] = []
    for line in row:
        size = line.height * height * _LETTERS
        if abs(size - body) <= _ALIKE * body:
            size = body
        bottom = height * (1 - line.top - line.height)
        left, right = line.left * _WIDTH, (line.left + line.width) * _WIDTH
        text = " ".join(line.text.split())
        placed.append(Line(text, left, right, bottom, size, bottom, follows=bool(placed)))
    return placed
