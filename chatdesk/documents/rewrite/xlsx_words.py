"""Finds the words that formulas, filters and pivot tables of a workbook look for, which have to stay."""

from __future__ import annotations

import html
import re

_FORMULA = re.compile(
    rb"<(?:\w+:)?(?:f|formula|formula[12]|definedName|calculatedColumnFormula|totalsRowFormula)"
    rb"(?:\s[^<>]*)?>([^<]+)<"
)
_ATTRIBUTE = re.compile(rb'\s(?:location|sheet)="([^"<>]+)"')
_SOUGHT = re.compile(
    rb'<(?:\w+:)?(?:filter|customFilter|s|cacheField)\s(?:[^<>]*?\s)?(?:val|v|name)="([^"<>]*)"'
)
_LITERAL = re.compile(r'"((?:[^"]|"")*+)"')
_COLUMN = re.compile(r"\[([^\[\]]+)\]")
_SHEET = re.compile(r"""(?:'((?:[^']|'')++)'|([^\s'!,;(){}+\-*/&=<>^"\[\]]++))!""")
_BOOK = re.compile(r"^.*\]")


class Sought:
    """What has been found in the members of one file."""

    def __init__(self) -> None:
        self.words: set[str] = set()  # in small letters
        self.sheets: set[str] = set()  # that are named, in small letters

    def look_into(self, content: bytes) -> None:
        """Note what is looked for in a member: a sheet, a table, a chart or the workbook."""
        for found in _FORMULA.finditer(content):
            self._note(html.unescape(found[1].decode("utf-8", "replace")))
        for found in _ATTRIBUTE.finditer(content):
            reference = html.unescape(found[1].decode("utf-8", "replace"))
            self._note_sheets(reference if "!" in reference else f"'{reference}'!")

    def look_for_values(self, content: bytes) -> None:
        """Note the values of filters and pivot tables."""
        for found in _SOUGHT.finditer(content):
            self.words.add(html.unescape(found[1].decode("utf-8", "replace")).casefold())

    def _note(self, formula: str) -> None:
        for found in _LITERAL.finditer(formula):
            text = found[1].replace('""', '"')
            # The choices of a cell are one text, with commas.
            self.words.update(part.strip().casefold() for part in (text, *text.split(",")))
        self.words.update(found[1].lstrip("#@").strip().casefold() for found in _COLUMN.finditer(formula))
        self._note_sheets(formula)

    def _note_sheets(self, formula: str) -> None:
        for found in _SHEET.finditer(formula):
            name = _BOOK.sub("", found[1].replace("''", "'") if found[1] else found[2])
            self.sheets.update(part.casefold() for part in (name, *name.split(":")))
