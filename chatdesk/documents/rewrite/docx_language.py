"""Tells Word which language and direction the translated paragraphs have."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from chatdesk.documents.rewrite.directions import is_right_to_left
from chatdesk.documents.xml import Element, child, descendants, local

_EAST_ASIAN = ("zh", "ja", "ko")
# What the format wants behind the mark for the direction, in paragraphs and in runs.
_BEHIND_BIDI = (
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap",
    "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
    "sectPr", "pPrChange",
)  # fmt: skip
_BEHIND_RTL = ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange")


def set_language(root: Element, language: str) -> None:
    """Let every text that names its language name this one."""
    space = etree.QName(root).namespace
    names = ["val"]
    if language.partition("-")[0] in _EAST_ASIAN:
        names.append("eastAsia")
    elif is_right_to_left(language):
        names.append("bidi")
    defaults = child(root, "docDefaults", "rPrDefault", "rPr")
    if defaults is not None and child(defaults, "lang") is None:
        etree.SubElement(defaults, f"{{{space}}}lang")
    for one in descendants(root, "lang"):
        for name in names:
            one.set(f"{{{space}}}{name}", language)


def set_direction(paragraphs: Iterable[Element], language: str) -> None:
    right_to_left = is_right_to_left(language)
    for paragraph in paragraphs:
        properties = _first(paragraph, "pPr", right_to_left)
        if properties is not None:
            _mark(properties, "bidi", _BEHIND_BIDI, right_to_left)
        for run in descendants(paragraph, "r"):
            if child(run, "t") is not None:
                look = _first(run, "rPr", right_to_left)
                if look is not None:
                    _mark(look, "rtl", _BEHIND_RTL, right_to_left)


def _first(parent: Element, name: str, make: bool) -> Element | None:
    """Return the properties that an element begins with; make them if there are none and they are needed."""
    properties = child(parent, name)
    if properties is None and make:
        properties = etree.Element(f"{{{etree.QName(parent).namespace}}}{name}")
        parent.insert(0, properties)
    return properties


def _mark(properties: Element, name: str, behind: tuple[str, ...], wanted: bool) -> None:
    for old in [one for one in properties if local(one) == name]:
        properties.remove(old)
    if wanted:
        place = next((n for n, one in enumerate(properties) if local(one) in behind), len(properties))
        properties.insert(place, etree.Element(f"{{{etree.QName(properties).namespace}}}{name}"))
