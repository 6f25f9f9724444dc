"""Languages as plain values: what they are called, and which one a text is in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language, or a variant of one; `code` is its tag of BCP 47, such as "de" or "pt-BR"."""

    code: str
    english: str  # its English name, which all models know best
    own: str  # what its speakers call it
    rtl: bool = False  # written from right to left


@dataclass(frozen=True, slots=True)
class Detected:
    """The language that a text is in; `language` is a code, "" where that is not sure."""

    language: str
    probability: float  # of the likeliest language, from 0 to 1


UNSURE = Detected("", 0.0)
