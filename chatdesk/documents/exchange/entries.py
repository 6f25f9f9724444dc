"""What the readers of glossaries and memories yield, and which entries they leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

LONGEST_TERM, LONGEST_TEXT = 500, 20_000  # characters
MOST_TERMS = 100_000
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF))
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_UNUSABLE: dict[int, str | None] = {**_CONTROLS, **_HALVES, 13: "\n"}


class Flaw(StrEnum):
    """Why something of a file is not among what was read, or not as it stands there."""

    one_side = "one_side"
    no_language = "no_language"
    too_long = "too_long"
    twice = "twice"
    too_many = "too_many"
    not_allowed = "not_allowed"
    synonyms = "synonyms"
    tags = "tags"
    entity = "entity"
    letters = "letters"
    one_column = "one_column"
    no_column = "no_column"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term or a pair."""

    source: str
    target: str
    note: str = ""  # of a term
    source_language: str = ""  # of a pair: codes
    target_language: str = ""
    seconds: int = 0  # of a pair: when it was last changed, since 1970; 0 where the file does not say


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to tell; `detail` is the code of the language that it is about, where it is about one."""

    flaw: Flaw
    line: int  # from 1; 0 where it has no place
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Languages:
    """The codes of the two languages that a glossary says it has."""

    source: str
    target: str


Found = Entry | Problem | Languages
EntryReader = Callable[[BinaryIO, str, str], Iterator[Found]]
"""(file, code of the source's language or "", of the target's) -> what is in it. Raises Refused, OSError."""


class TermSieve:
    """Tells which terms of one file are of use."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def sifted(self, line: int, source: str, target: str, note: str) -> Iterator[Found]:
        """Yield the term, or why it is left out; nothing for one without any text."""
        term = (one_line(source), one_line(target))
        if not all(term):
            if any(term):
                yield Problem(Flaw.one_side, line)
        elif max(map(len, term)) > LONGEST_TERM:
            yield Problem(Flaw.too_long, line)
        elif term in self._seen:
            yield Problem(Flaw.twice, line)
        elif len(self._seen) == MOST_TERMS:
            yield Problem(Flaw.too_many, line)
        else:
            self._seen.add(term)
            yield Entry(*term, one_line(note)[:LONGEST_TERM])


def clean(text: str) -> str:
    """Return a text without what no file can hold; lines end with a line feed."""
    return text.replace("\r\n", "\n").translate(_UNUSABLE)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())
