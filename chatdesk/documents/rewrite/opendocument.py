"""Writes OpenDocument texts and presentations with other texts: paragraphs, notes, tables, links, headers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from chatdesk.documents.opendocument import refuse_encrypted
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.inline import Paragraph
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.opendocument_spans import Spans
from chatdesk.documents.rewrite.opendocument_styles import Styles, set_language
from chatdesk.documents.rewrite.packages import Package, opened_package
from chatdesk.documents.rewrite.slots import ElementSlot, Slots, Touching
from chatdesk.documents.xml import Element, attribute, child, descendants, local
from chatdesk.domain.markup import MarkedFile

_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_LEFT_OUT = frozenset(("tracked-changes", "forms"))
_SAID = frozenset(("title", "desc"))  # of a picture


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    with opened_package(path) as package:
        return _OpenDocument(package).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the file with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    with opened_package(path) as package:
        document = _OpenDocument(package)
        simplified = document.slots.put(texts)
        if language:
            document.set_language(language)
        package.save(target)
    return simplified


class _OpenDocument:
    def __init__(self, package: Package) -> None:
        refuse_encrypted(package.archive)
        self.slots = Slots()
        self._package = package
        self._members = [name for name in (_CONTENT, _STYLES) if name in package]
        body = child(package.root(_CONTENT), "body")
        if body is None or (child(body, "text") is None and child(body, "presentation") is None):
            raise Refused(Refusal.unsupported, "neither a text nor a presentation")
        self._add_title()
        self._add(_CONTENT, body)
        if _STYLES in package:
            pages = child(package.root(_STYLES), "master-styles")
            if pages is not None:
                self._add(_STYLES, pages)
        self._add_notes(body)

    def _add_title(self) -> None:
        if _META in self._package:
            for title in descendants(self._package.root(_META), "title"):
                self.slots.add(_META, Touching(ElementSlot(title), self._package, _META))

    def _add(self, name: str, parent: Element) -> None:
        others = [self._package.root(one) for one in self._members if one != name]
        spans = Spans(Styles(self._package.root(name), others))
        walk = etree.iterwalk(parent, events=("start",))
        for _, element in walk:
            kind = local(element)
            if kind in _LEFT_OUT:
                walk.skip_subtree()
            elif kind in ("p", "h"):
                slot = _ParagraphSlot(spans, element)
                self.slots.add(name, Touching(slot, self._package, name))
            elif kind in _SAID:
                self.slots.add(name, Touching(ElementSlot(element), self._package, name))

    def _add_notes(self, body: Element) -> None:
        changes = child(body, "text", "tracked-changes")
        if changes is not None and any(local(one) == "changed-region" for one in changes):
            self.slots.note(Note.tracked_changes)
        names = self._package.archive.names()
        if any(name.startswith("Pictures/") for name in names):
            self.slots.note(Note.pictures)
        if any(name.startswith("Object ") for name in names):
            self.slots.note(Note.charts)
        if "META-INF/documentsignatures.xml" in names:
            self.slots.note(Note.signature)

    def set_language(self, language: str) -> None:
        """Let the file say its language, if its text has been changed."""
        if any(map(self._package.is_touched, self._members)):
            for name in self._members:
                set_language(self._package.root(name), language)
                self._package.touch(name)


class _ParagraphSlot:
    def __init__(self, spans: Spans, element: Element) -> None:
        self._spans = spans
        self._element = element
        is_code = spans.styles.is_code(attribute(element, "style-name") or "")
        self._paragraph = Paragraph([] if is_code else spans.nodes(element), collapses=True)
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Give the paragraph another text; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(text)
        self._spans.fill(self._element, nodes)
        return fits
