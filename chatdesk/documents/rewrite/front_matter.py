"""Finds title and description in what stands before a Markdown text for programs, and writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatdesk.documents.rewrite.source_text import Edits

_BLOCK = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(?:.*?(?:\r\n|\n|\r))??\1[ \t]*(?:\r\n|\n|\r|\Z)", re.S)
_FIELD = re.compile(
    r"""^(?:title|description|summary|subtitle)[ \t]*[:=][ \t]*
    ("(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s"'|>&*!%@`{\[\#][^\r\n]*?)[ \t]*(?:\#[^\r\n]*)?\r?$""",
    re.X | re.M,
)
_UNPLAIN = re.compile(
    r"""[\s"'|>&*!%@`{}\[\],#?:-]|.*(?::(?:\s|$)|\s\#)|(?:true|false|yes|no|null|~)$|[\d.+]""", re.I
)
_ESCAPE = re.compile(r'\\(["\\/])')


def end_of(text: str) -> int:
    """Return where the text itself begins."""
    found = _BLOCK.match(text)
    return found.end() if found else 0


class Field:
    """A value that people read."""

    def __init__(self, edits: Edits, start: int, end: int, source: str) -> None:
        self._edits = edits
        self._start, self._end = start, end
        self._quote = source[0] if source[0] in "\"'" else ""
        inside = source[1:-1] if self._quote else source
        self.text = (_ESCAPE.sub(r"\1", inside) if self._quote == '"' else inside.replace("''", "'")).strip()

    def put(self, text: str) -> bool:
        """Give it another value, in quotation marks where that needs some; there is nothing that misfits."""
        plain = " ".join(text.split())
        quote = self._quote or ('"' if _UNPLAIN.match(plain) else "")
        if quote == "'":
            plain = plain.replace("'", "''")
        elif quote:
            plain = plain.replace("\\", "\\\\").replace('"', '\\"')
        self._edits.change(self._start, self._end, f"{quote}{plain}{quote}")
        return True


def fields(text: str, edits: Edits) -> Iterator[Field]:
    """Yield the values that people read in what stands before the text."""
    for found in _FIELD.finditer(text, 0, end_of(text)):
        yield Field(edits, *found.span(1), found[1])
