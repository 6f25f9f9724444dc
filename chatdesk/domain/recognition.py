"""Text that was recognised in the pictures of pages, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words that stand in one line of a page; the numbers are shares of its width and height, 0 to 1."""

    text: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The text of page `number`, from 1, empty where none was found; its lines where it is known."""

    number: int
    text: str
    lines: tuple[TextLine, ...] = ()
