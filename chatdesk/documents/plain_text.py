"""Plain text and source code, in whatever encoding they have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatdesk.documents.encodings import decoded
from chatdesk.documents.parts import Part, Piece, Refusal, Refused
from chatdesk.domain.documents import UnitKind

_MOST = 80_000_004  # bytes: in any encoding more characters than a document may have


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001
    """Yield the whole text."""
    yield Part(UnitKind.whole, "", text_of(path))


def text_of(path: Path) -> str:
    """Return the text of a file, cut far behind the end of what is used. Raises Refused, OSError."""
    with path.open("rb") as file:
        text = decoded(file.read(_MOST))
    if text is None:
        raise Refused(Refusal.unsupported, "not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n")
