"""Cuts documents into passages that can be found, and takes the words that matter out of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from chatdesk.domain.documents import Document, Unit
from chatdesk.domain.passages import Passage
from chatdesk.tasks.stop_words import STOP_WORDS

_LEAST, _MOST = 1200, 1800  # letters of a passage: 200 to 300 words
_TAIL = 400  # letters of a last passage that is no passage of its own
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSE_LETTERS = 3  # as many as one sign stands for in writing without spaces
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


def passages_of(document: Document, name: Callable[[Unit], str]) -> list[Passage]:
    """Return the passages of a document in its order, each within one of its parts.

    They have 200 to 300 words where the paragraphs let them, and end with a paragraph, else with a sentence
    or word. `name` says what a part is called.
    """
    made = []
    for start, end, unit in _parts(document):
        label = name(unit) if unit is not None else ""
        pieces = list(_cut(document.text, start, end))
        if len(pieces) > 1 and _letters(document.text, *pieces[-1]) < _TAIL:
            (first, _), (_, last) = pieces[-2:]
            pieces[-2:] = [(first, last)]
        made += [Passage(first, last, label) for first, last in pieces]
    return made


def question_words(question: str) -> str:
    """Return the words of a question that tell what it is about; all of them where none does."""
    words = _WORD.findall(question)
    telling = [word for word in words if (word.lower() not in STOP_WORDS and len(word) > 1) or word.isdigit()]
    return " ".join(telling or words)


def _parts(document: Document) -> Iterator[tuple[int, int, Unit | None]]:
    place = 0
    for unit in document.units:
        if unit.start > place:
            yield place, unit.start, None
        yield unit.start, unit.end, unit
        place = max(place, unit.end)
    if place < len(document.text):
        yield place, len(document.text), None


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the passages of a part, without the white space around them."""
    first, size = start, 0
    place = start
    for border in _borders(text, start, end, (_PARAGRAPH, _LINE, _SENTENCE, _SPACE)):
        length = _letters(text, place, border)
        if size and size + length > _MOST:
            yield from _trimmed(text, first, place)
            first, size = place, 0
        size += length
        place = border
        if size >= _LEAST:
            yield from _trimmed(text, first, place)
            first, size = place, 0
    yield from _trimmed(text, first, end)


def _borders(text: str, start: int, end: int, finer: tuple[re.Pattern[str], ...]) -> Iterator[int]:
    """Yield where a stretch may be cut; what is too long is cut at the next finer kind of border."""
    place = start
    for border in (*(found.end() for found in finer[0].finditer(text, start, end)), end):
        if _letters(text, place, border) <= _MOST:
            yield border
        elif len(finer) > 1:
            yield from _borders(text, place, border, finer[1:])
        else:
            step = _LEAST // _DENSE_LETTERS
            yield from (*range(place + step, border, step), border)
        place = border


def _letters(text: str, start: int, end: int) -> int:
    if end - start > _MOST:  # long enough however it is written
        return end - start
    return end - start + (_DENSE_LETTERS - 1) * len(_DENSE.findall(text, start, end))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch = text[start:end]
    if stretch.strip():
        yield start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
