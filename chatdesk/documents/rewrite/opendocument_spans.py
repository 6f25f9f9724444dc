"""Makes nodes of what a paragraph of an OpenDocument file holds, and fills a paragraph with nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from chatdesk.documents.rewrite.inline import Node, Span, Thing
from chatdesk.documents.rewrite.opendocument_styles import Styles
from chatdesk.documents.xml import Element, attribute, local, number

_SILENT = frozenset(("soft-page-break",))
_NO_WORDS = frozenset(
    (
        "tab", "line-break", "s", "note", "change", "change-start", "change-end",
        "annotation", "annotation-end", "bookmark", "bookmark-start", "bookmark-end", "reference-mark-start",
        "reference-mark-end", "frame", "image", "alphabetical-index-mark", "toc-mark", "toc-mark-start",
        "toc-mark-end", "hidden-paragraph", "event-listeners",
    )
)  # fmt: skip
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 2  # that one mark for blanks stands for, to count as text


@dataclass(eq=False, slots=True)
class Around:
    """The key of a span that is an element."""

    element: Element


class Spans:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles

    def nodes(self, parent: Element) -> list[Node]:
        """Return the nodes of a paragraph or of an element in it."""
        nodes: list[Node] = [parent.text or ""]
        for element in parent:
            nodes.extend(self._of(element, local(element)))
            nodes.append(element.tail or "")
        return nodes

    def _of(self, element: Element, name: str) -> Iterator[Node]:
        if name == "span":
            style = attribute(element, "style-name") or ""
            look = self.styles.look(style)
            if self.styles.is_code(style):
                yield Thing([element], is_word=True)
            elif look:
                yield Span(look, self.nodes(element))
            else:  # of a look that cannot be seen, such as that of another language
                yield from self.nodes(element)
        elif name in ("a", "meta"):
            yield Span(Around(element), self.nodes(element))
        elif name == "ruby":
            for one in element:
                if local(one) == "ruby-base":
                    yield from self.nodes(one)
        elif name == "s" and number(element, "c", 1) <= _MOST_BLANKS:
            yield " "
        elif name and name not in _SILENT:
            yield Thing([element], name not in _NO_WORDS)

    def fill(self, parent: Element, nodes: Sequence[Node]) -> None:
        """Let an element hold these nodes and nothing else."""
        parent[:] = []
        parent.text = None
        self._append(parent, nodes)

    def _append(self, parent: Element, nodes: Sequence[Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                _add_text(parent, node)
            elif isinstance(node, Thing):
                self._append_parts(parent, node)
            elif isinstance(node.key, Around):
                node.key.element.tail = None
                self.fill(node.key.element, node.nodes)
                parent.append(node.key.element)
            else:
                parent.append(self._span(str(node.key), node.nodes))

    def _append_parts(self, parent: Element, thing: Thing) -> None:
        for part in thing.parts:
            if isinstance(part, str | Span):
                self._append(parent, [part])
            elif isinstance(part, etree._Element):
                part.tail = None
                parent.append(part)

    def _span(self, look: str, nodes: Sequence[Node]) -> Element:
        space = f"{{{_TEXT}}}"
        span = etree.Element(f"{space}span")
        span.set(f"{space}style-name", look)
        self._append(span, nodes)
        return span


def _add_text(parent: Element, text: str) -> None:
    """Add text behind what an element holds; white space in a row would be lost, so that it is one blank."""
    text = _WHITE.sub(" ", text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
