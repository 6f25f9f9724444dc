"""Knows the groups of RTF: which of them hold text of the document, and what holds until they close."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

DEEPEST = 2_000  # groups in groups


class Place(Enum):
    text = "text"
    silent = "silent"
    fonts = "fonts"
    styles = "styles"
    footnote = "footnote"
    annotation = "annotation"


_PLACES = {
    "fonttbl": Place.fonts,
    "stylesheet": Place.styles,
    "footnote": Place.footnote,
    "annotation": Place.annotation,
    **dict.fromkeys(
        ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr"), Place.silent
    ),
    **dict.fromkeys(
        ("footerf", "colortbl", "info", "pict", "fldinst", "xe", "tc", "tcn", "rxe"), Place.silent
    ),
    **dict.fromkeys(("txe", "nonesttables", "ftnsep", "ftnsepc", "pntext", "listtext"), Place.silent),
}


@dataclass(slots=True)
class Group:
    """What holds between two braces."""

    place: Place = Place.text
    begins: bool = True  # nothing stands in it so far but the mark of what programs may skip
    may_be_skipped: bool = False
    font: int = -1
    skip: int = 1  # bytes after a Unicode sign, for programs that do not know it
    is_hidden: bool = False  # or deleted by a tracked change

    def inner(self) -> Group:
        return replace(self, begins=True, may_be_skipped=False)

    def change(self, word: str, number: int | None) -> bool:
        """Follow a word that changes what holds; False for any other."""
        if word == "f":
            self.font = number or 0
        elif word == "uc":
            self.skip = max(0, number or 0)
        elif word in ("v", "deleted"):
            self.is_hidden = number != 0
        elif word == "plain":
            self.font, self.is_hidden = -1, False
        else:
            return False
        return True


def entered(group: Group, word: str) -> bool:
    """Note what a word at the beginning of a group says of its place; False where it says nothing."""
    if word == "*":
        group.may_be_skipped = True
        return True
    begins, group.begins = group.begins, False
    if group.place == Place.silent:
        return False
    if word in _PLACES:
        group.place = _PLACES[word]
        return True
    if begins and group.may_be_skipped:
        group.place = Place.silent
        return True
    return False
