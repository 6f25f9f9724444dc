"""Writes JSON files with other strings; keys, numbers, order and layout stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.rewrite.inline import Paragraph
from chatdesk.documents.rewrite.json_strings import JsonString, strings
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.rewrite.source_text import Edits, Source, source_of
from chatdesk.documents.rewrite.tagged import flat, nodes_of
from chatdesk.domain.markup import MarkedFile

_ESCAPED_LETTER = re.compile(r"\\u(?!00[0-7])")
_PLACEHOLDER = re.compile(r"\$?\{{1,2}[\w .$\[\]-]{0,80}\}{1,2}|%(?:\d\$)?[-+0 #]?\d*\.?\d*[a-zA-Z@]|\$\w+")
_CODE = re.compile(
    r"""
    [a-z][a-z]+://\S*|data:\S*|\#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^()]*\)    # addresses and colours
    |\d{4}-\d\d(?:-\d\d)?(?:[T ][\d:.,]+)?(?:Z|[+-][\d:]+)?               # dates
    |v?\d+(?:\.\d+)+\S*                                                   # versions
    |\d+(?:\.\d+)?[a-z]{1,4}|\d+(?:\.\d+)?%                               # 12px, 1.5rem
    |[a-z0-9]+(?:[_-][a-z0-9]+)+|[A-Z0-9]+(?:_[A-Z0-9]+)+                 # words for programs
    |\w+(?:\.\w+){2,}|\w+::\S+|@?[\w-]+/[\w./@+-]+                         # names, paths, kinds of files
    |[a-z]+(?:[A-Z][a-z0-9]*)+                                            # camelCase
    |[a-z]{2}-[A-Z]{2}|[a-z]{2,3}-[A-Z][a-z]{3}(?:-[A-Z]{2})?             # languages
    |\.{0,2}[/\\]\S*|[A-Za-z]:\\.*|[\w.-]+\.[a-z][a-z0-9]{1,4}            # files
    |[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}
    |(?=\S*\d)[0-9a-f]{16,}|(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[A-Za-z0-9+/_=-]{20,}
    """,
    re.X,
)


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    return _Json(source_of(path)).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:  # noqa: ARG001
    """Write the file with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    file = _Json(source_of(path))
    simplified = file.slots.put(texts)
    target.write_bytes(file.source.encoded(file.edits.result()))
    return simplified


class _Json:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.edits = Edits(source.text)
        self.slots = Slots()
        escapes = source.text.isascii() and _ESCAPED_LETTER.search(source.text) is not None
        for string in strings(source.text):
            if is_for_people(string.value):
                self.slots.add(string.path, _StringSlot(self, string, escapes=escapes))


class _StringSlot:
    def __init__(self, file: _Json, string: JsonString, *, escapes: bool) -> None:
        self._edits = file.edits
        self._start, self._end = string.start, string.end
        self._escapes = escapes
        self._escapes_slash = "\\/" in file.source.text[string.start : string.end]
        self._paragraph = Paragraph(nodes_of(string.value))
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Let the string be another; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(text)
        new = json.dumps(flat(nodes), ensure_ascii=self._escapes)
        self._edits.change(self._start, self._end, new.replace("/", "\\/") if self._escapes_slash else new)
        return fits


def is_for_people(text: str) -> bool:
    """Whether a string is no name, address, date, colour or word that only programs read."""
    bare = text.strip()
    if not any(map(str.isalpha, _PLACEHOLDER.sub("", bare))):
        return False
    return len(bare) > 2_000 or _CODE.fullmatch(bare) is None
