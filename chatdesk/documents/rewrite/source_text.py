"""The text of a file, the changes that are made to it, and the bytes that it becomes."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chatdesk.documents.encodings import encoding_of
from chatdesk.documents.parts import Refusal, Refused

LARGEST = 64 << 20  # bytes of a file
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile(r"([^\r\n]*+)(\r\n|\n|\r|\Z)")
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Source:
    """The text of a file, without the mark of its encoding; bytes that are no letters are half ones."""

    def __init__(self, content: bytes, declared: str = "") -> None:
        """`declared` is the encoding that the file says it has, if any. Raises Refused for no text."""
        self.content = content
        self._mark, self.encoding = _encoding(content, declared)
        width = 4 if "32" in self.encoding else 2 if "16" in self.encoding else 1
        rest = content[len(self._mark) :]
        self._torn = rest[len(rest) - len(rest) % width :]
        whole = rest[: len(rest) - len(self._torn)]
        self._errors = "surrogatepass" if width > 1 else "surrogateescape"
        try:
            self.text = whole.decode(self.encoding, self._errors)
        except UnicodeDecodeError as error:
            raise Refused(Refusal.damaged, str(error)) from error
        if "\0" in self.text:
            raise Refused(Refusal.unsupported, "no text")
        found = _LINE.match(self.text)
        self.line_end = (found[2] if found else "") or "\n"

    def holds(self, text: str) -> bool:
        """Whether the encoding of the file has all letters of a text."""
        return self._encoded(text) is not None

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a text: in the encoding of the file if that has all letters, else UTF-8."""
        if text == self.text:
            return self.content
        encoded = self._encoded(text)
        if encoded is None:
            return text.translate(_HALVES).encode()
        return self._mark + encoded + self._torn

    def _encoded(self, text: str) -> bytes | None:
        try:
            return text.encode(self.encoding, self._errors)
        except UnicodeEncodeError:
            return None


def source_of(path: Path) -> Source:
    """Raises Refused, OSError."""
    return Source(content_of(path))


def content_of(path: Path) -> bytes:
    """Raises Refused for a file that is too large, OSError."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(Refusal.too_big, f"a text of more than {LARGEST} bytes")
    return content


def _encoding(content: bytes, declared: str) -> tuple[bytes, str]:
    """Return the byte order mark and the encoding. Raises Refused."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return mark, encoding
    if declared:
        try:
            content.decode(declared)
        except (LookupError, ValueError):  # unknown, one that makes no text, or not this one
            pass
        else:
            return b"", declared
    found = encoding_of(content)
    if found is None:
        raise Refused(Refusal.unsupported, "no text")
    return b"", found


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, without its end."""

    start: int
    end: int


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text, whatever they end with; behind the last end there is one more."""
    for found in _LINE.finditer(text):
        yield Line(*found.span(1))
        if not found[2]:
            return


class Edits:
    """Parts of a text that are given another one; they do not overlap."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._new: dict[int, tuple[int, str]] = {}  # {start: (end, new text)}
        self._starts: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._new)

    def change(self, start: int, end: int, new: str) -> None:
        """Let another text stand from `start` to `end`, which may be the same place."""
        if start not in self._new:
            insort(self._starts, start)
        self._new[start] = (end, new)

    def between(self, start: int, end: int) -> str:
        """Return a part of the text with its changes."""
        done: list[str] = []
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for place in self._starts[first:last]:
            done += (self._text[start:place], self._new[place][1])
            start = self._new[place][0]
        return "".join([*done, self._text[start:end]])

    def result(self) -> str:
        return self.between(0, len(self._text) + 1)
