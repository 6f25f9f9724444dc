"""Reads PowerPoint files: a part for each slide, with its title, tables and speaker notes."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from lxml import etree

from chatdesk.documents.archives import Archive, opened
from chatdesk.documents.blocks import Block, heading, item, joined, one_line, paragraph, row
from chatdesk.documents.parts import Expected, Noted, Part, Piece, Refusal, Refused
from chatdesk.documents.xml import Element, attribute, child, descendants, local, number
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind

_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_FRAME = ("sldNum", "dt", "ftr", "hdr", "sldImg")  # placeholders that repeat on every slide
_LISTS = ("", "body", "obj")  # placeholders whose paragraphs have bullets unless they say otherwise


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  with a password it is no zip file
    """Yield the slides of a presentation, hidden ones too. Raises Refused, OSError, MemoryError."""
    with opened(path) as archive:
        slides = _slides(archive)
        yield Expected(len(slides))
        embedded = len(archive.names("ppt/embeddings/"))
        if embedded:
            yield Noted(ReadingNote(NoteKind.left_out, embedded))
        for name in slides:
            yield _slide(archive, name)


def _slides(archive: Archive) -> list[str]:
    """Return the members of the slides in the order in which they are shown."""
    root = archive.xml(_MAIN)
    if local(root) != "presentation":
        raise Refused(Refusal.damaged, "no presentation")
    relations = archive.relations(_MAIN)
    listed = child(root, "sldIdLst")
    # An identifier has two attributes called "id"; the relation's stands in a namespace.
    keys = [
        str(value)
        for one in (listed if listed is not None else ())
        for key, value in one.items()
        if "}" in key
    ]
    return [relations[key][1] for key in keys if key in relations]


def _slide(archive: Archive, name: str) -> Part:
    if name not in archive:
        return Part(UnitKind.slide, "", "")
    title, blocks = _blocks(archive.xml(name))
    notes: list[Block] = []
    for kind, target in archive.relations(name).values():
        if kind == "diagramData" and target in archive:
            blocks.extend(_lines(archive.xml(target), True))
        elif kind == "notesSlide" and target in archive:
            notes = _blocks(archive.xml(target), lists=())[1]
    if notes:
        blocks += [paragraph("Speaker notes:"), *notes]
    return Part(UnitKind.slide, title, joined([heading(1, title), *blocks]))


def _blocks(root: Element, lists: Container[str] = _LISTS) -> tuple[str, list[Block]]:
    """Return the title and the rest of a slide, in the order of its shapes."""
    title = ""
    blocks: list[Block] = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        name = local(element)
        if name == "Fallback":
            walk.skip_subtree()
        elif name == "tbl":
            blocks.extend(_rows(element))
            walk.skip_subtree()
        elif name == "sp":
            kind = _placeholder(element)
            if kind in _FRAME or _is_hidden(element):
                continue
            if kind in _TITLES and not title:
                title = one_line(" ".join(block.text for block in _lines(element, False)))
            else:
                blocks.extend(_lines(element, kind is not None and kind in lists))
    return title, blocks


def _placeholder(shape: Element) -> str | None:
    """Return what the shape holds the place of, None for a shape of the slide's own."""
    mark = child(shape, "nvSpPr", "nvPr", "ph")
    return None if mark is None else attribute(mark, "type") or ""


def _is_hidden(shape: Element) -> bool:
    return attribute(child(shape, "nvSpPr", "cNvPr"), "hidden") in ("1", "true")


def _lines(shape: Element, has_bullets: bool) -> list[Block]:
    blocks = []
    for element in descendants(shape, "p"):
        text = _text(element)
        properties = child(element, "pPr")
        kinds = {local(one) for one in properties} if properties is not None else set()
        is_item = bool(kinds & {"buChar", "buAutoNum", "buBlip"}) or (has_bullets and "buNone" not in kinds)
        blocks.append(item(text, number(properties, "lvl", 0)) if is_item else paragraph(text))
    return blocks


def _rows(table: Element) -> list[Block]:
    return [
        row(" ".join(map(_text, descendants(cell, "p"))) for cell in descendants(line, "tc"))
        for line in descendants(table, "tr")
    ]


def _text(element: Element) -> str:
    return "".join("\n" if local(one) == "br" else one.text or "" for one in element.iter("{*}t", "{*}br"))
