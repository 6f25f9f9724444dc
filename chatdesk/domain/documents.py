"""Documents as plain values: made from files, kept by the store, given to models by flows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text. Lines end with "\n"; there is no NUL and something that is not white space."""

    name: str  # of the file, without its folder
    text: str
