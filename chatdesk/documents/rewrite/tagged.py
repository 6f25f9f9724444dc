"""Turns a text with tags in it into nodes, and nodes into such a text again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chatdesk.documents.rewrite.inline import Node, Span, Thing
from chatdesk.documents.rewrite.line_breaks import Fixed

MARKUP = re.compile(r"<(/?)([a-zA-Z][\w:-]*+|\d{1,2}(?=/?>))(?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+'){0,400}>")
_DEEPEST = 20  # pairs of tags within one another; more are things
_BETWEEN = "\0"  # the two tags in the key of a span, in no text


@dataclass(eq=False, slots=True)
class Pair:
    """The key of a span that is not joined with its neighbours."""

    opening: str
    closing: str


def nodes_of(
    text: str, tags: re.Pattern[str] = MARKUP, plain: Callable[[str], str] = str, *, joins: bool = False
) -> list[Node]:
    """Return the nodes of a text. Tags have a slash in group 1, and a name in group 2, or are things.

    `plain` makes the words of a text. `joins`: neighbours within the same tags are one.
    """
    found = list(tags.finditer(text))
    mates = _mates(found)
    top = Span(None)
    stack = [top]
    place = 0
    for number, tag in enumerate(found):
        _add(stack[-1], plain(text[place : tag.start()]))
        place = tag.end()
        if number not in mates:
            stack[-1].nodes.append(Thing([Fixed(tag[0])]))
        elif mates[number] > number:
            closing = found[mates[number]][0]
            stack.append(Span(f"{tag[0]}{_BETWEEN}{closing}" if joins else Pair(tag[0], closing)))
        else:
            span = stack.pop()
            stack[-1].nodes.append(span)
    _add(top, plain(text[place:]))
    return top.nodes


def shown(nodes: Sequence[object], escaped: Callable[[str], str] = str) -> Iterator[str | Fixed]:
    """Yield the text of nodes, tags as parts that are not broken; `escaped` undoes `plain`."""
    for node in nodes:
        match node:
            case str():
                yield escaped(node)
            case Fixed():
                yield node
            case Thing():
                yield from shown(node.parts, escaped)
            case Span():
                key = node.key
                opening, closing = (
                    (key.opening, key.closing) if isinstance(key, Pair) else str(key).split(_BETWEEN)
                )
                yield Fixed(opening)
                yield from shown(node.nodes, escaped)
                yield Fixed(closing)


def flat(nodes: Sequence[object], escaped: Callable[[str], str] = str) -> str:
    """Return the text of nodes."""
    return "".join(part.text if isinstance(part, Fixed) else part for part in shown(nodes, escaped))


def _add(span: Span, text: str) -> None:
    if text:
        span.nodes.append(text)


def _mates(tags: Sequence[re.Match[str]]) -> dict[int, int]:
    """Return for each tag that opens or closes the number of the other one; they lie within one another."""
    mates: dict[int, int] = {}
    opened: list[int] = []
    for number, tag in enumerate(tags):
        if not tag[2]:
            continue
        if not tag[1]:
            if len(opened) < _DEEPEST and not tag[0].endswith("/>"):
                opened.append(number)
            continue
        at = next((at for at in reversed(range(len(opened))) if tags[opened[at]][2] == tag[2]), None)
        if at is not None:
            mates[opened[at]], mates[number] = number, opened[at]
            del opened[at:]
    return mates
