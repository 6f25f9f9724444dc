"""Tells what the styles of an OpenDocument file do to a text, and lets them name another language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatdesk.documents.rewrite.code_style import is_code_font, is_code_style
from chatdesk.documents.rewrite.directions import is_right_to_left
from chatdesk.documents.xml import Element, attribute, child, descendants, local

_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_MODE = f"{{{_STYLE}}}writing-mode"
# What cannot be seen: who wrote it when, and in which language.
_NO_LOOK = ("rsid", "paragraph-rsid", "language", "country", "script", "rfc-language-tag")
_ASIAN, _COMPLEX = "-asian", "-complex"
_EAST_ASIAN = ("zh", "ja", "ko")
_LEFT, _RIGHT = ("lr-tb", "lr"), ("rl-tb", "rl")
_COUNTRY = re.compile("[A-Z]{2}|[0-9]{3}")
_TOO_MUCH = 0.5  # of a text in a font for code: then it is a matter of taste


class Styles:
    """Of one member; `root` is its own, `others` those with the styles that all members share."""

    def __init__(self, root: Element, others: Sequence[Element]) -> None:
        self._looks: dict[str, str] = {}
        self._named: set[str] = set()
        self._in_font: set[str] = set()
        known: dict[str, str] = {}
        for each in (*others, root):
            for style in descendants(each, "style"):
                family = attribute(style, "family")
                is_own = local(_parent(style)) == "automatic-styles"
                if is_own and each is not root:
                    continue
                name = attribute(style, "name") or ""
                self._note_code(style, name)
                if family == "text":
                    look = _look(style) if is_own else name
                    self._looks[name] = known.setdefault(look, name) if look else ""
        self._fonts_tell = True
        self._fonts_tell = self._share(root) <= _TOO_MUCH

    def look(self, name: str) -> str:
        """Return the style that stands for all that look the same, "" for one that cannot be seen."""
        return self._looks.get(name, name)

    def is_code(self, name: str) -> bool:
        named = name in self._named or is_code_style(name.replace("_20_", " "))
        return named or (self._fonts_tell and name in self._in_font)

    def _note_code(self, style: Element, name: str) -> None:
        parent = attribute(style, "parent-style-name") or ""
        names = (name, attribute(style, "display-name") or "", parent)
        look = child(style, "text-properties")
        fonts = (attribute(look, "font-name") or "", attribute(look, "font-family") or "")
        if parent in self._named or any(is_code_style(one.replace("_20_", " ")) for one in names):
            self._named.add(name)
        elif parent in self._in_font or any(map(is_code_font, fonts)):
            self._in_font.add(name)

    def _share(self, root: Element) -> float:
        """Return how much of a text is code as far as fonts tell."""
        code = total = 0
        for kind in ("p", "h", "span"):
            for one in descendants(root, kind):
                own = len(one.text or "") + sum(len(inner.tail or "") for inner in one)
                total += own
                around = _parent(one) if kind == "span" else one
                names = {attribute(one, "style-name") or "", attribute(around, "style-name") or ""}
                code += own * any(map(self.is_code, names))
        return code / max(1, total)


def _look(style: Element) -> str:
    """Return a text that is the same for styles that look the same, "" for one that cannot be seen."""
    properties = child(style, "text-properties")
    attributes = (
        [] if properties is None else sorted((str(key), str(value)) for key, value in properties.items())
    )
    seen = [f"{key}={value}" for key, value in attributes if not _is_unseen(key.rpartition("}")[2])]
    return ",".join([*seen, attribute(style, "parent-style-name") or ""]).strip(",")


def _is_unseen(name: str) -> bool:
    return name.removesuffix(_ASIAN).removesuffix(_COMPLEX) in _NO_LOOK


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def set_language(root: Element, language: str) -> None:
    """Let every style that names a language name this one, and the direction of its script."""
    first, _, rest = language.partition("-")
    right_to_left = is_right_to_left(language)
    suffix = _ASIAN if first in _EAST_ASIAN else _COMPLEX if right_to_left else ""
    space = _STYLE if suffix else _FO
    country = next((part for part in rest.split("-") if _COUNTRY.fullmatch(part)), "none")
    for look in descendants(root, "text-properties"):
        if f"{{{space}}}language{suffix}" in look.attrib or _is_default(look):
            look.set(f"{{{space}}}language{suffix}", first)
            look.set(f"{{{space}}}country{suffix}", country)
    before, after = (_LEFT, _RIGHT) if right_to_left else (_RIGHT, _LEFT)
    for layout in [*descendants(root, "paragraph-properties"), *descendants(root, "page-layout-properties")]:
        mode = layout.get(_MODE)
        if mode in before:
            layout.set(_MODE, after[before.index(mode)])
        elif right_to_left and _is_default(layout):
            layout.set(_MODE, after[0])


def _is_default(properties: Element) -> bool:
    return local(_parent(properties)) == "default-style"
