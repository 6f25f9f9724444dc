"""Marks passages on pages whose text was recognised: the page itself has no text to find them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from chatdesk.documents.page_marks import MOST, Letters, spans
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Mark, PageImage
from chatdesk.domain.ports import PageImages
from chatdesk.domain.recognition import TextLine


class ScannedPages:
    """The PageImages of the ports: those that others draw, with marks from the lines that were recognised."""

    def __init__(self, pages: PageImages, lines: Callable[[Path, int], Sequence[TextLine]]) -> None:
        """`lines` returns what was recognised on a page of a file, nothing where that is not known."""
        self._pages = pages
        self._lines = lines

    def draws(self, path: Path) -> bool:
        """Whether the file has pages, and is there."""
        return self._pages.draws(path)

    def draw(
        self,
        path: Path,
        number: int,
        width: int,
        password: str,
        cancel: CancelToken,
        passages: Sequence[str] = (),
    ) -> Iterator[PageImage]:
        """Yield page `number`, from 1, `width` pixels wide, with a mark where each passage was found.

        Nothing when cancelled. Raises DocumentError, StorageError.
        """
        for image in self._pages.draw(path, number, width, password, cancel, passages):
            if passages and not image.marks and (lines := self._lines(path, number)):
                found = islice(marks(lines, passages, image.width, image.height), MOST)
                yield replace(image, marks=tuple(found))
            else:
                yield image


def marks(lines: Sequence[TextLine], passages: Sequence[str], width: int, height: int) -> Iterator[Mark]:
    """Yield where the words of the passages stand in a picture of the page of so many pixels."""
    starts: list[int] = []
    text = ""
    for line in lines:
        starts.append(len(text))
        text += line.text + "\n"
    page = Letters(text)
    for passage in passages:
        for first, last in spans(page, Letters(passage)):
            for line, start in zip(lines, starts, strict=True):
                begin, end = max(first - start, 0), min(last + 1 - start, len(line.text))
                if begin < end:
                    yield _mark(line, begin, end, width, height)


def _mark(line: TextLine, begin: int, end: int, width: int, height: int) -> Mark:
    """Return the place of some letters of a line, as if all of them were of one width."""
    letter = line.width / len(line.text)
    return Mark(
        round((line.left + begin * letter) * width),
        round(line.top * height),
        max(1, round((end - begin) * letter * width)),
        max(1, round(line.height * height)),
    )
