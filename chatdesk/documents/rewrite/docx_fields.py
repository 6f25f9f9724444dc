"""Finds fields among the pieces of a Word paragraph: they are left as they are, but for the text of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chatdesk.documents.rewrite.flat_runs import grouped
from chatdesk.documents.rewrite.inline import Node, Span, Thing
from chatdesk.documents.xml import attribute, local

_PLACES = ("PAGEREF", "TOC", "XE", "TC", "TA", "RD", "BOOKMARK", "SET")  # no words of a sentence


@dataclass(eq=False, slots=True)
class Item:
    """A piece of a paragraph; `key` is the look of a text, None for all else."""

    key: str | None
    node: Node
    part: Any = None  # what it is made of, where it comes out of a run


@dataclass(eq=False, slots=True)
class Link:
    """The key of a span that is the text of a field that is a link."""

    head: Thing
    tail: Thing
    base: str  # the look of what has no marks in it


def without_fields(items: Sequence[Item]) -> Iterator[tuple[str | None, Node]]:
    """Yield the pieces as (look, node), fields as things, links as spans."""
    place = 0
    while place < len(items):
        item = items[place]
        if _kind(item) != "begin":
            yield item.key, item.node
            place += 1
            continue
        separate, end = _extent(items, place)
        code = _instruction(items[place:separate])
        if end < len(items) and separate < end and code.startswith("HYPERLINK"):
            head, tail = _thing(items[place : separate + 1]), _thing(items[end : end + 1])
            nodes, base = grouped(without_fields(items[separate + 1 : end]))
            yield None, Span(Link(head, tail, base), nodes)
        elif end < len(items) and separate < end and _is_contents(code):
            yield None, _thing(items[place : separate + 1])
            yield from without_fields(items[separate + 1 : end])
            yield None, _thing(items[end : end + 1])
        elif end < len(items):
            yield None, _thing(items[place : end + 1], is_word=not code.startswith(_PLACES))
        else:  # it ends in another paragraph: what it shows is text, as in a table of contents
            end = separate
            yield None, _thing(items[place : end + 1])
        place = end + 1


def _is_contents(code: str) -> bool:
    """Whether a field shows a table of contents, here one with a single line."""
    return code.split(maxsplit=1)[:1] == ["TOC"]


def _extent(items: Sequence[Item], place: int) -> tuple[int, int]:
    """Return the places where what the field shows begins and where it ends; the count where nowhere."""
    depth = 0
    separate = len(items)
    for now in range(place, len(items)):
        kind = _kind(items[now])
        depth += (kind == "begin") - (kind == "end")
        if kind == "separate" and depth == 1:
            separate = min(separate, now)
        if not depth:
            return min(separate, now), now
    return separate, len(items)


def _kind(item: Item) -> str:
    """Return begin, separate or end for what bounds a field."""
    if item.part is None or local(item.part.element) != "fldChar":
        return ""
    return attribute(item.part.element, "fldCharType") or ""


def _instruction(items: Sequence[Item]) -> str:
    texts = (
        item.part.element.text or ""
        for item in items
        if item.part is not None and local(item.part.element) == "instrText"
    )
    return "".join(texts).strip().upper()


def _thing(items: Sequence[Item], *, is_word: bool = False) -> Thing:
    parts: list[object] = []
    for item in items:
        if item.part is not None:
            parts.append(item.part)
        else:
            parts.extend(item.node.parts if isinstance(item.node, Thing) else [item.node])
    return Thing(parts, is_word)
