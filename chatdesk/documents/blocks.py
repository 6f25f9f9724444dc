"""Blocks of text (paragraphs, headings, items, rows) and how they become the parts of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatdesk.documents.list_marks import BULLET
from chatdesk.documents.parts import Part
from chatdesk.domain.documents import UnitKind

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and characters without width
_WHITE = re.compile(r"\s+")
_LONGEST_LABEL = 120  # characters
MOST_SPANNED = 100  # columns that one cell may cover; the formats allow billions


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading where `level` is 1 to 6, or an item of a list."""

    text: str
    level: int = 0
    is_item: bool = False


def heading(level: int, text: str) -> Block:
    level = min(max(level, 1), 6)
    return Block(f"{'#' * level} {one_line(text)}", level) if text.strip() else Block("")


def paragraph(text: str) -> Block:
    return Block(_UNSEEN.sub("", text).strip())


def item(text: str, depth: int = 0, mark: str = BULLET) -> Block:
    """Return an item of a list; `depth` counts the lists around its own, `mark` is its number or BULLET."""
    text = paragraph(text).text
    return Block(f"{'  ' * min(max(depth, 0), 9)}{mark} {text}", is_item=True) if text else Block("")


def row(cells: Iterable[str]) -> Block:
    """Return a row of a table, an empty block where all cells are empty."""
    words = [one_line(cell) for cell in cells]
    return Block(f"| {' | '.join(words)} |") if any(words) else Block("")


def comment(text: str, author: str = "") -> Block:
    """Return what somebody wrote about the text beside it."""
    return paragraph(f"[Comment{author and f' by {author}'}: {text.strip()}]")


def one_line(text: str) -> str:
    return _WHITE.sub(" ", _UNSEEN.sub("", text)).strip()


def joined(blocks: Iterable[Block]) -> str:
    """Return the text of blocks: items and rows line by line, an empty line between all others."""
    pieces: list[str] = []
    before = ""
    for block in blocks:
        if not block.text:
            continue
        sort = _sort(block)
        if pieces:
            pieces.append("\n" if sort and sort == before else "\n\n")
        pieces.append(block.text)
        before = sort
    return "".join(pieces)


def _sort(block: Block) -> str:
    beginning = "- " if block.is_item else block.text.lstrip()[:2]
    return beginning if beginning in ("- ", "| ") else ""


def in_sections(blocks: list[Block]) -> Iterator[Part]:
    """Cut a text at the headings of its main level: the highest one that has at least two.

    So a text with one title and five chapters has five sections, and its title stands in the first.
    """
    level = _main_level(blocks)
    if not level:
        yield Part(UnitKind.whole, "", joined(blocks))
        return
    group: list[Block] = []
    for block in blocks:
        if 0 < block.level <= level and any(one.text and not one.level for one in group):
            yield Part(UnitKind.section, _label(group, level), joined(group))
            group = []
        group.append(block)
    yield Part(UnitKind.section, _label(group, level), joined(group))


def _main_level(blocks: list[Block]) -> int:
    levels = [block.level for block in blocks if block.level]
    return next((level for level in range(1, 7) if levels.count(level) > 1), min(levels, default=0))


def _label(group: list[Block], level: int) -> str:
    """Return the last of the headings that the section begins with."""
    label = ""
    for block in group:
        if 0 < block.level <= level:
            label = block.text.lstrip("# ")[:_LONGEST_LABEL]
        elif block.text:
            break
    return label
