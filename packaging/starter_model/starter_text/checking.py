"""Finds names and numbers in a summary that its source does not contain."""

from __future__ import annotations

import re

from starter_text.documents import GENRES

_WORD = re.compile(r"\d[\d,.:]*\d|\w+")
_VALUE = re.compile(r"\d[\d,.:]*\d|\d|[A-ZÄÖÜ]\w+")
_LIST_NUMBER = re.compile(r"^\d+\. ", flags=re.MULTILINE)
_WORDS_OF_FACTS = frozenset(
    word.lower()
    for patterns in GENRES.values()
    for pattern in patterns["facts"] + patterns["openings"]
    for word in re.findall(r"\w+", pattern.partition("=>")[2])
)


def values_of(summary: str) -> list[str]:
    """Return the numbers and the capitalised words of a summary; the numbers of its list do not count."""
    return _VALUE.findall(_LIST_NUMBER.sub("", summary))


def invented_values(summary: str, source: str) -> list[str]:
    """Return the values of a summary that are neither in the source nor words of the key facts' patterns."""
    known = {word.lower() for word in _WORD.findall(source)} | _WORDS_OF_FACTS
    return [value for value in values_of(summary) if value.lower() not in known]
