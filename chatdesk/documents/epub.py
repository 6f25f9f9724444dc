"""Reads electronic books: a part for each chapter that the table of contents names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatdesk.documents.archives import Archive, opened
from chatdesk.documents.blocks import Block, heading, joined
from chatdesk.documents.epub_contents import Entry, Package
from chatdesk.documents.html import text_of, tree
from chatdesk.documents.html_blocks import HtmlBlocks
from chatdesk.documents.parts import Expected, Part, Piece, Refusal, Refused
from chatdesk.documents.xml import Element, attribute, descendants, parsed
from chatdesk.domain.documents import UnitKind

_ENCRYPTION = "META-INF/encryption.xml"
# Letters that are only scrambled, so that nobody takes the font out of the book.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NEAR = 3  # blocks at the beginning of a chapter among which its heading is


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  copy protection is no password
    """Yield the chapters of a book. Raises Refused, OSError, MemoryError."""
    with opened(path) as archive:
        refuse_protected(archive)
        package = Package(archive)
        entries: dict[str, list[Entry]] = {}
        for entry in package.contents():
            if entry.member in package.pages:
                entries.setdefault(entry.member, []).append(entry)
        yield Expected(sum(map(len, entries.values())) or len(package.pages))
        yield from _chapters(archive, package.pages, entries)


def refuse_protected(archive: Archive) -> None:
    """Raise Refused where the pages of a book are encrypted."""
    if _ENCRYPTION not in archive:
        return
    for method in descendants(archive.xml(_ENCRYPTION), "EncryptionMethod"):
        if attribute(method, "Algorithm") not in _FONTS:
            raise Refused(Refusal.locked, "copy protection")


def _chapters(archive: Archive, pages: list[str], entries: dict[str, list[Entry]]) -> Iterator[Part]:
    """Yield the chapters; a page that the contents do not name belongs to the chapter before it."""
    title = ""
    blocks: list[Block] = []
    for page in pages:
        for found, more in _cut(archive.read(page), entries.get(page, [])):
            if found or not entries:
                if blocks:
                    yield _part(title, blocks)
                title, blocks = found, []
            blocks.extend(more)
    if blocks:
        yield _part(title, blocks)


def _cut(content: bytes, entries: list[Entry]) -> Iterator[tuple[str, list[Block]]]:
    """Yield the blocks of a page, with the title of the chapter that begins at them, or ""."""
    walk = HtmlBlocks(anchors={entry.anchor for entry in entries if entry.anchor})
    blocks = walk.of(root) if (root := _root(content)) is not None else []
    starts: dict[int, str] = {0: ""}
    for entry in entries:
        place = walk.places.get(entry.anchor, 0)
        starts[place] = starts.get(place) or entry.title
    places = sorted(starts)
    for place, end in zip(places, [*places[1:], len(blocks)], strict=True):
        yield starts[place], blocks[place:end]


def _root(content: bytes) -> Element | None:
    """Return the root of a page, which should be XML and often is only nearly."""
    try:
        return parsed(content)
    except Refused:
        return tree(text_of(content))


def _part(title: str, blocks: list[Block]) -> Part:
    found = next((block.text.lstrip("# ") for block in blocks[:_NEAR] if block.level), "")
    if title and not found:
        blocks = [heading(1, title), *blocks]
    return Part(UnitKind.chapter, title or found, joined(blocks))
