"""The texts of cells and comments in a workbook, with their looks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from chatdesk.documents.rewrite.code_style import is_code_font
from chatdesk.documents.rewrite.flat_runs import Formats, grouped
from chatdesk.documents.rewrite.inline import Node, Paragraph, Span, Thing
from chatdesk.documents.xml import Element, attribute, child, local

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAK = re.compile(r"(\r?\n|_x[0-9A-Fa-f]{4}_)")  # the latter stands for a sign that XML has not
_READING = frozenset(("rPh", "phoneticPr"))  # how signs are read, which a translation is not


class StringSlot:
    """The element of a text, which holds a text or runs with looks of their own."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._formats = Formats(frozenset())
        nodes, self._base = grouped(self._pieces())
        self._paragraph = Paragraph(nodes)
        self.text = self._paragraph.text
        self.plain = "".join(text for _, text in self._runs(nodes, self._base))

    def put(self, text: str) -> bool:
        """Give the element another text; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(text)
        runs = _joined(self._runs(nodes, self._base))
        self.plain = "".join(words for _, words in runs)
        rest = [one for one in self._element if local(one) not in ("t", "r", *_READING)]
        if all(self._formats.properties(key) is None for key, _ in runs):
            new = [self._holder(self.plain)]
        else:
            new = [self._run(key, words) for key, words in runs]
        self._element[:] = [*new, *rest]
        return fits

    def _pieces(self) -> Iterator[tuple[str | None, Node]]:
        for one in self._element:
            if local(one) == "t":
                yield from self._texts(self._formats.key(None), one)
            elif local(one) == "r":
                look = child(one, "rPr")
                holder = child(one, "t")
                if holder is None:
                    continue
                key = self._formats.key(look)
                if is_code_font(attribute(child(look, "rFont"), "val") or ""):
                    yield None, Thing([Span(key, [holder.text or ""])], is_word=True)
                else:
                    yield from self._texts(key, holder)

    def _texts(self, key: str, holder: Element) -> Iterator[tuple[str | None, Node]]:
        for number, piece in enumerate(_BREAK.split(holder.text or "")):
            yield (None, Thing([piece])) if number % 2 else (key, piece)

    def _runs(self, nodes: Sequence[Node], look: str) -> Iterator[tuple[str, str]]:
        for node in nodes:
            if isinstance(node, str):
                yield look, node
            elif isinstance(node, Span):
                yield from self._runs(node.nodes, str(node.key))
            else:
                parts = [part for part in node.parts if isinstance(part, str | Span)]
                yield from self._runs(parts, look)

    def _run(self, key: str, text: str) -> Element:
        run = etree.Element(f"{{{self._space}}}r")
        look = self._formats.properties(key)
        if look is not None:
            run.append(copy.deepcopy(look))
        run.append(self._holder(text))
        return run

    def _holder(self, text: str) -> Element:
        holder = etree.Element(f"{{{self._space}}}t")
        holder.text = text
        if text != " ".join(text.split()):
            holder.set(_SPACE, "preserve")
        return holder

    @property
    def _space(self) -> str | None:
        return etree.QName(self._element).namespace


def _joined(runs: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return runs that are not empty, neighbours of one look as one."""
    joined: list[tuple[str, str]] = []
    for key, text in runs:
        if text and joined and joined[-1][0] == key:
            joined[-1] = (key, joined[-1][1] + text)
        elif text:
            joined.append((key, text))
    return joined
