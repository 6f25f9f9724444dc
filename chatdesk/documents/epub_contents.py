"""Reads the package of an electronic book: its pages in their order, and its table of contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from chatdesk.documents.archives import Archive, resolved
from chatdesk.documents.blocks import one_line
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.xml import Element, attribute, child, descendants, local

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_NCX = "application/x-dtbncx+xml"
_MOST_PAGES = 10_000
_Line = tuple[int, str, str]  # depth from 1, title, address
_Reader = Callable[[Element], Iterator[_Line]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    title: str
    member: str  # the page that it leads to
    anchor: str  # the place in the page, "" for its beginning


class Package:
    """What a book says of itself; `name` is the member that does. Raises Refused, MemoryError."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.name = _package(archive)
        root = archive.xml(self.name)
        manifest = child(root, "manifest")
        self._items = {attribute(one, "id"): one for one in (() if manifest is None else manifest)}
        self._spine = child(root, "spine")
        self.pages = self._pages()
        if not self.pages:
            raise Refused(Refusal.damaged, "no pages")

    def _pages(self) -> list[str]:
        """Return the members that are pages, each once, without the table of contents and what is missing."""
        pages: dict[str, None] = {}
        for reference in () if self._spine is None else self._spine:
            one = self._items.get(attribute(reference, "idref"))
            if one is None or len(pages) == _MOST_PAGES:
                continue
            member = resolved(self.name, attribute(one, "href") or "")
            is_page = attribute(one, "media-type") in _PAGES and member in self._archive
            if is_page and "nav" not in (attribute(one, "properties") or "").split():
                pages[member] = None
        return list(pages)

    def contents(self) -> list[Entry]:
        """Return the lines of the table of contents that begin a chapter.

        Those inside another line do so only where they lead to a page of their own: a part of a book has
        chapters in files of theirs, a chapter has its sections in its own.
        """
        entries: list[Entry] = []
        for depth, title, target, base in self._lines():
            member = resolved(base, target)
            if title and (depth == 1 or not entries or entries[-1].member != member):
                entries.append(Entry(title, member, unquote(target.partition("#")[2])))
        return entries

    def members_of_contents(self) -> Iterator[tuple[str, bool]]:
        """Yield the members that are tables of contents, and whether they are pages."""
        for one in self._items.values():
            member = resolved(self.name, attribute(one, "href") or "")
            is_page = "nav" in (attribute(one, "properties") or "").split()
            if member in self._archive and (is_page or attribute(one, "media-type") == _NCX):
                yield member, is_page

    def _lines(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield (depth from 1, title, address, member that it stands in)."""
        for one in self._items.values():
            if "nav" in (attribute(one, "properties") or "").split():
                yield from self._read(one, _nav_lines)
                return
        for one in self._items.values():
            if attribute(one, "media-type") == _NCX:
                yield from self._read(one, _ncx_lines)
                return

    def _read(self, item: Element, lines: _Reader) -> Iterator[tuple[int, str, str, str]]:
        member = resolved(self.name, attribute(item, "href") or "")
        try:
            root = self._archive.xml(member)
        except Refused:  # a book can be read without it
            return
        for depth, title, target in lines(root):
            yield depth, one_line(title), target, member


def _package(archive: Archive) -> str:
    """Return the member that describes the book; books without a container have one all the same."""
    if _CONTAINER in archive:
        for one in descendants(archive.xml(_CONTAINER), "rootfile"):
            if (name := attribute(one, "full-path") or "") in archive:
                return name
    for name in archive.names():
        if name.endswith(".opf"):
            return name
    raise Refused(Refusal.damaged, "no package")


def _nav_lines(root: Element) -> Iterator[_Line]:
    lists = list(descendants(root, "nav"))
    for one in [one for one in lists if attribute(one, "type") == "toc"] or lists[:1]:
        for link in descendants(one, "a"):
            depth = sum(local(parent) in ("ol", "ul") for parent in link.iterancestors())
            yield depth, "".join(map(str, link.itertext())), link.get("href", "")


def _ncx_lines(root: Element) -> Iterator[_Line]:
    for point in descendants(root, "navPoint"):
        depth = 1 + sum(local(parent) == "navPoint" for parent in point.iterancestors())
        title = child(point, "navLabel", "text")
        target = attribute(child(point, "content"), "src") or ""
        yield depth, "" if title is None else title.text or "", target
