"""Breaks a text into lines: at blanks, and between the signs of scripts that have none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_RUN = re.compile(r"[ \t\n]+|[^ \t\n]+")
_HANGUL = (0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3)  # wide, but written with blanks
_NEVER_FIRST = frozenset(
    "、。，．・：；！？」』）］｝〉》】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}»”’…"
)
_NEVER_LAST = frozenset("「『（［｛〈《【〔([{«“‘")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A part of a text that is never broken, such as a tag."""

    text: str
    width: int = 0  # columns


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    width: int  # columns
    blank: bool  # one stands before it


def columns(text: str) -> int:
    """Return how wide a text is, one for a Latin letter."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def glue(before: str, after: str) -> str:
    """Return what stands between two lines once they are one: a blank in most scripts."""
    wide = before and after and _has_no_blanks(before[-1]) and _has_no_blanks(after[0])
    return "" if wide else " "


def words(pieces: Iterable[str | Fixed], *, anywhere: bool = True) -> list[Word]:
    """Return what a text can be broken into; `anywhere`: also where a script has no blanks."""
    found: list[Word] = []
    text, width, blank = "", 0, False
    for piece in pieces:
        runs = [piece] if isinstance(piece, Fixed) else _RUN.findall(piece)
        for run in runs:
            if isinstance(run, Fixed):
                text, width = text + run.text, width + run.width
                continue
            if run.isspace() and "\xa0" not in run:
                if text:
                    found.append(Word(text, width, blank))
                text, width, blank = "", 0, bool(found)
                continue
            for part in _parts(run) if anywhere else (run,):
                if text and _may_break(text, part, anywhere):
                    found.append(Word(text, width, blank))
                    text, width, blank = "", 0, False
                text, width = text + part, width + columns(part)
    return [*found, Word(text, width, blank)] if text else found


def wrapped(
    found: Sequence[Word], width: int, *, first: int = 0, never_first: Callable[[str], bool] | None = None
) -> list[str]:
    """Return lines of at most `width` columns, the first with so many less; long words are not broken.

    A line never begins with a word of which `never_first` says so.
    """
    lines: list[str] = []
    line, length = "", first
    for word in found:
        longer = length + word.blank + word.width
        if line and longer > width and not (never_first and never_first(word.text)):
            lines.append(line)
            line, length = word.text, word.width
        else:
            line, length = f"{line}{' ' if word.blank and line else ''}{word.text}", longer
    return [*lines, line] if line else lines


def balanced(found: Sequence[Word], most: int, width: int) -> list[str]:
    """Return at most so many lines, of about the same width where one of `width` columns is not enough."""
    total = sum(word.width + word.blank for word in found)
    count = min(most, -(-total // max(1, width)))
    narrow = max(1, -(-total // max(1, count)))
    lines = wrapped(found, narrow)
    while len(lines) > count and narrow <= total:
        narrow += 1
        lines = wrapped(found, narrow)
    return lines


def _parts(run: str) -> Iterable[str]:
    """Yield the pieces of a run between which a line may be broken, if their scripts have no blanks."""
    start = 0
    for place in range(1, len(run)):
        if _may_break(run[place - 1], run[place], anywhere=True):
            yield run[start:place]
            start = place
    yield run[start:]


def _may_break(before: str, after: str, anywhere: bool) -> bool:
    if not anywhere or after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    return _has_no_blanks(before[-1]) or _has_no_blanks(after[0])


def _has_no_blanks(sign: str) -> bool:
    """Whether a sign is of a script that is written without blanks."""
    if sign < "\u2e80" or unicodedata.east_asian_width(sign) not in "WF":
        return False
    return not any(first <= ord(sign) <= last for first, last in _HANGUL)
