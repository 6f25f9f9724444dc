"""What comes out of files that other programs wrote: glossaries and translation memories."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.glossaries import FileProblem, Pair, Term

GLOSSARY_SUFFIXES = (".csv", ".tsv", ".tbx")
"""The names of files that glossaries usually have; the first and the last can be written."""
MEMORY_SUFFIX = ".tmx"


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The terms of a file and what of it is not among them."""

    terms: tuple[Term, ...]
    problems: tuple[FileProblem, ...] = ()
    source: str = ""  # code of the language that the file gives; "" where it gives none
    target: str = ""


@dataclass(frozen=True, slots=True)
class PairsRead:
    """The next pairs of a file, at most 1,000."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class PairsEnded:
    """All pairs have come; `problems` is what of the file was not among them."""

    problems: tuple[FileProblem, ...]
