"""The lines of one PDF page with their places, as PDFium finds them; a line is cut where a wide gap is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass, replace

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

GAP = 1.0  # times the size of the letters: a space is a third of that, between columns and cells it is more
_SPREAD = 0.7  # times its size that a Latin letter takes where there are gaps in one piece of text
_MOST = 3000  # lines of a page, or pieces of them, whose places are looked at
_NARROW = 3.0  # points; what is less is no gap, whatever the size
_SPACES = re.compile(r"(?<=\S)\s+(?=\S)")
_HYPHENS = re.compile("[\ufffe\x02\xad]")  # PDFium has joined the halves around them
_letter_box = pdfium.FPDFText_GetLooseCharBox
_rectangle = pdfium.FPDFText_GetRect


@dataclass(slots=True)
class Line:
    """A piece of a line; lengths are points, `bottom` counts from the lower edge of the sheet."""

    text: str
    left: float
    right: float
    bottom: float
    size: float  # of the letters
    end: float  # `bottom` of its last letter: PDFium goes on behind a hyphen with the line below
    follows: bool = False  # a wide gap to the right of the piece before, in one line with it

    @property
    def placed(self) -> bool:
        """False where the place is not known or the line does not run from left to right."""
        return self.size > 0


@dataclass(slots=True)
class Page:
    """The lines in the order of the file."""

    width: float
    height: float
    lines: list[Line]


def page_of(page: PdfPage) -> Page:
    """Read a page. Raises PdfiumError."""
    text_page = page.get_textpage()
    try:
        lines = list(_lines(text_page)) if text_page.count_chars() else []
    finally:
        text_page.close()
    return Page(page.get_width(), page.get_height(), lines)


def _lines(text_page: PdfTextPage) -> Iterator[Line]:
    text: str = text_page.get_text_range()
    raws = text.split("\r\n")
    if len(raws) > _MOST:
        yield from (Line(_text(raw), 0, 0, 0, 0, 0) for raw in raws if raw.strip())
        return
    places = _Places(text_page, len(text))
    gaps = places.gaps()
    start = 0
    for raw in raws:
        if raw.strip():
            line = places.line(raw, start)
            spread = line.right - line.left > _SPREAD * line.size * len(raw) and raw.isascii()
            if spread or (gaps and any(0 < middle - line.bottom < line.size for middle in gaps)):
                yield from places.cut(line, raw, start)
            else:
                yield line
        start += len(raw) + 2


class _Places:
    """Asks PDFium where letters are; the values that it fills are made once, for speed."""

    def __init__(self, text_page: PdfTextPage, length: int) -> None:
        self._page = text_page.raw
        self._exact = text_page.count_chars() == length
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._sizes: dict[float, float] = {}  # by the heights of boxes

    def gaps(self) -> list[float]:
        """Return the heights at which something wider than a space may lie between two pieces of text."""
        left, top, right, bottom = (c_double() for _ in range(4))
        page, found = self._page, []
        end, low, high = 0.0, 0.0, 0.0
        for number in range(min(_MOST, pdfium.FPDFText_CountRects(page, 0, -1))):
            _rectangle(page, number, left, top, right, bottom)
            if left.value - end > _NARROW and low < (top.value + bottom.value) / 2 < high:
                found.append((low + high) / 2)
            end, low, high = right.value, bottom.value, top.value
        return found

    def line(self, raw: str, start: int) -> Line:
        """Return the line whose text begins at `start` of the text of the page."""
        text, page, box = _text(raw), self._page, self._box
        first = start if raw[0] != " " else start + len(raw) - len(raw.lstrip())
        last = start + len(raw.rstrip()) - 1
        if not self._exact:
            first, last = self._index(first), self._index(last)
        if not _letter_box(page, first, box) or (size := self._size(first)) <= 0:
            return Line(text, 0, 0, 0, 0, 0)
        left, right, bottom = box.left, box.right, box.bottom
        end = bottom
        if _letter_box(page, last, box):
            left, right, end = min(left, box.left), max(right, box.right), min(bottom, box.bottom)
        return Line(text, left, right, bottom, size, end)

    def cut(self, line: Line, raw: str, start: int) -> Iterator[Line]:
        """Yield the pieces between which the gaps of a line lie."""
        begin, left = 0, line.left
        for space in _SPACES.finditer(raw):
            if not self._find(self._index(start + space.start() - 1)):
                continue
            right = self._box.right
            if self._find(self._index(start + space.end())) and self._box.left - right > GAP * line.size:
                piece = _text(raw[begin : space.start()])
                yield replace(line, text=piece, left=left, right=right, follows=begin > 0)
                begin, left = space.end(), self._box.left
        yield replace(line, text=_text(raw[begin:]), left=left, follows=begin > 0)

    def _index(self, place: int) -> int:
        """Return which letter stands at a place of the text."""
        return place if self._exact else int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, place))

    def _find(self, index: int) -> bool:
        return bool(_letter_box(self._page, index, self._box))

    def _size(self, index: int) -> float:
        """Return how large the letter of the box is drawn, 0 where it does not stand upright."""
        height = round(self._box.top - self._box.bottom, 1)
        if height not in self._sizes:
            matrix = self._matrix
            pdfium.FPDFText_GetMatrix(self._page, index, matrix)
            upright = abs(matrix.b) <= abs(matrix.d) / 10
            size = pdfium.FPDFText_GetFontSize(self._page, index) * abs(matrix.d)
            self._sizes[height] = float(size) if upright else 0.0
        return self._sizes[height]


def _text(raw: str) -> str:
    text = raw.strip()
    return text if text.isascii() and "\x02" not in text else _HYPHENS.sub("", text)
