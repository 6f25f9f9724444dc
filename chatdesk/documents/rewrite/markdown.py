"""Writes Markdown files with other texts, their source being as it was but for these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.rewrite.front_matter import end_of, fields
from chatdesk.documents.rewrite.inline import Node, Paragraph
from chatdesk.documents.rewrite.line_breaks import Fixed, columns, words, wrapped
from chatdesk.documents.rewrite.markdown_blocks import Blocks, Raw, Run
from chatdesk.documents.rewrite.markdown_inline import Inline
from chatdesk.documents.rewrite.markdown_writing import BLOCK_START, Writing, flat, without_block_start
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.rewrite.source_text import Edits, Line, Source, source_of
from chatdesk.domain.markup import MarkedFile

_NARROWEST = 40  # columns of a text that is broken into lines again


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    return _Markdown(source_of(path)).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:  # noqa: ARG001
    """Write the file with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    markdown = _Markdown(source_of(path))
    simplified = markdown.slots.put(texts)
    target.write_bytes(markdown.source.encoded(markdown.result()))
    return simplified


class _Markdown:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.slots = Slots()
        self.pictures = Edits(source.text)  # their descriptions, which may stand within a text
        self._runs: list[_RunSlot] = []
        for field in fields(source.text, self.pictures):
            self.slots.add("front", field)
        blocks = Blocks(source.text, end_of(source.text))
        self.references = blocks.references
        for run in blocks.runs():
            self._add(run)

    def _add(self, run: Run) -> None:
        inline = Inline(run, self.references)
        slot = _RunSlot(self, run, inline.nodes)
        if self.slots.add("text", slot):
            self._runs.append(slot)
        for picture in inline.pictures:
            said = self.source.text[picture.start : picture.end]
            if "\n" not in said and "\r" not in said:
                described = Run([Line(picture.start, picture.end)], said)
                self.slots.add("picture", _PictureSlot(self, described))

    def raw(self, raw: Raw) -> str:
        return self.pictures.between(raw.start, raw.end)

    def result(self) -> str:
        """Return the source with its changes."""
        done: list[str] = []
        place = 0
        for slot in self._runs:
            if slot.new is not None:
                start, end = slot.run.lines[0].start, slot.run.lines[-1].end
                done += (self.pictures.between(place, start), slot.written(slot.new))
                place = end
        return "".join([*done, self.pictures.between(place, len(self.source.text) + 1)])


class _RunSlot:
    def __init__(self, markdown: _Markdown, run: Run, nodes: Sequence[Node]) -> None:
        self._markdown = markdown
        self.run = run
        self._paragraph = Paragraph(nodes, collapses=True)
        self.text = self._paragraph.text
        self.new: list[Node] | None = None

    def put(self, text: str) -> bool:
        """Give the run another text; return whether its marks fit."""
        self.new, fits = self._paragraph.with_text(" ".join(text.split()))
        return fits

    def written(self, nodes: Sequence[Node]) -> str:
        """Return the source of nodes, in lines as wide as those of this text if it has several."""
        markdown, run = self._markdown, self.run
        writing = Writing(markdown.raw, markdown.references, bar=_bar(run))
        pieces = writing.pieces(nodes)
        is_text = next((isinstance(piece, str) for piece in pieces if piece), False)
        if len(run.lines) == 1:
            text = flat(pieces)
        else:
            source = markdown.source.text
            before = source[_line_start(source, run.lines[1].start) : run.lines[1].start]
            width = max(_NARROWEST, *(columns(source[line.start : line.end].rstrip()) for line in run.lines))
            text = f"{markdown.source.line_end}{before}".join(_lines(pieces, width))
        return without_block_start(text) if is_text and not run.is_cell else text


def _bar(run: Run) -> str:
    """Return how to write a bar so that it begins no cell: some take even "\\|" above "---" for a table."""
    return "\\|" if run.is_cell else "&#124;" if run.is_underlined else "|"


class _PictureSlot:
    """The description of a picture, which has no formatting of its own."""

    def __init__(self, markdown: _Markdown, run: Run) -> None:
        self._markdown = markdown
        self._run = run
        self._paragraph = Paragraph(Inline(run, markdown.references).nodes, collapses=True)
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Give the picture another description; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(" ".join(text.split()))
        writing = Writing(self._markdown.raw, self._markdown.references)
        line = self._run.lines[0]
        self._markdown.pictures.change(line.start, line.end, flat(writing.pieces(nodes, in_link=True)))
        return fits


def _lines(pieces: Sequence[str | Fixed], width: int) -> list[str]:
    """Return a text in lines; those that it breaks itself go on in the same line of the result."""
    parts: list[list[str | Fixed]] = [[]]
    breaks: list[str] = []
    for piece in pieces:
        if (
            isinstance(piece, Fixed)
            and "\n" in piece.text.replace("\r", "\n")
            and not piece.text.strip("\\ >\t\r\n")
        ):
            breaks.append(piece.text)
            parts.append([])
        else:
            parts[-1].append(piece)
    lines = [""]
    for part, between in zip(parts, ["", *breaks], strict=True):
        broken = wrapped(words(part, anywhere=False), width, never_first=_begins_block) or [""]
        lines[-1] += between + broken[0]
        lines += broken[1:]
    return lines


def _begins_block(word: str) -> bool:
    return BLOCK_START.match(word) is not None


def _line_start(source: str, place: int) -> int:
    return max(source.rfind("\n", 0, place), source.rfind("\r", 0, place)) + 1
