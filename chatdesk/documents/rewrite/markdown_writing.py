"""Writes nodes as Markdown: what would mean something else is escaped, formatting stays formatting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence

from markdown_it.common.utils import normalizeReference

from chatdesk.documents.rewrite.inline import Node, Span, Thing
from chatdesk.documents.rewrite.line_breaks import Fixed, columns
from chatdesk.documents.rewrite.markdown_blocks import Raw
from chatdesk.documents.rewrite.markdown_inline import Marks

BLOCK_START = re.compile(
    r"(?:(?P<number>\d{1,9})[.)]|[-+*]|\#{1,6}|=+|-{2,})(?:\s|\Z)"
    r"|[>|<]|(?:[-*_][ \t]*){3,}\Z|~~~|```|:[-:|\s]"
)
_MEANT = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~]|\Z)
    |(?<=\S)\*|\*(?=\S)                              # not with blanks on both sides
    |(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])            # nor within a word
    |~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|!(?=\[)|[`\[\]|]
    |&(?=(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)
    |(?<=\s)\#(?=\#*\Z)                               # would end a heading
    """,
    re.X,
)
_LABEL = re.compile(r"\[([^\[\]]{0,1000})\](.?)", re.S)
_TAGS = {"em": "em", "strong": "strong", "s": "del"}


class Writing:
    """Writes the nodes of one text.

    `raw` gives parts of the source, `references` names its links, a bar is written as `bar`.
    """

    def __init__(self, raw: Callable[[Raw], str], references: Container[str], *, bar: str = "|") -> None:
        self._raw = raw
        self._references = references
        self._bar = bar

    def pieces(self, nodes: Sequence[Node], *, in_link: bool = False) -> list[str | Fixed]:
        """Return the source of nodes, in parts that may be broken at blanks and others."""
        return [*self._pieces(nodes, "", "", in_link)]

    def _pieces(self, nodes: Sequence[Node], before: str, after: str, in_link: bool) -> Iterator[str | Fixed]:
        """`before` and `after` are the signs around the nodes, "" at the ends of the text."""
        for number, node in enumerate(nodes):
            follows = next((sign for one in nodes[number + 1 :] if (sign := self._first(one))), after)
            parts: list[str | Fixed] = []
            if isinstance(node, str):
                parts.append(self._escaped(node, before, follows, in_link))
            elif isinstance(node, Thing):
                parts.extend(self._thing(node, before, follows, in_link))
            elif isinstance(node.key, Marks) and node.key.kind in _TAGS:
                parts.extend(self._emphasis(node, node.key, before, follows, in_link))
            elif isinstance(node.key, Marks):
                parts.extend(self._span(node, node.key, in_link))
            yield from parts
            before = flat(parts)[-1:] or before

    def _first(self, node: Node) -> str:
        if isinstance(node, str):
            return node[:1]
        if isinstance(node, Span):
            return self._raw(node.key.opening)[:1] if isinstance(node.key, Marks) else ""
        return next((sign for part in node.parts if (sign := self._first_of(part))), "")

    def _first_of(self, part: object) -> str:
        if isinstance(part, Raw):
            return self._raw(part)[:1]
        return self._first(part) if isinstance(part, str | Span) else ""

    def _thing(self, thing: Thing, before: str, after: str, in_link: bool) -> Iterator[str | Fixed]:
        for part in thing.parts:
            if isinstance(part, Raw):
                raw = self._raw(part)
                if raw[:1] == before == "`":  # together they would be one
                    yield " "
                yield self._fixed(raw)
            elif isinstance(part, str | Span):
                yield from self._pieces([part], before, after, in_link)

    def _span(self, span: Span, marks: Marks, in_link: bool) -> Iterator[str | Fixed]:
        is_link = marks.kind == "a"
        opening, closing = self._raw(marks.opening), self._raw(marks.closing)
        inside = list(self._pieces(span.nodes, opening[-1:], closing[:1], in_link or is_link))
        if is_link and closing in ("]", "][]"):
            label = self._raw(Raw(marks.opening.end, marks.closing.start))
            if flat(inside) != label:
                closing = f"][{label}]"
        yield from (self._fixed(opening), *inside, self._fixed(closing))

    def _emphasis(
        self, span: Span, marks: Marks, before: str, after: str, in_link: bool
    ) -> Iterator[str | Fixed]:
        """Yield a span with signs that still mean the same where it stands now, else with tags."""
        nodes = list(span.nodes)
        blank, end = "", ""
        if nodes and isinstance(nodes[0], str):
            blank, nodes[0] = _split_start(nodes[0])
        if nodes and isinstance(nodes[-1], str):
            nodes[-1], end = _split_end(str(nodes[-1]))
        mark = self._raw(marks.opening)
        inside = list(self._pieces(nodes, mark[-1:], mark[:1], in_link))
        text = flat(inside)
        if not text:
            yield blank + end
            return
        before, after = " " if blank else before, " " if end else after
        tag = _TAGS[marks.kind]
        fitting = next((one for one in (mark, "*" * len(mark)) if _fits(one, text, before, after)), "")
        if marks.kind == "s" and not _fits(mark, text, before, after):
            fitting = ""
        opening, closing = (fitting, fitting) if fitting else (f"<{tag}>", f"</{tag}>")
        yield from (blank, self._fixed(opening), *inside, self._fixed(closing), end)

    def _fixed(self, text: str) -> Fixed:
        return Fixed(text, columns(text))

    def _escaped(self, text: str, before: str, after: str, in_link: bool) -> str:
        """Return a text with a backslash before each sign that would mean something."""
        around = before + text + after
        end = len(before) + len(text)

        def escaped(found: re.Match[str]) -> str:
            if not len(before) <= found.start() < end:
                return found[0]
            if found[0] == "|":
                return self._bar
            begins = found[0] == "[" and self._begins_link(around[found.start() :])
            if found[0] in "[]" and not (in_link or begins):
                return found[0]
            return f"\\{found[0]}"

        done = _MEANT.sub(escaped, around)
        return done[len(before) : len(done) - len(after)]

    def _begins_link(self, text: str) -> bool:
        found = _LABEL.match(text)
        if found is None:
            return False
        named = normalizeReference(found[1]) in self._references
        return named or found[2] in ("(", "[", ":") or found[1].startswith("^")


def flat(pieces: Sequence[str | Fixed]) -> str:
    return "".join(piece.text if isinstance(piece, Fixed) else piece for piece in pieces)


def without_block_start(text: str) -> str:
    """Return the beginning of a paragraph so that it begins no list, heading or quotation."""
    found = BLOCK_START.match(text)
    if found is None:
        return text
    place = found.end("number") if found["number"] else 0
    return f"{text[:place]}\\{text[place:]}"


def _fits(mark: str, text: str, before: str, after: str) -> bool:
    """Whether signs around a text are emphasis where these signs stand before and behind it."""
    sign = mark[:1]
    if sign in (before, after) or (sign == "_" and (before.isalnum() or after.isalnum())):
        return False
    opens = not _is_sign(text[0]) or _is_space(before) or _is_sign(before)
    closes = not _is_sign(text[-1]) or _is_space(after) or _is_sign(after)
    return opens and closes and not text[0].isspace() and not text[-1].isspace()


def _is_space(sign: str) -> bool:
    return not sign or sign.isspace()


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" if sign else False


def _split_start(text: str) -> tuple[str, str]:
    rest = text.lstrip()
    return text[: len(text) - len(rest)], rest


def _split_end(text: str) -> tuple[str, str]:
    rest = text.rstrip()
    return rest, text[len(rest) :]
