"""Reads OpenDocument texts and presentations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from chatdesk.documents.archives import Archive, opened
from chatdesk.documents.blocks import Block, heading, item, joined, one_line, paragraph, row
from chatdesk.documents.opendocument_lists import Lists, ListStyles, list_styles
from chatdesk.documents.opendocument_text import PAGE_BREAK, cells_of, rows_of, words_of
from chatdesk.documents.pages import Pages
from chatdesk.documents.parts import Expected, Part, Piece, Refusal, Refused
from chatdesk.documents.xml import Element, attribute, child, descendants, local, number
from chatdesk.domain.documents import UnitKind

_LEFT_OUT = frozenset(
    ("tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "event-listeners")
)
_FRAME = frozenset(("date-time", "footer", "header", "page-number", "page"))  # of a slide


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  encrypted ones are refused
    """Yield the pages or sections of a text, the slides of a presentation.

    Raises Refused, OSError, MemoryError.
    """
    with opened(path) as archive:
        refuse_encrypted(archive)
        root = archive.xml("content.xml")
        styles = _Styles(root, _list_styles(archive) | list_styles(root))
    body = child(root, "body")
    if (slides := child(body, "presentation")) is not None:
        yield from _slides(slides, styles)
    elif (text := child(body, "text")) is not None:
        blocks = _Text(styles)
        blocks.add_all(text)
        yield from blocks.pages.parts()
    else:
        raise Refused(Refusal.unsupported, "neither a text nor a presentation")


def refuse_encrypted(archive: Archive) -> None:
    """Raise Refused where the members of an OpenDocument file are encrypted."""
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in archive or (
        manifest in archive and b"encryption-data" in archive.read(manifest)
    ):
        raise Refused(Refusal.locked, "encrypted")


def _list_styles(archive: Archive) -> ListStyles:
    """Return those that stand beside the text; without them it can be read too."""
    try:
        return list_styles(archive.xml("styles.xml"))
    except Refused:
        return {}


class _Styles:
    """The names of the styles that hide text and that begin a page, and the styles of lists."""

    def __init__(self, root: Element, lists: ListStyles) -> None:
        self.lists = lists
        hidden: set[str] = set()
        breaking: set[str] = set()
        for style in descendants(root, "style"):
            name = attribute(style, "name") or ""
            if attribute(child(style, "text-properties"), "display") == "none":
                hidden.add(name)
            layout = child(style, "paragraph-properties")
            if attribute(layout, "break-before") == "page" or attribute(style, "master-page-name"):
                breaking.add(name)
        self.hidden = frozenset(hidden)
        self.breaking = frozenset(breaking)


class _Text:
    """The blocks of a text, gathered page by page."""

    def __init__(self, styles: _Styles) -> None:
        self.pages = Pages()
        self._styles = styles
        self._lists = Lists(styles.lists)

    def add_all(self, parent: Iterable[Element]) -> None:
        """Add what stands below an element; at most 256 deep: the parser takes no more."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._add_paragraph(element, name)
            elif name == "list":
                self._lists.begin(element)
                self.add_all(element)
                self._lists.end()
            elif name in ("list-item", "list-header"):
                self._lists.begin_item(element)
                self.add_all(element)
            elif name == "table":
                self._add_table(element)
            elif name == "soft-page-break":
                self.pages.break_found()
            elif name not in _LEFT_OUT and attribute(element, "display") != "none":
                self.add_all(element)

    def _add_paragraph(self, element: Element, name: str) -> None:
        if attribute(element, "style-name") in self._styles.breaking:
            self.pages.break_made(only_after_text=True)
        words = words_of(element, self._styles.hidden)
        mark = self._lists.heading_mark(element) if name == "h" else self._lists.mark()
        for piece in re.split(f"({PAGE_BREAK})", words.text):
            if piece == PAGE_BREAK:
                self.pages.break_found()
            elif piece.strip():
                self.pages.add(self._block(element, name, piece, mark))
                mark = ""  # stands once, where the paragraph begins
        for note in words.notes:
            self.pages.add(paragraph(note))

    def _block(self, element: Element, name: str, text: str, mark: str) -> Block:
        if name == "h":
            return heading(number(element, "outline-level", 1), f"{mark} {text}")
        return item(text, self._lists.depth - 1, mark) if mark else paragraph(text)

    def _add_table(self, table: Element) -> None:
        for line in rows_of(table):
            cells, notes = cells_of(line, self._styles.hidden)
            if PAGE_BREAK in "".join(cells):
                self.pages.break_found()
            self.pages.add(row(cells))
            for note in notes:
                self.pages.add(paragraph(note))


def _slides(presentation: Element, styles: _Styles) -> Iterator[Piece]:
    slides = [one for one in presentation if local(one) == "page"]
    yield Expected(len(slides))
    for slide in slides:
        title = ""
        shown = _Text(styles)
        notes = _Text(styles)
        for element in slide:
            kind = attribute(element, "class") or ""
            if local(element) == "notes":
                notes.add_all([one for one in element if attribute(one, "class") == "notes"])
            elif kind == "title" and not title:
                title = one_line(words_of(element, styles.hidden).text)
            elif kind not in _FRAME:
                shown.add_all([element])
        yield Part(UnitKind.slide, title, joined(_slide_blocks(title, shown, notes)))


def _slide_blocks(title: str, shown: _Text, notes: _Text) -> list[Block]:
    said = notes.pages.blocks()
    return [
        heading(1, title),
        *shown.pages.blocks(),
        *([paragraph("Speaker notes:"), *said] if said else []),
    ]
