"""Reads the sheets of Excel workbooks, their numbers and dates as the cells show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatdesk.documents.archives import Archive
from chatdesk.documents.number_formats import BUILT_IN, GENERAL, shown
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.sheet_rows import Line, Sheet
from chatdesk.documents.xml import Element, attribute, child, descendants, local, number, streamed

MAIN = "xl/workbook.xml"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_BOOLEANS = {"0": "FALSE", "1": "TRUE"}


class Workbook:
    """What the sheets of one file share. Raises Refused, MemoryError."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        root = archive.xml(MAIN)
        self._since_1904 = attribute(child(root, "workbookPr"), "date1904") in ("1", "true")
        self._strings: list[str] = []
        self._formats: list[str] = []
        relations = archive.relations(MAIN)
        self._sheets = _shown(root, relations)
        for kind, member in relations.values():
            if kind == "sharedStrings" and member in archive:
                with archive.opened(member) as stream:
                    self._strings = [_text(one) for one in streamed(stream, "si")]
            elif kind == "styles" and member in archive:
                self._formats = _formats(archive.xml(member))

    def __len__(self) -> int:
        return len(self._sheets)

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets that are shown, in their order."""
        for name, member in self._sheets:
            yield name, self._lines(member)

    def _lines(self, member: str) -> Iterator[Line]:
        with self._archive.opened(member) as stream:
            for line in streamed(stream, "row"):
                yield self._cells(line)
        for kind, target in self._archive.relations(member).values():
            if kind == "comments" and target in self._archive:
                for comment in descendants(self._archive.xml(target), "comment"):
                    yield f"[Comment on {attribute(comment, 'ref')}: {_text(comment)}]"

    def _cells(self, line: Element) -> list[tuple[int, str]]:
        cells = []
        column = -1
        for cell in line:
            column = _column(cell.get("r", ""), column + 1)
            if text := self._shown(cell):
                cells.append((column, text))
        return cells

    def _shown(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        content = child(cell, "v")
        value = "" if content is None else content.text or ""
        if kind == "s":
            place = int(value) if value.isdecimal() else -1
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        if kind == "b":
            return _BOOLEANS.get(value, value)
        if kind == "n" and value:
            return self._number(value, number(cell, "s", 0))
        formula = child(cell, "f")
        # Programs that do not calculate leave the value to the next one that does.
        return value or (f"={formula.text}" if formula is not None and formula.text else "")

    def _number(self, value: str, style: int) -> str:
        try:
            code = self._formats[style] if 0 <= style < len(self._formats) else GENERAL
            return shown(float(value), code, self._since_1904)
        except ValueError:
            return value


def _shown(root: Element, relations: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return names and members of the sheets that are not hidden. Raises Refused where there are none."""
    sheets = []
    for sheet in descendants(root, "sheet"):
        # The relation's identifier stands in a namespace, whichever of the two the file uses.
        key = next((str(value) for name, value in sheet.items() if str(name).endswith("}id")), "")
        kind, member = relations.get(key, ("", ""))
        if kind == "worksheet":
            sheets.append((sheet.get("name", ""), member, sheet.get("state", "visible")))
    if not sheets:
        raise Refused(Refusal.damaged, "no sheets")
    return [(name, member) for name, member, state in sheets if state == "visible"]


def _formats(root: Element) -> list[str]:
    """Return the format of each style of cells."""
    codes = dict(BUILT_IN)
    for one in descendants(root, "numFmt"):
        codes[number(one, "numFmtId", -1)] = attribute(one, "formatCode") or GENERAL
    styles = child(root, "cellXfs")
    return [codes.get(number(one, "numFmtId", 0), GENERAL) for one in (() if styles is None else styles)]


def _text(element: Element) -> str:
    """Return a text that may be in runs, without what tells its pronunciation."""
    return "".join(
        one.text or ""
        for one in descendants(element, "t")
        if (parent := one.getparent()) is None or local(parent) != "rPh"
    )


def _column(reference: str, otherwise: int) -> int:
    """Return the column, from 0, of a reference such as "AB12"."""
    letters = _LETTERS.match(reference)
    if letters is None:
        return otherwise
    column = 0
    for letter in letters[0]:
        column = column * 26 + ord(letter) - 64
    return column - 1
