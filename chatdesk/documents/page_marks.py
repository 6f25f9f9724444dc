"""Finds where passages stand on a page of a PDF."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap, PdfPage, PdfTextPage

MOST = 200  # marks of a page
_CHARACTERS = 200_000  # of a page that are looked through
_PIECE = 12  # letters that a piece of a passage has at least, else it could stand anywhere
_IDEOGRAPHS = 0x2E80  # from here on words are written without gaps


class Letters:
    """A text without all that may differ between a page and what was read from it: gaps, hyphens, case."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.places: list[int] = []  # which character each letter comes from
        self.words: list[int] = []  # numbers of the letters that begin a word, then the end
        letters: list[str] = []
        fresh = True
        for place, character in enumerate(characters):
            for part in unicodedata.normalize("NFKD", character).casefold():
                if not part.isalnum():
                    fresh = True
                    continue
                if fresh or ord(part) >= _IDEOGRAPHS:
                    self.words.append(len(letters))
                letters.append(part)
                self.places.append(place)
                fresh = False
        self.words.append(len(letters))
        self.text = "".join(letters)

    def find(self, words: str, start: int = 0) -> int:
        """Return the letter from `start` on where whole words of this text are `words`, -1 for none."""
        at = self.text.find(words, start) if words else -1
        while at >= 0 and not (self._begins(at) and self._begins(at + len(words))):
            at = self.text.find(words, at + 1)
        return at

    def _begins(self, letter: int) -> bool:
        return self.words[bisect_left(self.words, letter)] == letter


def spans(page: Letters, passage: Letters) -> list[tuple[int, int]]:
    """Return the first and the last character of the page for a passage, or for its longest pieces.

    Nothing where less than half of the passage is there: such pieces are turns of phrase.
    """
    pieces = []
    covered = first = after = 0
    while first < len(passage.words) - 1:
        start = passage.words[first]
        last, at = _longest(page, passage, first, after)
        length = passage.words[last] - start
        if length >= _PIECE or length == len(passage.text):
            pieces.append((page.places[at], page.places[at + length - 1]))
            covered += length
            first, after = last, at + length
        else:
            first += 1
    return pieces if 2 * covered >= len(passage.text) else []


def _longest(page: Letters, passage: Letters, first: int, after: int) -> tuple[int, int]:
    """Return the word behind the longest piece from word `first` on, and its letter on the page."""
    start, last, at = passage.words[first], first, after
    while last + 1 < len(passage.words):
        place = page.find(passage.text[start : passage.words[last + 1]], at)
        if place < 0:
            break
        last, at = last + 1, place
    return last, at


def found(page: PdfPage, bitmap: PdfBitmap, passages: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield x, y, width and height in pixels of `bitmap` of each run of a passage's words, MOST at most."""
    if not passages:
        return
    text = page.get_textpage()
    letters = Letters(_characters(text))
    place = bitmap.get_posconv(page)
    left = MOST
    for passage in passages:
        for first, last in spans(letters, Letters(passage)):
            for number in range(min(text.count_rects(first, last - first + 1), left)):
                x1, y1, x2, y2 = text.get_rect(number)
                corners = place.to_bitmap(x1, y1), place.to_bitmap(x2, y2)
                x, y = (max(0, min(side)) for side in zip(*corners, strict=True))
                right = min(max(corner[0] for corner in corners), bitmap.width)
                below = min(max(corner[1] for corner in corners), bitmap.height)
                if x < right and y < below:
                    left -= 1
                    yield x, y, right - x, below - y


def _characters(text: PdfTextPage) -> Iterator[str]:
    from pypdfium2.raw import FPDFText_GetUnicode

    for number in range(min(text.count_chars(), _CHARACTERS)):
        yield chr(FPDFText_GetUnicode(text, number))
