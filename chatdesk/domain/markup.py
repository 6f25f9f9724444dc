"""The texts of a file, with marks for their formatting: what is exchanged for a translation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A paragraph of a file as plain text with marks for its formatting.

    Mark number 1 stands in `text` as ⟦1⟧ where it opens, ⟦/1⟧ where it closes and ⟦1/⟧ where it stands for
    something that is no text. `key` tells where the file's format finds it again.
    """

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """The texts of a file that can be translated, in reading order."""

    texts: tuple[MarkedText, ...]
    notes: tuple[str, ...] = ()  # readable: what of the file is not translated, such as pictures with words


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file was written with other texts."""

    simplified: tuple[int, ...] = ()  # places of the texts whose marks were not those of their source
