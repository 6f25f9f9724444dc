"""Reads the marks in a text: ⟦1⟧ opens, ⟦/1⟧ closes, ⟦1/⟧ stands for something that is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

OPENING, CLOSING = "⟦", "⟧"
_MARK = re.compile(r"⟦(?:(\d{1,6})|/(\d{1,6})|(\d{1,6})/)⟧")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|ftp://)\S+|\S+@\S+\.\w+", re.I)
_DOUBLE = re.compile(" {2,}")


class Sort(Enum):
    text = auto()
    opens = auto()
    closes = auto()
    alone = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    sort: Sort
    text: str = ""
    number: int = 0  # of the mark


def pieces(text: str) -> Iterator[Piece]:
    """Yield texts and marks in their order; brackets that are no marks are text."""
    place = 0
    for found in _MARK.finditer(text):
        if found.start() > place:
            yield Piece(Sort.text, text[place : found.start()])
        opens, closes, alone = found.groups()
        sort = Sort.opens if opens else Sort.closes if closes else Sort.alone
        yield Piece(sort, number=int(opens or closes or alone))
        place = found.end()
    if place < len(text):
        yield Piece(Sort.text, text[place:])


def without_marks(text: str) -> str:
    return _DOUBLE.sub(" ", _MARK.sub("", text)).strip()


def has_words(text: str) -> bool:
    """Whether there is something to translate: letters that are not those of a single address."""
    plain = without_marks(text)
    return any(map(str.isalpha, plain)) and not _ADDRESS.fullmatch(plain)
