"""Writes web pages with other texts, their source being as it was but for these."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.encodings import likeliest
from chatdesk.documents.html import LARGEST
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.html_page import Page
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.domain.markup import MarkedFile

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HANDLER = "chatdesk.page"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read(path: Path) -> MarkedFile:
    """Return the texts of a page. Raises Refused, OSError, MemoryError."""
    slots = Slots()
    source = Source(_content(path))
    Page(source.text, slots, is_xml=source.is_xml)
    return slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the page with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    slots = Slots()
    source = Source(_content(path))
    page = Page(source.text, slots, is_xml=source.is_xml)
    simplified = slots.put(texts)
    page.set_language(language)
    target.write_bytes(source.encoded(page.result()))
    return simplified


class Source:
    """The text of a page, and how to make bytes of it again. Raises Refused where it is none."""

    def __init__(self, content: bytes) -> None:
        self._mark, self._encoding = _encoding(content)
        if not self._encoding.startswith("utf-16") and b"\0" in content:
            raise Refused(Refusal.damaged, "no text")
        try:
            # Bytes that are no characters become half ones, which become the same bytes again.
            self.text = content[len(self._mark) :].decode(self._encoding, "surrogateescape")
        except UnicodeDecodeError as error:
            raise Refused(Refusal.damaged, str(error)) from error
        beginning = self.text[:1000].lstrip()
        self.is_xml = beginning.startswith("<?xml") or "//DTD XHTML" in beginning

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a text; letters that the encoding lacks as references to their numbers."""
        return self._mark + text.encode(self._encoding, _HANDLER)


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(Refusal.too_big, "a page of more than 64 MiB")
    return content


def _encoding(content: bytes) -> tuple[bytes, str]:
    """Return the byte order mark and the encoding: what the mark says, then what the page declares."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return mark, encoding
    if (declared := _DECLARED.search(content[:4096])) is not None:
        name = declared[1].decode("ascii").lower()
        # As browsers do: pages that say Latin-1 mean the encoding of Windows that contains it.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        try:
            b"".decode(name)
        except (LookupError, ValueError):  # unknown, or one that makes no text
            name = ""
        if name and not name.startswith("utf-16"):
            return b"", name
    try:
        content.decode()
    except UnicodeDecodeError:
        return b"", likeliest(content)
    return b"", "utf-8"


def _reference(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return the bytes that half characters stand for, and references for what has no bytes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    halves = "\udc80" <= signs[0] <= "\udcff"
    count = next((n for n, sign in enumerate(signs) if ("\udc80" <= sign <= "\udcff") != halves), len(signs))
    end = error.start + count
    if halves:
        return bytes(ord(sign) - 0xDC00 for sign in signs[:count]), end
    return "".join(f"&#{ord(sign)};" for sign in signs[:count]), end


codecs.register_error(_HANDLER, _reference)
