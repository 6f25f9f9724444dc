"""Takes the text of a paragraph or a cell of an OpenDocument file, and the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from chatdesk.documents.blocks import MOST_SPANNED, comment
from chatdesk.documents.xml import Element, attribute, child, descendants, local, number

PAGE_BREAK = "\v"  # where the program began a page when it saved the file
_MOST_SPACES = 100  # that one mark stands for; the format allows any number
_SPACES = re.compile(r"[ \t\r\n]+")
_LEFT_OUT = frozenset(
    (
        "desc",
        "title",
        "event-listeners",
        "forms",
        "hidden-text",
        "object",
        "object-ole",
        "ruby-text",
        "script",
    )
)
_ROW_GROUPS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")


@dataclass(slots=True)
class Words:
    text: str = ""
    notes: list[str] = field(default_factory=list)  # foot- and endnotes and comments, to stand behind it


def words_of(element: Element, hidden: frozenset[str] = frozenset()) -> Words:
    """Return the text of an element with marks for notes and pages; `hidden` styles hide text."""
    words = Words()
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        name = local(one)
        if event == "end":
            pieces.append(_SPACES.sub(" ", one.tail or "") if one is not element else "")
        elif name in _LEFT_OUT or (hidden and attribute(one, "style-name") in hidden):
            walk.skip_subtree()
        elif name in ("note", "annotation") and one is not element:
            pieces.append(_put_aside(one, words.notes))
            walk.skip_subtree()
        else:
            if name in ("p", "h") and pieces:
                pieces.append("\n")
            pieces.append(_beginning(one, name))
    words.text = "".join(pieces)
    return words


def _beginning(element: Element, name: str) -> str:
    if name == "s":
        return " " * min(max(number(element, "c", 1), 1), _MOST_SPACES)
    signs = {"tab": "\t", "line-break": "\n", "soft-page-break": PAGE_BREAK}
    return signs.get(name) or _SPACES.sub(" ", element.text or "")


def _put_aside(note: Element, notes: list[str]) -> str:
    """Keep the text of a note or comment; return the mark that stands in its place."""
    if local(note) == "annotation":
        author = "".join(one.text or "" for one in descendants(note, "creator"))
        text = "\n".join(words_of(one).text for one in descendants(note, "p"))
        notes.append(comment(text, author).text)
        return ""
    body = child(note, "note-body")
    citation = child(note, "note-citation")
    mark = "" if citation is None else citation.text or ""
    if body is not None:
        notes.append(f"[^{mark}]: {words_of(body).text.strip()}")
    return f"[^{mark}]"


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, without those of tables in its cells."""
    for one in table:
        if local(one) == "table-row":
            yield one
        elif local(one) in _ROW_GROUPS:
            yield from rows_of(one)


def cells_of(line: Element, hidden: frozenset[str] = frozenset()) -> tuple[list[str], list[str]]:
    """Return the texts of the cells of a row, and its notes. Empty cells at the end are left out."""
    cells: list[str] = []
    notes: list[str] = []
    empty = 0
    for cell in line:
        name = local(cell)
        words = words_of(cell, hidden) if name == "table-cell" else Words()
        text = words.text.strip() or (_value(cell) if name == "table-cell" else "")
        repeated = max(number(cell, "number-columns-repeated", 1), 1)
        if not text:
            empty += repeated
            continue
        cells.extend([""] * min(empty, MOST_SPANNED))
        cells.extend([text] * min(repeated, MOST_SPANNED))
        notes.extend(words.notes)
        empty = 0
    return cells, notes


def _value(cell: Element) -> str:
    """Return the value of a cell that does not say how it looks."""
    values = (attribute(cell, name) for name in _VALUES)
    return next((value for value in values if value), "")
