"""Reads plain text, Markdown and source code in whatever encoding they have."""

from __future__ import annotations

import codecs
from pathlib import Path

from chatdesk.domain.documents import Document
from chatdesk.domain.errors import (
    DocumentEmpty,
    DocumentMissing,
    DocumentTooLarge,
    DocumentUnreadable,
    DocumentUnsupported,
)

LARGEST = 5_000_000  # bytes; more fits into no model's context
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


class TextFiles:
    """The DocumentFiles of the ports, for files that are text already."""

    def read(self, path: Path) -> Document:
        """Return the text of a file of at most LARGEST bytes. Raises DocumentError."""
        try:
            if not path.is_file():
                raise DocumentMissing(path)
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
            size = path.stat().st_size
        except OSError as error:
            raise DocumentUnreadable(path, error.strerror or str(error)) from error
        if len(content) > LARGEST:
            raise DocumentTooLarge(path, size, LARGEST)
        text = decoded(content)
        if text is None:
            raise DocumentUnsupported(path)
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        if not text.strip():
            raise DocumentEmpty(path)
        return Document(path.name, text)


def decoded(content: bytes) -> str | None:
    """Return the text, None where the bytes are not one.

    A byte order mark decides; then UTF-8; then Windows-1252, the commonest of the old single-byte encodings.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if any(byte in _CONTROLS for byte in set(content)):
        return _strictly(content, "utf-16") if _seems_utf16(content) else None
    if (text := _strictly(content, "utf-8")) is not None:
        return text
    return content.decode("cp1252", "replace")


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _seems_utf16(content: bytes) -> bool:
    """Whether every second byte is nearly always zero, as in European text without a byte order mark."""
    pairs = len(content) // 2
    return pairs > 0 and content[1::2].count(0) > 0.8 * pairs and content[::2].count(0) == 0
