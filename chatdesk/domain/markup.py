"""The texts of a file, with marks for their formatting: what is exchanged for a translation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

OPENING, CLOSING = "⟦", "⟧"
_MARK = re.compile(r"⟦(?:(\d{1,6})|/(\d{1,6})|(\d{1,6})/)⟧", re.ASCII)


class MarkKind(Enum):
    open = "open"
    close = "close"
    alone = "alone"  # stands for something that is no text, such as a picture


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a text, from `start` to `end` of it."""

    number: int
    kind: MarkKind
    start: int
    end: int


def marks(text: str) -> tuple[Mark, ...]:
    """Return the marks of a text in its order; what only resembles one is none."""
    return tuple(_mark(found) for found in _MARK.finditer(text))


def without_marks(text: str) -> str:
    """Return a text as a reader sees it."""
    return _MARK.sub("", text)


def with_marks(text: str, written: Callable[[Mark], str]) -> str:
    """Return a text in which each mark is what `written` says."""
    return _MARK.sub(lambda found: written(_mark(found)), text)


def written_mark(number: int, kind: MarkKind) -> str:
    """Return a mark as it stands in a text."""
    before, behind = ("/" if kind is slashed else "" for slashed in (MarkKind.close, MarkKind.alone))
    return f"{OPENING}{before}{number}{behind}{CLOSING}"


def _mark(found: re.Match[str]) -> Mark:
    opens, closes, alone = found.groups()
    kind = MarkKind.open if opens else MarkKind.close if closes else MarkKind.alone
    return Mark(int(opens or closes or alone), kind, *found.span())


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A paragraph of a file as plain text with marks for its formatting.

    Mark number 1 stands in `text` as ⟦1⟧ where it opens, ⟦/1⟧ where it closes and ⟦1/⟧ where it stands for
    something that is no text. `key` tells where the file's format finds it again.
    """

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """The texts of a file that can be translated, in reading order."""

    texts: tuple[MarkedText, ...]
    notes: tuple[str, ...] = ()  # readable: what of the file is not translated, such as pictures with words


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file was written with other texts."""

    simplified: tuple[int, ...] = ()  # places of the texts whose marks were not those of their source
