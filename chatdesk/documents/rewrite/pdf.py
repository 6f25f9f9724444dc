"""Writes the texts of a PDF as a text file, each page with its name before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.child import mended
from chatdesk.documents.parts import Noted, Part
from chatdesk.documents.pdf import read as read_pages
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.plain_text import TextSlot
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.rewrite.source_text import Edits, Line, lines_of
from chatdesk.domain.documents import NoteKind
from chatdesk.domain.markup import MarkedFile

_MARK = re.compile(r"(?:#{1,6}|-)[ ]+")  # of a heading or a point of a list
_NOTES = {NoteKind.no_text_on: Note.pages_without_text, NoteKind.damaged_page: Note.damaged_pages}


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    return _Pages(path).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:  # noqa: ARG001
    """Write its pages with other texts; return those with marks. Raises Refused, OSError."""
    pages = _Pages(path)
    simplified = pages.slots.put(texts)
    target.write_text(pages.edits.result(), "utf-8", newline="\n")
    return simplified


class _Pages:
    """The text that is to be written, which has the places of the texts."""

    def __init__(self, path: Path) -> None:
        self.slots = Slots()
        self.slots.note(Note.pdf_as_text)
        pages: list[str] = []
        for piece in read_pages(path, ""):
            match piece:
                case Part(_, label, text):
                    pages.append(f"[Page {' '.join(label.split())}]\n\n{mended(text)}\n")
                case Noted(note) if note.kind in _NOTES:
                    self.slots.note(_NOTES[note.kind])
        text = "\n".join(pages)
        self.edits = Edits(text)
        start = 0
        for number, page in enumerate(pages, 1):
            self._add(text, start, page, f"page {number}")
            start += len(page) + 1

    def _add(self, text: str, start: int, page: str, key: str) -> None:
        for line in list(lines_of(page))[2:]:
            mark = _MARK.match(page, line.start, line.end)
            place = Line(start + (mark.end() if mark else line.start), start + line.end)
            self.slots.add(key, TextSlot(self.edits, place, text))
