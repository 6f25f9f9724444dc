"""Takes the text of a paragraph or a cell of a Word file as its reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from chatdesk.documents.xml import Element, attribute, child, local

PAGE_BREAK = "\f"  # set by the writer
RENDERED_BREAK = "\v"  # where Word began a page when it saved the file
# Properties, what tracked changes took away, field codes, second copies of drawings, pronunciation above
# characters.
_LEFT_OUT = frozenset(("pPr", "tblPr", "trPr", "tcPr", "del", "moveFrom", "instrText", "Fallback", "rt"))
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "-",
    "lastRenderedPageBreak": RENDERED_BREAK,
}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes", "commentReference": "comments"}
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class Words:
    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)  # (kind, id) of those it refers to


def words_of(element: Element, beginning: Callable[[Element], Iterable[str]] | None = None) -> Words:
    """Return the text below an element, with marks where pages begin and where notes are.

    `beginning` tells what stands before the text of a paragraph in a cell or in a text box: its number.
    """
    pieces: list[str] = []
    words = Words()
    walk = etree.iterwalk(element, events=("start",))
    for _, one in walk:
        name = local(one)
        if name in _LEFT_OUT or (name == "r" and _is_hidden(one)):
            walk.skip_subtree()
        elif name == "t":
            pieces.append(one.text or "")
        elif name == "br":
            pieces.append(PAGE_BREAK if attribute(one, "type") == "page" else "\n")
        elif name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        elif name in _NOTES:
            identifier = attribute(one, "id") or ""
            words.notes.append((_NOTES[name], identifier))
            if name != "commentReference":
                pieces.append(f"[^{identifier}]")
        elif name == "p" and one is not element:  # in a cell, or in a text box
            pieces.extend(("\n",) if pieces else ())
            pieces.extend(() if beginning is None else beginning(one))
    words.text = "".join(pieces)
    return words


def is_deleted(row: Element) -> bool:
    """Whether a tracked change took away a row of a table."""
    return child(row, "trPr", "del") is not None


def _is_hidden(run: Element) -> bool:
    mark = child(run, "rPr", "vanish")
    return mark is not None and attribute(mark, "val") not in _OFF
