"""Writes Word files with other texts: body, tables, notes, comments, headers, text boxes, links, charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from chatdesk.documents.rewrite.docx_code import Code
from chatdesk.documents.rewrite.docx_language import set_direction, set_language
from chatdesk.documents.rewrite.docx_runs import Runs
from chatdesk.documents.rewrite.inline import Paragraph
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.office import Office
from chatdesk.documents.rewrite.packages import Package, opened_package
from chatdesk.documents.rewrite.slots import AttributeSlot, Slots, Touching
from chatdesk.documents.xml import Element, child, descendants, local
from chatdesk.domain.markup import MarkedFile

_PARTS = ("footnotes", "endnotes", "comments", "header", "footer")


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    with opened_package(path) as package:
        return _Docx(package).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the file with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    with opened_package(path) as package:
        docx = _Docx(package)
        simplified = docx.slots.put(texts)
        docx.set_language(language)
        package.save(target)
    return simplified


class _Docx:
    def __init__(self, package: Package) -> None:
        self.slots = Slots()
        self._package = package
        self._rewritten: list[Element] = []
        self._office = office = Office(package, "word/document.xml")
        self._members = [office.main, *(name for kind, name in office.parts if kind in _PARTS)]
        self._styles = next((name for kind, name in office.parts if kind == "styles"), "")
        styles = package.root(self._styles) if self._styles else None
        self._code = Code(styles, package.root(office.main))
        office.add_title(self.slots)
        for name in self._members:
            self._add_member(name)
        office.add_drawings(self.slots)
        office.add_notes(self.slots)

    def _add_member(self, name: str) -> None:
        root = self._package.root(name)
        runs = Runs(root, self._code.is_run)
        copies = _copies(root)
        walk = etree.iterwalk(root, events=("start",))
        for _, element in walk:
            kind = local(element)
            if kind == "Fallback":
                walk.skip_subtree()
            elif kind == "p" and not self._code.is_paragraph(element):
                places = [element, *([copies[element]] if element in copies else [])]
                self.slots.add(name, _ParagraphSlot(self, name, runs, places))
            elif kind == "docPr":
                for attribute in ("descr", "title"):
                    slot = AttributeSlot(element, attribute)
                    self.slots.add(name, Touching(slot, self._package, name))
        if runs.tracked:
            self.slots.note(Note.tracked_changes)

    def touch(self, name: str, paragraph: Element) -> None:
        self._package.touch(name)
        self._rewritten.append(paragraph)

    def set_language(self, language: str) -> None:
        """Let the file say its language, if it has been changed."""
        if not self._rewritten or not language:
            return
        for name in [*self._members, *([self._styles] if self._styles else [])]:
            set_language(self._package.root(name), language)
            self._package.touch(name)
        set_direction(self._rewritten, language)
        self._office.set_drawings_language(language)


class _ParagraphSlot:
    """A paragraph, and a copy of it that older programs show."""

    def __init__(self, docx: _Docx, name: str, runs: Runs, places: Sequence[Element]) -> None:
        self._docx = docx
        self._name = name
        self._runs = runs
        self._places = []
        for place in places:
            nodes, base = runs.nodes(place)
            self._places.append((place, Paragraph(nodes), base))
        self.text = self._places[0][1].text

    def put(self, text: str) -> bool:
        """Give the paragraph another text; return whether its marks fit."""
        fitting = True
        for element, paragraph, base in self._places:
            if paragraph.text != self.text:
                continue
            nodes, fits = paragraph.with_text(text)
            fitting &= fits
            first = [one for one in element if local(one) == "pPr"]
            element[:] = [*first, *self._runs.elements(nodes, base)]
            element.text = None
            self._docx.touch(self._name, element)
        return fitting


def _copies(root: Element) -> dict[Element, Element]:
    """Return the copies of paragraphs in text boxes that stand there for older programs."""
    copies: dict[Element, Element] = {}
    for one in descendants(root, "AlternateContent"):
        shown = list(_paragraphs(child(one, "Choice")))
        copied = list(_paragraphs(child(one, "Fallback")))
        if len(shown) == len(copied):
            copies.update(zip(shown, copied, strict=True))
    return copies


def _paragraphs(element: Element | None) -> Iterator[Element]:
    return iter(()) if element is None else descendants(element, "p")
