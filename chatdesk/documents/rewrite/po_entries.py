"""Reads the entries of a PO file, each with the places of its parts in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chatdesk.documents.rewrite.source_text import Line, lines_of

_KEYWORD = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,2}\])?)\s*"((?:[^"\\]|\\.)*+)"\s*\Z')
_MORE = re.compile(r'\s*"((?:[^"\\]|\\.)*+)"\s*\Z')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|(.))", re.S)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_QUOTED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a", "\b": "\\b"}
_CHUNK = re.compile(r"\S*\s*")
_WIDTH = 77  # columns of a line without its quotation marks


@dataclass(slots=True)
class Part:
    """A keyword with its text, from the first of its lines to the end of the last."""

    start: int
    end: int
    text: str
    lines: int = 1


@dataclass(slots=True)
class Entry:
    """What belongs together: comments, and the parts by their keywords."""

    parts: dict[str, Part] = field(default_factory=dict)
    flags: Line | None = None  # the line that begins with "#,"
    is_torn: bool = False  # something in it is no PO

    @property
    def start(self) -> int:
        """Where its keywords begin."""
        return min(part.start for part in self.parts.values())

    @property
    def translations(self) -> dict[str, Part]:
        return {name: part for name, part in self.parts.items() if name.startswith("msgstr")}

    @property
    def is_header(self) -> bool:
        return "msgid" in self.parts and not self.parts["msgid"].text and "msgctxt" not in self.parts


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries that have a msgid and a msgstr; what is commented out is none."""
    entry = Entry()
    part: Part | None = None
    for line in lines_of(text):
        said = text[line.start : line.end]
        found = _KEYWORD.match(said)
        is_comment = said.startswith("#")
        ends = entry.translations and (is_comment or not said.strip())
        if ends or (found and (found[1] == "msgctxt" or (found[1] == "msgid" and "msgid" in entry.parts))):
            yield from _whole(entry)
            entry = Entry()
        if found:
            part = entry.parts[found[1]] = Part(line.start, line.end, unescaped(found[2]))
        elif part and (more := _MORE.match(said)):
            part.text += unescaped(more[1])
            part.end = line.end
            part.lines += 1
        elif is_comment:
            part = None
            if said.startswith("#,"):
                entry.flags = line
        elif said.strip():
            entry.is_torn = True
        elif entry.is_torn:  # a new beginning behind an empty line
            entry, part = Entry(), None
    yield from _whole(entry)


def _whole(entry: Entry) -> Iterator[Entry]:
    if "msgid" in entry.parts and entry.translations and not entry.is_torn:
        yield entry


def unescaped(text: str) -> str:
    """Return what stands between quotation marks as it is meant."""
    return _ESCAPE.sub(_sign, text) if "\\" in text else text


def _sign(found: re.Match[str]) -> str:
    octal, hexadecimal, letter = found.groups()
    if letter:
        return _SIGNS.get(letter, letter)
    return chr(int(octal, 8) if octal else int(hexadecimal, 16))


def quoted(text: str, *, wraps: bool, line_end: str) -> str:
    """Return a text between quotation marks: in several lines where it has some, or is long and `wraps`."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if wraps:
        lines = [part for line in lines for part in _broken(line)]
    written = [f'"{"".join(_QUOTED.get(sign, sign) for sign in line)}"' for line in lines]
    if len(written) > 1:
        written.insert(0, '""')
    return line_end.join(written) or '""'


def _broken(line: str) -> Iterator[str]:
    done = ""
    for chunk in _CHUNK.findall(line):
        if done and len(done) + len(chunk) > _WIDTH:
            yield done
            done = ""
        done += chunk
    if done:
        yield done
