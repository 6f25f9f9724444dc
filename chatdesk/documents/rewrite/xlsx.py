"""Writes workbooks with other texts: cells, comments, shapes, charts, sheets; never what is calculated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.drawingml import add_member, set_language
from chatdesk.documents.rewrite.marks import has_words, without_marks
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.office import Office
from chatdesk.documents.rewrite.packages import Package, opened_package
from chatdesk.documents.rewrite.slots import Slots, Touching
from chatdesk.documents.rewrite.xlsx_headers import has_headers, header_slots
from chatdesk.documents.rewrite.xlsx_strings import StringSlot
from chatdesk.documents.rewrite.xlsx_words import Sought
from chatdesk.documents.xml import Element, child, descendants, local
from chatdesk.domain.markup import MarkedFile

_MAIN = "xl/workbook.xml"
_CALCULATED = ("worksheet", "table", "chart", "chartEx", "pivotCacheDefinition", "externalLink")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # in the name of a sheet
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_BEFORE_CALCULATION = frozenset(  # what stands before the properties of it, as the format wants it
    (
        "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
        "functionGroups", "externalReferences", "definedNames",
    )
)  # fmt: skip
_LONGEST = 31  # characters of the name of a sheet


def read(path: Path) -> MarkedFile:
    """Return the texts of a workbook. Raises Refused, OSError, MemoryError."""
    with opened_package(path) as package:
        return _Xlsx(package).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the workbook with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    with opened_package(path) as package:
        xlsx = _Xlsx(package)
        simplified = xlsx.slots.put(texts)
        xlsx.finish(language)
        package.save(target)
    return simplified


class _Xlsx:
    def __init__(self, package: Package) -> None:
        if _MAIN not in package:
            raise Refused(Refusal.unsupported, "a workbook in another form")
        self.slots = Slots()
        self._package = package
        self._office = office = Office(package, _MAIN)
        self._sought = Sought()
        self._strings: list[tuple[str, StringSlot]] = []  # with the texts that they had
        self._taken_back: set[str] = set()  # those of which two columns of a table would be called the same
        self._drawings: list[str] = []
        self._with_inline: set[str] = set()  # members with texts beside those that are shared
        self._with_headers: list[str] = []
        self._has_formulas = False
        self._look_around()
        office.add_title(self.slots)
        self._add_sheet_names()
        for kind, name in office.parts:
            if kind == "sharedStrings":
                self._add_strings(name, "si")
        for kind, name in office.parts:
            if name in self._with_inline:
                self._add_strings(name, "is")
            elif kind == "comments":
                self._add_strings(name, "text")
            elif kind == "drawing":
                self._drawings.append(name)
                add_member(self.slots, package, name)
            elif kind == "threadedComment":
                self.slots.note(Note.comments)
        self._add_headers()
        office.add_drawings(self.slots)
        office.add_notes(self.slots)

    def _look_around(self) -> None:
        """Find out what must keep its words."""
        for kind, name in [("workbook", self._office.main), *self._office.parts]:
            if kind != "workbook" and kind not in _CALCULATED:
                continue
            with self._package.archive.opened(name) as stream:
                content = stream.read()
            self._sought.look_into(content)
            if kind in ("worksheet", "table", "pivotCacheDefinition"):
                self._sought.look_for_values(content)
            self._has_formulas |= kind == "worksheet" and _FORMULA.search(content) is not None
            if kind == "worksheet" and has_headers(content):
                self._with_headers.append(name)
            if b"inlineStr" in content:
                self._with_inline.add(name)

    def _add_sheet_names(self) -> None:
        sheets = list(descendants(self._package.root(self._office.main), "sheet"))
        has_macros = any("vbaProject" in name for name in self._package.archive.names())
        for sheet in sheets:
            slot = _SheetSlot(sheet, sheets)
            if not has_macros and slot.text.casefold() not in self._sought.sheets:
                self.slots.add(self._office.main, Touching(slot, self._package, self._office.main))
            elif has_words(slot.text):
                self.slots.note(Note.sheet_names)

    def _add_headers(self) -> None:
        for name in self._with_headers:
            for slot in header_slots(self._package.root(name)):
                self.slots.add(name, Touching(slot, self._package, name))

    def _add_strings(self, name: str, kind: str) -> None:
        for element in descendants(self._package.root(name), kind):
            slot = StringSlot(element)
            if slot.plain.strip().casefold() not in self._sought.words:
                self._strings.append((slot.plain, slot))
                self.slots.add(name, Touching(slot, self._package, name))
            elif has_words(slot.text):
                self.slots.note(Note.formula_words)

    def finish(self, language: str) -> None:
        """Let tables call their columns as the cells above them do, and drawings say their language."""
        tables = [name for kind, name in self._office.parts if kind == "table"]
        if self._package.is_changed:
            while any(self._take_back(name) for name in tables):
                pass  # what was taken back may be the name of a column in another table
            for name in tables:
                self._rename_columns(name)
            if self._has_formulas:
                self._calculate_anew()
        if language:
            self._office.set_drawings_language(language)
            for name in self._drawings:
                if self._package.is_touched(name):
                    set_language(self._package.root(name), language)

    def _calculate_anew(self) -> None:
        """Have the application that opens the file calculate it: what formulas show of texts is as before."""
        root = self._package.root(self._office.main)
        properties = child(root, "calcPr")
        if properties is None:
            properties = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
            before = [place for place, one in enumerate(root) if local(one) in _BEFORE_CALCULATION]
            root.insert(before[-1] + 1 if before else len(root), properties)
        properties.set("fullCalcOnLoad", "1")
        self._package.touch(self._office.main)

    def _take_back(self, table: str) -> bool:
        """Give columns that would be called the same their old names; return whether there were some."""
        renamed = self._renamed()
        new: dict[str, list[str]] = {}
        for column in descendants(self._package.root(table), "tableColumn"):
            old = _shown(column.get("name", ""))
            new.setdefault(renamed.get(old, old).casefold(), []).append(old)
        doubled = {old for names in new.values() if len(names) > 1 for old in names if old in renamed}
        for old, slot in self._strings:
            if old in doubled:
                slot.put(slot.text)
        self._taken_back |= doubled
        return bool(doubled)

    def _rename_columns(self, table: str) -> None:
        renamed = self._renamed()
        for column in descendants(self._package.root(table), "tableColumn"):
            for attribute in ("name", "totalsRowLabel"):
                new = renamed.get(_shown(column.get(attribute, "")))
                if new is not None:
                    column.set(attribute, new.replace("\n", "_x000a_"))
                    self._package.touch(table)

    def _renamed(self) -> dict[str, str]:
        return {
            old: slot.plain
            for old, slot in self._strings
            if slot.plain != old and old not in self._taken_back
        }


class _SheetSlot:
    """The name of a sheet, for which Excel has its rules."""

    def __init__(self, sheet: Element, sheets: Sequence[Element]) -> None:
        self._sheet = sheet
        self._sheets = sheets
        self.text = sheet.get("name", "")

    def put(self, text: str) -> bool:
        """Give the sheet another name, as much of it as the rules allow; return True."""
        plain = without_marks(text)
        name = _FORBIDDEN.sub(" ", plain).strip(" '")[:_LONGEST].strip() or self.text
        others = {one.get("name", "").casefold() for one in self._sheets if one is not self._sheet}
        number = 2
        whole = name
        while name.casefold() in others:
            name = f"{whole[: _LONGEST - 4].strip()} {number}"
            number += 1
        self._sheet.set("name", name)
        return True


def _shown(name: str) -> str:
    """Return the name of a column as its cell shows it."""
    return re.sub("_x000[aA]_", "\n", name)
