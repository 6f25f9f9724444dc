"""Turns the formatted pieces of a paragraph into a text with marks, and such a text into pieces again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from chatdesk.documents.rewrite.marks import without_marks
from chatdesk.domain.markup import CLOSING, OPENING, MarkKind, marks, written_mark

_BRACKETS = re.compile(f"([{OPENING}{CLOSING}])")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_MOST_BLANKS = 3  # of another formatting that say nothing; more are a line to write on


@dataclass(eq=False, slots=True)
class Thing:
    """What is no text: a picture, a line break, a field. `parts` are the format's own, or nodes."""

    parts: list[object]
    is_word: bool = False  # part of a sentence, as code is, so that it never stands outside the text


@dataclass(eq=False, slots=True)
class Span:
    """Nodes of one formatting. Neighbours are joined where their keys are equal texts."""

    key: object
    nodes: list[Node] = field(default_factory=list)


Node = str | Thing | Span


class Paragraph:
    """The nodes of a paragraph. `text` has marks; white space and things at its ends stand outside of it.

    `collapses`: any white space is one blank, as in HTML.
    """

    def __init__(self, nodes: Sequence[Node], *, collapses: bool = False) -> None:
        self._shells: list[tuple[list[Node], Span | None, list[Node]]] = []
        core = _tidy(nodes)
        while True:
            before, core, after = _peeled(core)
            only = core[0] if len(core) == 1 else None
            span = only if isinstance(only, Span) else None
            self._shells.append((before, span, after))
            if span is None:
                break
            core = span.nodes
        self._marked: dict[int, Span | Thing] = {}
        self._outer: dict[int, int] = {}  # {number of a span: number of the one around it, 0 for none}
        text = "".join(self._said(core, 0))
        self.text = _WHITE.sub(" ", text) if collapses else text

    def _said(self, nodes: Sequence[Node], outer: int) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, str):
                yield node
                continue
            number = len(self._marked) + 1
            self._marked[number] = node
            if isinstance(node, Thing):
                yield written_mark(number, MarkKind.alone)
            else:
                self._outer[number] = outer
                yield written_mark(number, MarkKind.open)
                yield from self._said(_chain(node)[-1].nodes, number)
                yield written_mark(number, MarkKind.close)

    def with_text(self, text: str) -> tuple[list[Node], bool]:
        """Return the nodes for another text, and whether its marks are those of this paragraph.

        Where they are not, the text has no formatting, and the things stand behind it.
        """
        nodes = self._understood(text)
        fits = nodes is not None
        if nodes is None:
            nodes = [without_marks(text)]
            for one in self._marked.values():
                if isinstance(one, Thing):
                    nodes += [" ", one] if one.is_word else [one]
        for before, span, after in reversed(self._shells):
            if span is not None:
                nodes = [Span(span.key, nodes)]
            nodes = [*before, *nodes, *after]
        return nodes, fits

    def _understood(self, text: str) -> list[Node] | None:
        """Return the nodes within the shells, None where a mark is missing, unknown, or at a wrong place."""
        nodes: list[Node] = []
        open_ones: list[tuple[int, list[Node]]] = [(0, nodes)]
        seen: set[int] = set()
        place = 0
        for mark in marks(text):
            number, inside = open_ones[-1]
            if mark.start > place:
                inside.append(text[place : mark.start])
            place = mark.end
            if mark.kind is MarkKind.close:
                if number != mark.number or not number:
                    return None
                open_ones.pop()
                continue
            node = self._marked.get(mark.number)
            alone = mark.kind is MarkKind.alone
            if node is None or mark.number in seen or isinstance(node, Thing) != alone:
                return None
            seen.add(mark.number)
            if isinstance(node, Thing):
                inside.append(node)
                continue
            if self._outer[mark.number] != number:
                return None
            new = [Span(each.key) for each in _chain(node)]
            for around, each in pairwise(new):
                around.nodes.append(each)
            inside.append(new[0])
            open_ones.append((mark.number, new[-1].nodes))
        if place < len(text):
            open_ones[-1][1].append(text[place:])
        return nodes if len(open_ones) == 1 and len(seen) == len(self._marked) else None


def _chain(span: Span) -> list[Span]:
    """Return a span and those that lie in one another around the same text: one pair of marks is enough."""
    chain = [span]
    while len(nodes := chain[-1].nodes) == 1 and isinstance(nodes[0], Span):
        chain.append(nodes[0])
    return chain


def _tidy(nodes: Sequence[Node]) -> list[Node]:
    """Return nodes with as few marks as say the same."""
    tidy: list[Node] = []
    for node in _joined(_quoted(nodes)):
        if isinstance(node, Span):
            tidy.extend(_bared(Span(node.key, _tidy(node.nodes))))
        else:
            tidy.append(node)
    return _joined(tidy)


def _quoted(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield nodes in which brackets of the text are things, so that none is taken for a mark."""
    for node in nodes:
        if isinstance(node, str):
            for piece in _BRACKETS.split(node):
                yield Thing([piece], is_word=True) if piece in (OPENING, CLOSING) else piece
        else:
            yield node


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes, neighbours of a kind as one; spans also where only white space is between them."""
    done: list[Node] = []
    for is_text, group in groupby(nodes, lambda node: isinstance(node, str)):
        if is_text:
            text = "".join(node for node in group if isinstance(node, str))
            if text:
                done.append(text)
        else:
            for node in group:
                _join(done, node)
    return done


def _join(done: list[Node], node: Node) -> None:
    """Add a node that is no text to others, or to the last of them; those made here may grow."""
    last = done[-1] if done else None
    if isinstance(node, Thing):
        if isinstance(last, Thing):
            last.parts.extend(node.parts)
            last.is_word |= node.is_word
        else:
            done.append(Thing(list(node.parts), node.is_word))
    elif isinstance(node, Span):
        between = [last] if isinstance(last, str) and last.isspace() else []
        mate = done[-1 - len(between)] if len(done) > len(between) else None
        if isinstance(mate, Span) and isinstance(node.key, str) and mate.key == node.key:
            mate.nodes.extend((*between, *node.nodes))
            done[len(done) - len(between) :] = []
        else:
            done.append(Span(node.key, list(node.nodes)))


def _bared(span: Span) -> list[Node]:
    """Return a span without white space at its ends; one without text is a thing, or says nothing."""
    if not _says_something(span.nodes):
        is_blank = isinstance(span.key, str) and all(isinstance(node, str) for node in span.nodes)
        blanks = "".join(node for node in span.nodes if isinstance(node, str))
        return [blanks] if is_blank and len(blanks) <= _MOST_BLANKS else [Thing([span])]
    first, last = span.nodes[0], span.nodes[-1]
    before = after = ""
    if isinstance(first, str):
        before, span.nodes[0] = _cut_start(first)
    if isinstance(last, str):
        after, span.nodes[-1] = _cut_end(str(span.nodes[-1]))
    return [before, span, after]


def _says_something(nodes: Sequence[Node]) -> bool:
    return any(
        not node.isspace() if isinstance(node, str) else _says_something(node.nodes)
        for node in nodes
        if node and not isinstance(node, Thing)
    )


def _peeled(nodes: Sequence[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """Return what stands before the text, the text, and what stands behind it."""
    first, end = 0, len(nodes)
    while first < end and _is_outside(nodes[first]):
        first += 1
    while end > first and _is_outside(nodes[end - 1]):
        end -= 1
    before, core, after = list(nodes[:first]), list(nodes[first:end]), list(nodes[end:])
    if core and isinstance(core[0], str):
        blank, core[0] = _cut_start(core[0])
        before.append(blank)
    if core and isinstance(core[-1], str):
        blank, core[-1] = _cut_end(core[-1])
        after.insert(0, blank)
    return before, core, after


def _is_outside(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else isinstance(node, Thing) and not node.is_word


def _cut_start(text: str) -> tuple[str, str]:
    rest = text.lstrip()
    return text[: len(text) - len(rest)], rest


def _cut_end(text: str) -> tuple[str, str]:
    rest = text.rstrip()
    return text[len(rest) :], rest
