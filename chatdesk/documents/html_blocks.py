"""Walks through a tree of HTML and makes blocks of it: headings, paragraphs, items, rows."""

from __future__ import annotations

import html
import re
from collections.abc import Container

from lxml import etree

from chatdesk.documents.blocks import MOST_SPANNED, Block, heading, item, paragraph, row
from chatdesk.documents.html_lists import HtmlLists
from chatdesk.documents.list_marks import BULLET
from chatdesk.documents.xml import Element, local

_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# The last three are signs behind headings: links to them, and "[edit]" in an encyclopedia.
_UNSEEN_CLASSES = _names(
    "sr-only visually-hidden screen-reader-text noprint no-print d-print-none headerlink doc-anchor "
    "mw-editsection"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr html legend li main menu nav ol p pre section summary "
    "table tbody tfoot thead tr td th ul h1 h2 h3 h4 h5 h6"
)
_LISTS = _names("ul ol menu dir")
_SILENT = _names(
    "script style noscript template head title svg iframe object embed applet video audio canvas map select "
    "button input textarea datalist progress meter annotation annotation-xml rt rp del colgroup"
)
_FRAME = _names("nav footer aside")
_FRAME_ROLES = _names("navigation contentinfo complementary search menu menubar dialog alertdialog")


class HtmlBlocks:
    """Made for one tree. `leave_out_frame`: menus, footers and what stands beside the text are no content.

    Of the elements that are called as one of `anchors` it notes before which block they stand.
    """

    def __init__(self, leave_out_frame: bool = False, anchors: Container[str] = ()) -> None:
        self.places: dict[str, int] = {}
        self._leave_out_frame = leave_out_frame
        self._anchors = anchors
        self._blocks: list[Block] = []
        self._text: list[str] = []  # of the block that is being read
        self._lists = HtmlLists()
        self._mark = ""  # of the item that it begins
        self._level = 0  # it is a heading
        self._pre = 0
        self._tables: list[_Rows | None] = []  # those around it; None for tables that only place things

    def of(self, root: Element) -> list[Block]:
        silent = False
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                silent = element is not root and self._is_silent(element)
                if silent:
                    walk.skip_subtree()
                else:
                    self._enter(element, local(element))
            else:
                if not silent:
                    self._leave(local(element))
                silent = False
                if element is not root:
                    self._add(element.tail)
        self._end_block()
        return self._blocks

    def _is_silent(self, element: Element) -> bool:
        name = local(element)
        if name in _SILENT:
            return True
        if not name or not element.attrib:
            return self._leave_out_frame and name in _FRAME
        if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
            return True
        if not _UNSEEN_CLASSES.isdisjoint(element.get("class", "").split()):
            return True
        return self._leave_out_frame and (name in _FRAME or element.get("role") in _FRAME_ROLES)

    def _enter(self, element: Element, name: str) -> None:
        if name in _BLOCKS:
            self._end_block()
        if self._anchors:
            self._note_place(element)
        if name in _HEADINGS:
            self._level = _HEADINGS[name]
        elif name in _LISTS:
            self._lists.begin(element)
        elif name == "li":
            self._mark = self._lists.mark(element)
        elif name == "pre":
            self._pre += 1
        elif name == "br":
            self._text.append("\n")
        elif name == "table":
            self._tables.append(_Rows() if _holds_data(element) else None)
        elif name in ("td", "th") and (table := self._table()) is not None:
            table.begin_cell(element)
        self._add(_entity(element) if not name else element.text)

    def _note_place(self, element: Element) -> None:
        for anchor in (element.get("id"), element.get("name")):
            if anchor and anchor in self._anchors:
                self.places.setdefault(anchor, len(self._blocks))

    def _leave(self, name: str) -> None:
        if name not in _BLOCKS:
            return
        self._end_block()
        if name in _HEADINGS:
            self._level = 0
        elif name in _LISTS:
            self._lists.end()
        elif name == "li":
            self._mark = ""
        elif name == "pre":
            self._pre = max(0, self._pre - 1)
        elif name == "tr" and (table := self._table()) is not None:
            self._append(table.end_row())
        elif name == "table" and self._tables:
            self._tables.pop()

    def _table(self) -> _Rows | None:
        return self._tables[-1] if self._tables else None

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text if self._pre else _SPACES.sub(" ", text))

    def _end_block(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not self._pre:
            text = re.sub(r" *\n *", "\n", re.sub(" {2,}", " ", text))
        if not text.strip():
            return
        mark, self._mark = self._mark, ""
        numbered = text if mark in ("", BULLET) else f"{mark} {text}"
        table = self._table()
        if table is not None and table.takes(numbered):
            return
        if self._level:
            self._append(heading(self._level, numbered))
            self._mark = mark if mark == BULLET else ""
        elif mark:
            self._append(item(text, self._lists.depth - 1, mark))
        else:
            self._append(paragraph(text) if not self._pre else Block(text.strip("\n")))

    def _append(self, block: Block) -> None:
        if block.text:
            self._blocks.append(block)


class _Rows:
    """The cells of a table that are being read, each with the columns and rows that it covers."""

    def __init__(self) -> None:
        self._cells: list[str] = []
        self._in_cell = False
        self._from_above: dict[int, int] = {}  # {column: rows below that a cell still covers}

    def begin_cell(self, element: Element) -> None:
        self._skip_covered()
        column = len(self._cells)
        width = _span(element, "colspan")
        height = _span(element, "rowspan")
        self._cells.extend([""] * width)
        if height > 1:
            self._from_above.update((place, height) for place in range(column, column + width))
        self._place = column
        self._in_cell = True

    def takes(self, text: str) -> bool:
        """Add text to the open cell; False where there is none, as for the caption."""
        if self._in_cell:
            self._cells[self._place] += f" {text}"
        return self._in_cell

    def end_row(self) -> Block:
        """Return the row; one that has a single cell is a paragraph."""
        cells, self._cells, self._in_cell = self._cells, [], False
        self._from_above = {place: rows - 1 for place, rows in self._from_above.items() if rows > 1}
        return row(cells) if len(cells) > 1 else paragraph("".join(cells))

    def _skip_covered(self) -> None:
        while len(self._cells) in self._from_above and len(self._cells) < 10 * MOST_SPANNED:
            self._cells.append("")


def _span(element: Element, name: str) -> int:
    value = element.get(name, "1").strip()
    return min(max(int(value), 1), MOST_SPANNED) if value.isascii() and value.isdigit() else 1


def _holds_data(table: Element) -> bool:
    """Whether a table is one to its reader; those with tables inside and those that say so place things."""
    if table.get("role") in ("presentation", "none"):
        return False
    return next(table.iterdescendants("{*}table", "table"), None) is None


def _entity(element: Element) -> str:
    """Return the character that an entity left unexpanded by the parser stands for."""
    reference = f"&{getattr(element, 'name', '')};"
    text = html.unescape(reference)
    return "" if text == reference else text
