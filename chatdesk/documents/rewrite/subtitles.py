"""Writes subtitles (SRT, VTT) with other texts; times, numbers, settings, notes and styles stay."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.inline import Paragraph
from chatdesk.documents.rewrite.line_breaks import balanced, columns, glue, words
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.rewrite.source_text import Edits, Line, Source, lines_of, source_of
from chatdesk.documents.rewrite.tagged import nodes_of, shown
from chatdesk.domain.markup import MarkedFile

_WIDTH = 42  # columns of a line
_TIMES = re.compile(r"[^-]{0,40}-->|\s*\d+:\d\d[\d:.,]*\s*-+>")
_TAGS = re.compile(r"<(/?)([a-zA-Z]\w*+)[^<>\n]{0,200}>|<\d[\d:.]{1,20}>|\{\\[^{}]{0,200}\}")
_DASH = re.compile(r"((?:<[^<>]{1,200}>|\{\\[^{}]{0,200}\})*\s*[-‐–—]\s*)(?=\S)")
_KEPT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_LANGUAGE = re.compile(r"^Language:[ \t]*([\w-]+)", re.M)


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    return _Subtitles(source_of(path)).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the file with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    subtitles = _Subtitles(source_of(path))
    simplified = subtitles.slots.put(texts)
    subtitles.set_language(language)
    target.write_bytes(subtitles.source.encoded(subtitles.edits.result()))
    return simplified


@dataclass(frozen=True, slots=True)
class _Cue:
    time: str
    lines: list[Line]


class _Subtitles:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.edits = Edits(source.text)
        self.slots = Slots()
        self.is_vtt = source.text.startswith("WEBVTT")
        found = False
        for cue in _cues(source.text, self.is_vtt):
            found = True
            for lines in _spoken(source.text, cue.lines):
                self.slots.add(cue.time, _CueSlot(self, lines))
        if not found and source.text.strip() and not self.is_vtt:
            raise Refused(Refusal.damaged, "no times")

    def set_language(self, language: str) -> None:
        """Let the file say its language, if it says one and has been changed."""
        header = re.split(r"\r?\n\r?\n", self.source.text[:2000], maxsplit=1)[0] if self.is_vtt else ""
        if language and self.edits and (found := _LANGUAGE.search(header)):
            self.edits.change(*found.span(1), language)


class _CueSlot:
    """What somebody says in a cue."""

    def __init__(self, subtitles: _Subtitles, lines: Sequence[Line]) -> None:
        self._subtitles = subtitles
        source = subtitles.source.text
        self._place = Line(lines[0].start, lines[-1].end)
        said = [source[line.start : line.end] for line in lines]
        self._lines = len(lines)
        self._width = max(_WIDTH, *(columns(_TAGS.sub("", line)) for line in said))
        joined = said[0]
        for line in said[1:]:
            joined += glue(joined, line) + line
        plain = html.unescape if subtitles.is_vtt else str
        self._paragraph = Paragraph(nodes_of(joined, _TAGS, plain, joins=True))
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Let another text be said, in as many lines at most; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(" ".join(text.split()))
        pieces = shown(nodes, _escaped if self._subtitles.is_vtt else str)
        lines = balanced(words(pieces), self._lines, self._width)
        self._subtitles.edits.change(
            self._place.start, self._place.end, self._subtitles.source.line_end.join(lines)
        )
        return fits


def _cues(text: str, is_vtt: bool) -> Iterator[_Cue]:
    """Yield the cues with the lines that have words on them; what stands before the first time is none."""
    time = ""
    lines: list[Line] = []
    is_kept = is_vtt  # the header, a note or a style: up to an empty line
    after_blank = True
    for line, following in pairwise(chain(lines_of(text), [Line(0, 0)])):
        said = text[line.start : line.end]
        if _TIMES.match(said):
            if time:
                yield _Cue(time, lines)
            time, lines, is_kept = said.split("-")[0].strip(), [], False
        elif not said.strip():
            is_kept = False
            if time and is_vtt:
                yield _Cue(time, lines)
                time, lines = "", []
        elif is_vtt and after_blank and _KEPT.match(said):
            is_kept = True
        elif time and not is_kept and not _is_number(said, text[following.start : following.end]):
            lines.append(_stripped(text, line))
        after_blank = not said.strip()
    if time:
        yield _Cue(time, lines)


def _is_number(line: str, following: str) -> bool:
    """Whether a line is the number of the next cue."""
    return line.strip().isdigit() and _TIMES.match(following) is not None


def _spoken(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each speaker: a dash begins a new one, and so do lines with a gap between them."""
    dashes = [_DASH.match(text, line.start, line.end) for line in lines]
    several = any(dashes[1:])
    spoken: list[Line] = []
    for line, dash in zip(lines, dashes, strict=True):
        gap = spoken and text.count("\n", spoken[-1].end, line.start) > 1
        if spoken and ((several and dash) or gap):
            yield spoken
            spoken = []
        spoken.append(Line(dash.end(), line.end) if several and dash else line)
    if spoken:
        yield spoken


def _stripped(text: str, line: Line) -> Line:
    said = text[line.start : line.end]
    return Line(line.start + len(said) - len(said.lstrip()), line.start + len(said.rstrip()))


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")
