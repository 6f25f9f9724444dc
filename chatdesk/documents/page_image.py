"""Draws a page of a PDF in a process of its own, which sends its size, its pixels and marks."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.page_marks import MOST, found
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Mark, PageImage

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pypdfium2 import PdfBitmap, PdfPage

WIDEST = 2_400  # pixels
HIGHEST = 6_000
_MEMORY = 1_500_000_000  # bytes
_SECONDS = 30
_LOOK_SECONDS = 0.1
_LONGEST = 2_000  # characters of all passages that are looked for on a page
_HEAD = 20_000  # bytes for the size and the marks


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    number: int
    width: int
    password: str
    passages: tuple[str, ...]


class PdfPages:
    """The PageImages of the ports."""

    def draws(self, path: Path) -> bool:
        """Whether the file is a PDF by its name, and there."""
        try:
            return path.suffix.casefold() == ".pdf" and path.is_file()
        except OSError:
            return False

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

        Nothing when cancelled. Raises DocumentError.
        """
        from chatdesk.children import spawn

        request = _Request(path, number, min(max(width, 1), WIDEST), password, _short(passages))
        try:
            process, pipe = spawn(main, (request,), "page")
        except OSError as error:
            raise errors.DocumentReaderFailed(path) from error
        try:
            image = _received(pipe, request, cancel)
        except (EOFError, OSError, ValueError) as error:
            raise errors.DocumentReaderFailed(path) from error
        finally:
            process.kill()
            process.join()
            pipe.close()
        if image is not None:
            yield image


def _short(passages: Sequence[str]) -> tuple[str, ...]:
    """Return the passages, cut where all of them would be too long to look for."""
    kept: list[str] = []
    room = _LONGEST
    for passage in passages:
        if room > 0:
            kept.append(passage[:room])
        room -= len(passage)
    return tuple(kept)


def _received(pipe: Connection, request: _Request, cancel: CancelToken) -> PageImage | None:
    """Raises EOFError, OSError, ValueError, DocumentTimedOut."""
    end = time.monotonic() + _SECONDS
    while not cancel.cancelled and not pipe.poll(_LOOK_SECONDS):
        if time.monotonic() > end:
            raise errors.DocumentTimedOut(request.path)
    if cancel.cancelled:
        return None
    width, height, *numbers = (int(number) for number in json.loads(pipe.recv_bytes(_HEAD)))
    if not (0 < width <= WIDEST and 0 < height <= HIGHEST):
        raise ValueError(f"{width} × {height} pixels")
    pixels = pipe.recv_bytes(WIDEST * HIGHEST * 4)
    if len(pixels) != width * height * 4:
        raise ValueError(f"{len(pixels)} bytes")
    return PageImage(request.number, width, height, pixels, checked(numbers, width, height))


def checked(numbers: Sequence[int], width: int, height: int) -> tuple[Mark, ...]:
    """Return the marks that lie on the page: the child read a file that anybody may have made."""
    marks = [Mark(*numbers[start : start + 4]) for start in range(0, len(numbers) // 4 * 4, 4)]
    return tuple(
        mark
        for mark in marks[:MOST]
        if 0 <= mark.x < mark.x + mark.width <= width and 0 <= mark.y < mark.y + mark.height <= height
    )


def main(pipe: Connection, request: _Request) -> None:
    """Draw the page and end the process."""
    from chatdesk.children import ignore_interrupts
    from chatdesk.documents.child import forbid_writing, limit, silence

    ignore_interrupts()
    silence()
    limit(_MEMORY, _SECONDS)
    try:
        import pypdfium2  # noqa: F401  an import may write its compiled form

        forbid_writing()
        head, pixels = _drawn(request)
        pipe.send_bytes(json.dumps(head).encode())
        pipe.send_bytes(pixels)
    except Exception:  # noqa: BLE001  libraries raise whatever they like over a broken file
        os._exit(1)
    os._exit(0)


def _drawn(request: _Request) -> tuple[list[int], bytes]:
    """Return the width, the height and four numbers for each mark; and the pixels."""
    from pypdfium2 import PdfDocument

    page = PdfDocument(request.path, password=request.password or None)[request.number - 1]
    across, down = page.get_size()
    scale = min(request.width / across, HIGHEST / down)
    bitmap = page.render(scale=scale, prefer_bgrx=True, may_draw_forms=False)
    rows = bytes(bitmap.buffer)
    line = bitmap.width * 4
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    pixels = b"".join(rows[start : start + line] for start in starts)
    return [bitmap.width, bitmap.height, *_marks(page, bitmap, request.passages)], pixels


def _marks(page: PdfPage, bitmap: PdfBitmap, passages: Sequence[str]) -> list[int]:
    """Return x, y, width and height of each mark in pixels; none where the page's text cannot be had."""
    try:
        return [number for mark in found(page, bitmap, passages) for number in mark]
    except Exception:  # noqa: BLE001  the page itself is worth showing
        return []
