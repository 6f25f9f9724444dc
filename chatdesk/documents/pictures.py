"""Pictures of pages: PNG, JPEG, and TIFF, which may hold several."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from chatdesk.documents.parts import Expected, Noted, Part, Piece, Refusal, Refused
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind

MOST = 2_000  # pages of a file


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001
    """A picture has no text of its own. Raises Refused."""
    raise Refused(Refusal.no_text, str(path.suffix))


def survey(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001
    """Yield a part without text and a note for each page."""
    with path.open("rb") as file:
        count = _pages(file)
    yield Expected(count)
    for number in range(1, count + 1):
        yield Noted(ReadingNote(NoteKind.picture, number))
        yield Part(UnitKind.page, str(number), "")


def _pages(file: BinaryIO) -> int:
    """Return how many pictures a file holds. Raises Refused, OSError."""
    head = file.read(8)
    if head[:4] not in (b"II*\0", b"MM\0*"):
        return 1
    order = "<" if head.startswith(b"II") else ">"
    try:
        place, seen = struct.unpack(order + "I", head[4:8])[0], set[int]()
        while place and place not in seen and len(seen) < MOST:
            seen.add(place)
            file.seek(place)
            (entries,) = struct.unpack(order + "H", file.read(2))
            file.seek(12 * entries, 1)
            (place,) = struct.unpack(order + "I", file.read(4))
    except struct.error as error:
        raise Refused(Refusal.damaged, "a directory of pictures is cut off") from error
    return len(seen)
