"""Documents as plain values: made from files, kept by the store, given to models by flows."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

SUFFIXES = (
    ".pdf", ".docx", ".docm", ".dotx", ".odt", ".ott", ".rtf", ".txt", ".md", ".markdown", ".html", ".htm",
    ".xhtml", ".epub", ".eml", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".pptx", ".pptm",
    ".ppsx", ".odp", ".srt", ".vtt", ".mhtml", ".mht",
)  # fmt: skip
"""The names of files that documents usually have; source code and any other text can be read as well."""


class UnitKind(StrEnum):
    """What a unit of a document is; the values are stored: never rename one."""

    page = "page"
    slide = "slide"
    sheet = "sheet"
    chapter = "chapter"
    section = "section"
    whole = "whole"  # a document without parts of its own


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a document that has a name of its own: characters `start` to `end` of its text."""

    kind: UnitKind
    number: int  # from 1, in the order of the document
    label: str  # as the document names it: "iv", "Sheet1", the title of a chapter; may be empty
    start: int
    end: int


class NoteKind(StrEnum):
    """What a user should know of how a document was read; the values are stored: never rename one."""

    no_text_on = "no_text_on"  # `number` pages hold pictures only
    cut = "cut"  # only the first `number` characters were read
    damaged_page = "damaged_page"  # page `number` could not be read
    left_out = "left_out"  # `number` attachments or embedded files were not read
    picture = "picture"  # page `number` is a picture; told where such pages are looked for
    recognised = "recognised"  # the text of page `number` was recognised in its picture and may be wrong
    nothing_found = "nothing_found"  # page `number` is a picture in which no text was recognised


@dataclass(frozen=True, slots=True)
class ReadingNote:
    kind: NoteKind
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text. Lines end with "\n"; there is no NUL and something that is not white space.

    Units stand in the order of the text and do not overlap; there may be none.
    """

    name: str  # of the file, without its folder
    text: str
    units: tuple[Unit, ...] = ()
    notes: tuple[ReadingNote, ...] = ()

    def unit_at(self, offset: int) -> Unit | None:
        """Return the unit that a character belongs to, None before the first one and without units."""
        place = bisect_right(self.units, offset, key=lambda unit: unit.start)
        return self.units[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of a document has been read: units so far, and in all where that is known (else 0)."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where words stand in the picture of a page, in its pixels from the left and the top."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """How a page looks: `height` rows of `width` pixels of four bytes: blue, green, red, and one unused."""

    number: int  # of the page, from 1
    width: int
    height: int
    pixels: bytes
    marks: tuple[Mark, ...] = ()  # where the passages stand that were looked for, in their order
