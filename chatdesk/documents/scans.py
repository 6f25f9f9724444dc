"""Documents whose pages may be pictures: which pages those are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatdesk.documents.formats import PDF, PICTURE, format_of
from chatdesk.documents.parts import Piece, Refusal, Refused


def survey(path: Path, password: str) -> Iterator[Piece]:
    """Yield a part for each page, without text where there is none, and a note for each that is a picture."""
    found = format_of(path)
    if found is PDF:
        from chatdesk.documents import pdf_shared

        yield from pdf_shared.survey(path, password)
    elif found is PICTURE:
        from chatdesk.documents import pictures

        yield from pictures.survey(path, password)
    else:
        raise Refused(Refusal.unsupported, "neither a PDF nor a picture")
