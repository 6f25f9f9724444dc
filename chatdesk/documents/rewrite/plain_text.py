"""Writes plain texts with other paragraphs; lines into which a program broke one are broken again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from chatdesk.documents.rewrite.inline import Paragraph
from chatdesk.documents.rewrite.line_breaks import columns, glue, words, wrapped
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.rewrite.source_text import Edits, Line, Source, lines_of, source_of
from chatdesk.documents.rewrite.tagged import flat, shown
from chatdesk.domain.markup import MarkedFile

_BEFORE = re.compile(r"[ \t]*+(?:>[ \t]?)*+[ \t]*+")
_POINT = re.compile(r"(?:[-*+•–—]|\d{1,3}[.)])[ \t]+")
_NARROWEST, _WIDEST = 50, 100  # columns of the longest line of a paragraph that was broken into lines
_ENDS_SENTENCE = frozenset(".!?…:;。！？；")


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    return _Text(source_of(path)).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:  # noqa: ARG001
    """Write the file with other texts; return those with marks. Raises Refused, OSError."""
    text = _Text(source_of(path))
    simplified = text.slots.put(texts)
    target.write_bytes(text.source.encoded(text.edits.result()))
    return simplified


class _Text:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.edits = Edits(source.text)
        self.slots = Slots()
        for number, lines in _paragraphs(source.text):
            if _is_wrapped(source.text, lines):
                self.slots.add(f"line {number}", _WrappedSlot(self, lines))
                continue
            for place, line in enumerate(lines):
                slot = TextSlot(self.edits, _inside(source.text, line), source.text)
                self.slots.add(f"line {number + place}", slot)


class TextSlot:
    """A part of a text without formatting."""

    def __init__(self, edits: Edits, place: Line, text: str) -> None:
        self._edits = edits
        self._place = place
        self._paragraph = Paragraph([text[place.start : place.end]])
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Let another text stand there; return whether it has no marks."""
        nodes, fits = self._paragraph.with_text(text)
        self._edits.change(self._place.start, self._place.end, flat(nodes))
        return fits


class _WrappedSlot:
    """A paragraph that was broken into lines."""

    def __init__(self, text: _Text, lines: Sequence[Line]) -> None:
        self._text = text
        source = text.source.text
        inside = [_inside(source, line) for line in lines]
        self._place = Line(inside[0].start, inside[-1].end)
        self._first = columns(source[lines[0].start : inside[0].start])
        self._before = source[lines[1].start : inside[1].start]
        self._width = max(columns(source[line.start : line.end].rstrip()) for line in lines)
        joined = ""
        for line in inside:
            words_of_line = source[line.start : line.end]
            joined += (glue(joined, words_of_line) if joined else "") + words_of_line
        self._paragraph = Paragraph([joined])
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Let another text stand there, in lines as wide; return whether it has no marks."""
        nodes, fits = self._paragraph.with_text(text)
        room = self._width - columns(self._before)
        lines = wrapped(words(shown(nodes)), room, first=self._first - columns(self._before))
        new = f"{self._text.source.line_end}{self._before}".join(lines)
        self._text.edits.change(self._place.start, self._place.end, new)
        return fits


def _paragraphs(text: str) -> Iterator[tuple[int, list[Line]]]:
    """Yield lines that follow one another, and the number of the first; a point of a list begins anew."""
    lines: list[Line] = []
    number = 0
    for number, line in enumerate(lines_of(text), 1):
        start = _inside(text, line, points=False).start
        is_blank = not text[start : line.end].strip()
        if lines and (is_blank or _POINT.match(text, start, line.end)):
            yield number - len(lines), lines
            lines = []
        if not is_blank:
            lines.append(line)
    if lines:
        yield number - len(lines) + 1, lines


def _inside(text: str, line: Line, *, points: bool = True) -> Line:
    """Return a line without its indentation, signs of quotation, point of a list, and blanks at its end."""
    before = _BEFORE.match(text, line.start, line.end)
    start = before.end() if before else line.start
    if points and (point := _POINT.match(text, start, line.end)):
        start = point.end()
    return Line(start, start + len(text[start : line.end].rstrip()))


def _is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether a line was broken each time because the next word had no place, once within a sentence."""
    if len(lines) < 2:
        return False
    inside = [_inside(text, lines[0]), *(_inside(text, line, points=False) for line in lines[1:])]
    width = max(columns(text[line.start : one.end]) for line, one in zip(lines, inside, strict=True))
    before = {text[line.start : one.start] for line, one in zip(lines[1:], inside[1:], strict=True)}
    if len(before) > 1 or not _NARROWEST <= width <= _WIDEST:
        return False
    within = False
    for (line, one), (_, other) in pairwise(zip(lines, inside, strict=True)):
        word = words([text[other.start : other.end]])[0]
        last, first = text[one.end - 1], text[other.start]
        if columns(text[line.start : one.end]) + len(glue(last, first)) + word.width <= width:
            return False
        within |= last not in _ENDS_SENTENCE and (first.islower() or not (first.isupper() or first.isdigit()))
    return within
