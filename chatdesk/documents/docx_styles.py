"""Tells headings, items of lists and page breaks in a Word file from the styles of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from chatdesk.documents.xml import Element, attribute, child, local, number

_HEADING = re.compile(r"heading ([1-9])")
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True, slots=True)
class Style:
    level: int = 0  # of a heading, from 1; 0 for none
    depth: int | None = None  # lists around this item; None outside lists
    breaks_page: bool = False  # begins a new page
    numbering: str = ""  # the list that it is an item of; headings have lists too


class Styles:
    """The paragraph styles of one file; `root` is that of its styles, None where it has none.

    `levels` are those that lists have for styles of paragraphs.
    """

    def __init__(self, root: Element | None, levels: Mapping[str, int] = MappingProxyType({})) -> None:
        self._levels = levels
        styles = [] if root is None else [one for one in root if local(one) == "style"]
        self._elements = {attribute(one, "styleId") or "": one for one in styles}
        self._known: dict[str, Style] = {}

    def of(self, properties: Element | None) -> Style:
        """Return what a paragraph is by its own properties and by its style."""
        named = self._named(attribute(child(properties, "pStyle"), "val") or "")
        return _changed(named, properties, named.depth or 0)

    def _named(self, identifier: str) -> Style:
        if identifier not in self._known:
            chain: list[Element] = []
            while (element := self._elements.get(identifier)) is not None and element not in chain:
                chain.append(element)
                identifier = attribute(child(element, "basedOn"), "val") or ""
            style = Style()
            for element in reversed(chain):
                depth = self._levels.get(attribute(element, "styleId") or "", style.depth or 0)
                style = _changed(_renamed(style, element), child(element, "pPr"), depth)
            if not chain:
                return style
            self._known[attribute(chain[0], "styleId") or ""] = style
            return style
        return self._known[identifier]


def _renamed(style: Style, element: Element) -> Style:
    """Return what the name says; those of Word's own styles are English in every file."""
    name = (attribute(child(element, "name"), "val") or "").casefold()
    if (match := _HEADING.fullmatch(name)) is not None:
        return Style(int(match[1]), None, style.breaks_page)
    return Style(1, None, style.breaks_page) if name == "title" else style


def _changed(style: Style, properties: Element | None, otherwise: int) -> Style:
    """Return a style with these properties; an item whose depth they do not say is `otherwise` deep."""
    if properties is None:
        return style
    level, depth, breaks_page, listed = style.level, style.depth, style.breaks_page, style.numbering
    if (outline := child(properties, "outlineLvl")) is not None:
        outer = number(outline, "val", _BODY_TEXT)
        level = outer + 1 if 0 <= outer < _BODY_TEXT else 0
    if (numbering := child(properties, "numPr")) is not None:
        listed = attribute(child(numbering, "numId"), "val") or listed
        depth = None if listed == "0" else number(child(numbering, "ilvl"), "val", otherwise)
    if (own := child(properties, "pageBreakBefore")) is not None:
        breaks_page = attribute(own, "val") not in ("0", "false", "off")
    return Style(level, depth, breaks_page, listed)
