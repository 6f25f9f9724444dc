"""Terms and remembered sentences as plain values: what a translator fixes once and uses again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NewType
from uuid import uuid4

GlossaryId = NewType("GlossaryId", str)


@dataclass(frozen=True, slots=True)
class Term:
    """How a word or phrase is to be translated; the same on both sides: it stays as it is."""

    source: str
    target: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms of one pair of languages, in the order in which the user keeps them."""

    name: str
    source: str  # code of the language
    target: str
    terms: tuple[Term, ...] = ()
    id: GlossaryId = field(default_factory=lambda: GlossaryId(uuid4().hex))


@dataclass(frozen=True, slots=True)
class TermFound:
    """A term of the glossary that occurs in a text, as characters `start` to `end` of it."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and the translation that a user confirmed."""

    source: str
    target: str
    source_language: str  # code
    target_language: str
    when: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Match:
    """A remembered pair whose source is like the text that was looked up; `likeness` 0 to 1, 1: the same."""

    pair: Pair
    likeness: float


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What was left out of an imported file, and where it stands in it."""

    line: int  # from 1; 0 where it has no place
    reason: str  # readable
