"""Which module writes a file again: its name decides, its content has to bear the name out."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from chatdesk.documents import formats as readers
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.domain.markup import MarkedFile


class FormatModule(Protocol):
    """What a module of this package offers. Both functions raise Refused, OSError, MemoryError."""

    def read(self, path: Path) -> MarkedFile:
        """Return the texts of a file in reading order."""
        ...

    def write(self, path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
        """Write the file `target`, which is there and empty, as `path` with other texts.

        `texts` are as many as `read` gives; None leaves one as it is, none is blank. Returns the places of
        the texts whose marks are not those of their source, which were written without formatting. Raises
        Refused `damaged` where the texts are not as many. `language` is a code, "" where there is none.
        """
        ...


@dataclass(frozen=True, slots=True)
class Format:
    module: str  # in this package
    suffixes: tuple[str, ...]
    reader: readers.Format | None = None  # the content has to be what this one reads; None for any text

    def load(self) -> FormatModule:
        return cast(FormatModule, importlib.import_module(f"chatdesk.documents.rewrite.{self.module}"))


FORMATS: tuple[Format, ...] = (
    Format("docx", (".docx", ".docm", ".dotx"), readers.DOCX),
    Format("pptx", (".pptx", ".pptm", ".ppsx"), readers.PPTX),
    Format("xlsx", (".xlsx", ".xlsm"), readers.SHEETS),
    Format("opendocument", (".odt", ".odp", ".ott"), readers.OPEN_TEXT),
    Format("html", (".html", ".htm", ".xhtml"), readers.HTML),
    Format("epub", (".epub",), readers.EPUB),
    Format("plain_text", (".txt", ".text")),
    Format("markdown", (".md", ".markdown"), readers.MARKDOWN),
    Format("subtitles", (".srt", ".vtt"), readers.SUBTITLES),
    Format("json_file", (".json", ".arb")),
    Format("po", (".po", ".pot")),
    Format("pdf", (".pdf",), readers.PDF),
)
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
SUFFIXES = frozenset(_BY_SUFFIX)


def format_of(path: Path) -> Format:
    """Return how to write a file again. Raises Refused, OSError."""
    one = _BY_SUFFIX.get(path.suffix.casefold())
    if one is None:
        raise Refused(Refusal.unsupported, path.suffix)
    if one.reader is not None and readers.format_of(path) is not one.reader:
        raise Refused(Refusal.damaged, f"not what {path.suffix} says")
    return one
