"""Tells which runs and paragraphs of a Word file are program code."""

from __future__ import annotations

from collections.abc import Iterator

from chatdesk.documents.rewrite.code_style import is_code_font, is_code_style
from chatdesk.documents.xml import Element, attribute, child, descendants, local

_TOO_MUCH = 0.5  # of a text: then its font is a matter of taste
_FONTS = ("ascii", "hAnsi")


class Code:
    """`styles` is the root of the file's styles, None where it has none; `body` its main text."""

    def __init__(self, styles: Element | None, body: Element) -> None:
        self._named: set[str] = set()
        self._in_font: set[str] = set()
        for style in _chains(styles):
            identifiers = [attribute(one, "styleId") or "" for one in style]
            names = [attribute(child(one, "name"), "val") or "" for one in style]
            if any(map(is_code_style, (*identifiers, *names))):
                self._named.add(identifiers[0])
            elif any(_has_code_font(child(one, "rPr")) for one in style):
                self._in_font.add(identifiers[0])
        self._fonts_tell = True
        self._fonts_tell = self._share(body) <= _TOO_MUCH

    def is_run(self, properties: Element | None) -> bool:
        style = attribute(child(properties, "rStyle"), "val") or ""
        return self._is_style(style) or (self._fonts_tell and _has_code_font(properties))

    def is_paragraph(self, paragraph: Element) -> bool:
        return self._is_style(attribute(child(paragraph, "pPr", "pStyle"), "val") or "")

    def _is_style(self, identifier: str) -> bool:
        return identifier in self._named or (self._fonts_tell and identifier in self._in_font)

    def _share(self, body: Element) -> float:
        """Return how much of a text is code as far as fonts tell."""
        code = total = 0
        for paragraph in descendants(body, "p"):
            whole = self.is_paragraph(paragraph)
            for run in descendants(paragraph, "r"):
                length = sum(len(one.text or "") for one in run if local(one) == "t")
                total += length
                code += length * (whole or self.is_run(child(run, "rPr")))
        return code / max(1, total)


def _chains(root: Element | None) -> Iterator[list[Element]]:
    """Yield each style with those that it is based on, but for the one that all texts have by default."""
    if root is None:
        return
    styles = {
        attribute(one, "styleId") or "": one
        for one in root
        if local(one) == "style" and attribute(one, "default") not in ("1", "true", "on")
    }
    for style in styles.values():
        chain: list[Element] = []
        now: Element | None = style
        while now is not None and now not in chain:
            chain.append(now)
            now = styles.get(attribute(child(now, "basedOn"), "val") or "")
        yield chain


def _has_code_font(properties: Element | None) -> bool:
    fonts = child(properties, "rFonts")
    return any(is_code_font(attribute(fonts, name) or "") for name in _FONTS)
