"""Parse Markdown into top-level blocks; HTML stays text and only harmless addresses become links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

RAW = "raw"  # kind of a block that has not been parsed yet

References = dict[str, object]

_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S.*$", re.MULTILINE)
# Characters that structure a QTextDocument, NUL, and halves of surrogate pairs.
_UNFIT = re.compile("[\x00\ud800-\udfff\ufdd0\ufdd1\ufffc]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2029")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A top-level block: its tokens, its source, and its first line in the text that was parsed.

    Two blocks are equal only when they are the same object: that is how a row sees what is new in it.
    """

    tokens: tuple[Token, ...]
    source: str
    line: int = 0

    @property
    def kind(self) -> str:
        """The type of the first token, or RAW."""
        return self.tokens[0].type if self.tokens else RAW


def clean(text: str) -> str:
    """Return `text` with line ends as "\\n" and without characters that a text document cannot hold."""
    return _UNFIT.sub("\ufffd", _BREAKS.sub("\n", text))


def lines_of(text: str) -> list[str]:
    """Return the lines of `text` with their ends; unlike str.splitlines, only "\\n" ends one."""
    return _LINES.findall(text)


def is_link(address: str) -> bool:
    """Whether `address` may be a link at all: http, https or mailto."""
    return _LINK.match(address.strip()) is not None


def _may_hold_address(text: str) -> bool:
    return "://" in text or "mailto:" in text


@cache
def parser() -> MarkdownIt:
    """Return the parser; made at the first call because its import takes a tenth of a start."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False, "linkify": True})
    markdown.enable(["table", "strikethrough", "linkify"])
    if markdown.linkify is not None:
        # "main.py" is a file name and no address in Paraguay.
        markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        markdown.linkify.pretest = _may_hold_address
    markdown.validateLink = is_link  # type: ignore[method-assign, assignment]
    return markdown


def parse(text: str, references: References) -> list[Block]:
    """Return the top-level blocks of `text` in order; `references` gives and takes link definitions."""
    lines = lines_of(text)
    blocks: list[Block] = []
    tokens: list[Token] = []
    for token in parser().parse(text, references):
        tokens.append(token)
        if token.level == 0 and token.nesting <= 0:
            first, end = tokens[0].map or (0, 0)
            blocks.append(Block(tuple(tokens), "".join(lines[first:end]), first))
            tokens = []
    return blocks


def definitions(text: str) -> References:
    """Return the link definitions that stand anywhere in `text`, also behind the place of their use."""
    found: References = {}
    lines = _DEFINITION.findall(text)
    if lines:
        parser().parse("\n\n".join(lines), found)
    return found
