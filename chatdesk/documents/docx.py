"""Reads Word files: pages where the file knows them, else sections by heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chatdesk.documents.archives import Archive, opened
from chatdesk.documents.blocks import MOST_SPANNED, Block, comment, heading, item, paragraph, row
from chatdesk.documents.docx_numbering import Numbering
from chatdesk.documents.docx_styles import Style, Styles
from chatdesk.documents.docx_text import PAGE_BREAK, RENDERED_BREAK, is_deleted, words_of
from chatdesk.documents.list_marks import BULLET
from chatdesk.documents.pages import Pages
from chatdesk.documents.parts import Noted, Piece, Refusal, Refused
from chatdesk.documents.xml import Element, attribute, child, descendants, local, number
from chatdesk.domain.documents import NoteKind, ReadingNote

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_NOTES = ("footnotes", "endnotes", "comments")
_BREAKS = re.compile(f"([{PAGE_BREAK}{RENDERED_BREAK}])")


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  with a password it is no zip file
    """Yield the pages or sections of a file. Raises Refused, OSError, MemoryError."""
    with opened(path) as archive:
        embedded = len(archive.names("word/embeddings/"))
        pages = _Body(archive, _main_part(archive)).pages()
    if embedded:
        yield Noted(ReadingNote(NoteKind.left_out, embedded))
    yield from pages.parts()


def _main_part(archive: Archive) -> str:
    for kind, name in archive.relations("").values():
        if kind == "officeDocument" and name in archive:
            return name
    return "word/document.xml"


class _Body:
    """The blocks of one Word file, page by page."""

    def __init__(self, archive: Archive, name: str) -> None:
        parts: dict[str, Element] = {}
        for kind, target in archive.relations(name).values():
            if kind in ("styles", "numbering", *_NOTES) and target in archive:
                parts[kind] = archive.xml(target)
        body = child(archive.xml(name), "body")
        if body is None:
            raise Refused(Refusal.damaged, "no body")
        self._body = body
        self._numbering = Numbering(parts.get("numbering"))
        self._styles = Styles(parts.get("styles"), self._numbering.levels)
        self._notes = {
            (kind, attribute(note, "id") or ""): note for kind in _NOTES for note in parts.get(kind, ())
        }
        self._sections = iter([one for one in descendants(body, "sectPr") if not _was_changed(one)])
        next(self._sections, None)  # how the first one begins says nothing
        self._pages = Pages()

    def pages(self) -> Pages:
        self._add_all(self._body)
        return self._pages

    def _add_all(self, parent: Element) -> None:
        for element in parent:
            name = local(element)
            if name == "p":
                self._add_paragraph(element)
            elif name == "tbl":
                self._add_table(element)
            elif name in _WRAPPERS:  # at most 256 deep: the parser takes no more
                self._add_all(element)

    def _add_paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style = self._styles.of(properties)
        mark = self._mark(style, properties)
        words = words_of(element, self._number)
        if style.breaks_page:
            self._pages.break_made(only_after_text=True)
        for piece in _BREAKS.split(words.text):
            if piece in (PAGE_BREAK, RENDERED_BREAK):
                self._break(piece)
            elif piece.strip():
                self._pages.add(_block(style, piece, mark))
                mark = ""  # stands once, where the paragraph begins
        self._add_notes(words.notes)
        if child(properties, "sectPr") is not None:
            self._end_section()

    def _mark(self, style: Style, properties: Element | None) -> str:
        """Return what stands before a paragraph, and count it; one that was deleted does not count."""
        if style.depth is None or child(properties, "rPr", "del") is not None:
            return ""
        return self._numbering.mark(style.numbering, style.depth)

    def _number(self, element: Element) -> tuple[str, ...]:
        """Return the number of a paragraph in a cell and a space, nothing where it has none."""
        properties = child(element, "pPr")
        mark = self._mark(self._styles.of(properties), properties)
        return (mark, " ") if mark not in ("", BULLET) else ()

    def _end_section(self) -> None:
        """Begin a page if the next section does; how a section begins stands at its own end."""
        following = child(next(self._sections, None), "type")
        if attribute(following, "val") not in ("continuous", "nextColumn"):
            self._pages.break_made()

    def _add_table(self, table: Element) -> None:
        for line in _unwrapped(table, "tr"):
            if not is_deleted(line):
                self._add_row(line)

    def _add_row(self, line: Element) -> None:
        cells: list[str] = []
        notes: list[tuple[str, str]] = []
        for cell in _unwrapped(line, "tc"):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            words = words_of(cell, self._number)
            is_covered = merge is not None and attribute(merge, "val") != "restart"
            width = min(max(number(child(properties, "gridSpan"), "val", 1), 1), MOST_SPANNED)
            cells.extend(["" if is_covered else words.text, *[""] * (width - 1)])
            notes.extend(words.notes)
        if (found := _BREAKS.search("".join(cells))) is not None:
            self._break(found[0])
        self._pages.add(row(cells))
        self._add_notes(notes)

    def _add_notes(self, notes: list[tuple[str, str]]) -> None:
        for kind, identifier in notes:
            note = self._notes.pop((kind, identifier), None)  # once: a large one may be named very often
            text = "" if note is None else _BREAKS.sub("", words_of(note).text).strip()
            if text and kind == "comments":
                self._pages.add(comment(text, attribute(note, "author") or ""))
            elif text:
                self._pages.add(paragraph(f"[^{identifier}]: {text}"))

    def _break(self, kind: str) -> None:
        if kind == PAGE_BREAK:
            self._pages.break_made()
        else:
            self._pages.break_found()


def _block(style: Style, text: str, mark: str) -> Block:
    if style.level:
        return heading(style.level, text if mark in ("", BULLET) else f"{mark} {text}")
    return item(text, style.depth or 0, mark) if mark else paragraph(text)


def _was_changed(section: Element) -> bool:
    """Whether these are the properties from before a tracked change."""
    return any(local(one) == "sectPrChange" for one in section.iterancestors())


def _unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those in wrappers."""
    for one in parent:
        if local(one) == name:
            yield one
        elif local(one) in _WRAPPERS:
            yield from _unwrapped(one, name)
