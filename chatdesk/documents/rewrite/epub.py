"""Writes electronic books with other texts: their pages, contents and titles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.epub import refuse_protected
from chatdesk.documents.epub_contents import Package as Book
from chatdesk.documents.rewrite.html import Source
from chatdesk.documents.rewrite.html_page import Page
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.packages import Package, opened_package
from chatdesk.documents.rewrite.slots import ElementSlot, Slots, Touching
from chatdesk.documents.xml import descendants, local
from chatdesk.domain.markup import MarkedFile

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


def read(path: Path) -> MarkedFile:
    """Return the texts of a book. Raises Refused, OSError, MemoryError."""
    with opened_package(path) as package:
        return _Epub(package).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the book with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    with opened_package(path) as package:
        epub = _Epub(package)
        simplified = epub.slots.put(texts)
        epub.finish(language)
        package.save(target)
    return simplified


class _Epub:
    def __init__(self, package: Package) -> None:
        refuse_protected(package.archive)
        self.slots = Slots()
        self._package = package
        self._pages: dict[str, tuple[Source, Page]] = {}
        book = Book(package.archive)
        self._described = book.name
        self._add_words(book.name, "title", "description")
        for name in book.pages:
            self._add_page(name)
        for name, is_page in book.members_of_contents():
            if is_page:
                self._add_page(name)
            else:
                self._add_words(name, "text")
        if any(name.lower().endswith(_PICTURES) for name in package.archive.names()):
            self.slots.note(Note.pictures)

    def _add_words(self, name: str, *kinds: str) -> None:
        """Add what elements of a member hold that is no page."""
        for element in self._package.root(name).iter("*"):
            parent = element.getparent()
            # Who wrote a book stands in its old contents as well.
            if local(element) in kinds and (parent is None or local(parent) != "docAuthor"):
                self.slots.add(name, Touching(ElementSlot(element), self._package, name))

    def _add_page(self, name: str) -> None:
        if name not in self._pages:
            source = Source(self._package.archive.read(name))
            self._pages[name] = (source, Page(source.text, self.slots, name, is_xml=True))

    def finish(self, language: str) -> None:
        """Put the changed pages into the book, and let it say its language if it has been changed."""
        for name, (source, page) in self._pages.items():
            page.set_language(language)
            if page.is_changed:
                self._package.replace(name, source.encoded(page.result()))
        if language and self._package.is_changed:
            for element in descendants(self._package.root(self._described), "language"):
                element.text = language
            self._package.touch(self._described)
