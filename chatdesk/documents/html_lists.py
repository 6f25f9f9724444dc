"""Counts the items of the lists of a web page, as a browser does when it shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatdesk.documents.list_marks import BULLET, KINDS, MOST, numeral
from chatdesk.documents.xml import Element

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)*)\b", re.I)
_STYLES = {
    "decimal": "1",
    "decimal-leading-zero": "01",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "none": "",
    "disc": "",
    "circle": "",
    "square": "",
}
_WHOLE = re.compile(r"\s*([+-]?\d{1,10})")


@dataclass(slots=True)
class _List:
    kind: str  # "" for one without numbers
    next: int
    step: int


class HtmlLists:
    """The lists around the place that is being read."""

    def __init__(self) -> None:
        self._lists: list[_List] = []

    @property
    def depth(self) -> int:
        return len(self._lists)

    def begin(self, element: Element) -> None:
        is_reversed = "reversed" in element.attrib
        usual = len(element.findall("{*}li")) if is_reversed else 1
        start = _whole(element.get("start"), usual)
        self._lists.append(_List(_kind(element), start, -1 if is_reversed else 1))

    def end(self) -> None:
        if self._lists:
            self._lists.pop()

    def mark(self, item: Element) -> str:
        """Return what stands before an item that begins: BULLET or its number."""
        if not self._lists or not (found := self._lists[-1]).kind:
            return BULLET
        value = _whole(item.get("value"), found.next)
        found.next = value + found.step
        return f"{numeral(value, found.kind)}."


def _kind(element: Element) -> str:
    if (style := _STYLE.search(element.get("style", ""))) is not None and style[1].lower() in _STYLES:
        return _STYLES[style[1].lower()]
    if not element.tag.endswith("ol"):
        return ""
    kind = element.get("type", "1").strip()
    return kind if kind in KINDS else "1"


def _whole(text: str | None, otherwise: int) -> int:
    found = _WHOLE.match(text or "")
    return otherwise if found is None else min(max(int(found[1]), -MOST), MOST)
