"""Groups runs that each say how they look, as Office files have them, by the look that most of them share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from chatdesk.documents.rewrite.inline import Node, Span
from chatdesk.documents.xml import Element, local


class Formats:
    """The looks of runs by keys, which are equal where the looks are.

    `ignored` are the local names of elements and attributes that do not change how a text looks.
    """

    def __init__(self, ignored: frozenset[str]) -> None:
        self._ignored = ignored
        self._properties: dict[str, Element | None] = {}

    def key(self, properties: Element | None) -> str:
        key = "" if properties is None else self._inside(properties)
        if self._properties.get(key) is None:
            self._properties[key] = properties
        return key

    def properties(self, key: str) -> Element | None:
        """Return those of a run that looks so, None for a run without any."""
        return self._properties.get(key)

    def _inside(self, element: Element) -> str:
        attributes = ",".join(
            f"{key}={value}"
            for key, value in sorted(map(_texts, element.items()))
            if key.rpartition("}")[2] not in self._ignored
        )
        children = "".join(
            f"<{one.tag}>{self._inside(one)}"
            for one in element
            if local(one) and local(one) not in self._ignored
        )
        return f"{attributes}{children}"


def grouped(pieces: Iterable[tuple[str | None, Node]]) -> tuple[list[Node], str]:
    """Return nodes and the key of the look that most of the text has, which needs no marks.

    A piece is (key of its look, text), or (None, what is not text and looks like its neighbours).
    """
    pieces = list(pieces)
    weights: Counter[str] = Counter()
    for key, node in pieces:
        if key is not None and isinstance(node, str):
            weights[key] += len(node.strip())
    base = max(weights, key=lambda key: weights[key], default="")
    nodes: list[Node] = []
    inside, current = nodes, None
    waiting: list[Node] = []
    for key, node in pieces:
        if key is None:
            waiting.append(node)
            continue
        if key != current:
            nodes.extend(waiting)
            waiting.clear()
            inside, current = nodes, key
            if key != base:
                span = Span(key)
                nodes.append(span)
                inside = span.nodes
        inside.extend((*waiting, node))
        waiting.clear()
    return [*nodes, *waiting], base


def _texts(item: tuple[object, object]) -> tuple[str, str]:
    return str(item[0]), str(item[1])
