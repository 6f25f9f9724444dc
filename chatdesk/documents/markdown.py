"""Markdown: a section for each heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

from chatdesk.documents.parts import Part, Piece
from chatdesk.documents.plain_text import text_of
from chatdesk.domain.documents import UnitKind

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`]+")


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001
    """Yield the text before the first heading, then each heading with what follows; else the whole."""
    kind, title = UnitKind.whole, ""
    section: list[str] = []
    for line, level in _with_marks(text_of(path).split("\n")):
        if level:
            if any(map(str.strip, section)):
                yield Part(UnitKind.section, title, "\n".join(section))
            kind, title, section = UnitKind.section, _title(line, level), []
        section.append(line)
    yield Part(kind, title, "\n".join(section))


def _title(line: str, level: int) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", line[level + 1 :][:500]))


def _with_marks(lines: list[str]) -> Iterator[tuple[str, int]]:
    """Yield (line, level of heading or 0); underlined headings get their marks in front instead."""
    fence = ""
    skipped = False
    for line, after in pairwise(chain(lines, [""])):
        if skipped:
            skipped = False
            continue
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.match(line):
            yield f"{heading[1]} {line[heading.end() :].rstrip(' #')}", len(heading[1])
            continue
        elif _is_underlined(line, after):
            skipped = True
            level = 1 if "=" in after else 2
            yield f"{'#' * level} {line.strip()}", level
            continue
        yield line, 0


def _is_underlined(line: str, after: str) -> bool:
    """Whether a line of words has a line of "===" or "---" below it; front matter and tables have not."""
    underline = _UNDERLINE.match(after)
    begins_otherwise = line.lstrip().startswith(("-", "=", "|", ">", "*", "+")) or ":" in line
    return underline is not None and len(underline[1]) > 1 and bool(line.strip()) and not begins_otherwise
