"""Text that was recognised in pictures of pages: values, and the ports to what recognises and keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chatdesk.domain.cancel import CancelToken


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
    """The text of page `number`, from 1, empty where none was found; lines where places are known."""

    number: int
    text: str
    lines: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognising:
    """How many of the pages that are pictures have been recognised."""

    done: int
    total: int


class TextRecognition(Protocol):
    """Reads the text of pages that are pictures."""

    def pages(
        self, path: Path, numbers: Sequence[int], password: str, cancel: CancelToken
    ) -> Iterator[RecognisedPage]:
        """Yield the pages with these numbers of a PDF or a picture, in this order, fewer when cancelled.

        Takes seconds to minutes a page. Raises DocumentError, EngineError.
        """
        ...


class RecognisedPages(Protocol):
    """Keeps the text that was recognised. Safe from any thread. Raises StorageError."""

    def pages(self, file: str) -> dict[int, RecognisedPage]:
        """Return the pages of the file with this SHA-256, by their numbers."""
        ...

    def keep(self, file: str, page: RecognisedPage) -> None:
        """Store a page in place of the one that was there."""
        ...
