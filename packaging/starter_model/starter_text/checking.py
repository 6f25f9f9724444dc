"""Finds names and numbers in a summary that its source does not contain."""

from __future__ import annotations

import re

_WORD = re.compile(r"\d[\d,.:]*\d|\w+")
_VALUE = re.compile(r"\d[\d,.:]*\d|\d|[^\W\d_a-zäöüßàâçéèêëîïôûùñáíóú]\w+")
_FORM = re.compile(r"^\d+\. |^\|.*\|\n\|[-| ]+\|$", flags=re.MULTILINE)
"""The number of a line in a list, and the head of a table."""


def values_of(summary: str) -> list[str]:
    """Return the numbers and the capitalised words of a summary.

    The numbers of its list and the head of its table do not count.
    """
    return _VALUE.findall(_FORM.sub("", summary))


def invented_values(summary: str, source: str) -> list[str]:
    """Return the values of a summary that are not in the source, in small or in capital letters."""
    known = {word.lower() for word in _WORD.findall(source)}
    return [value for value in values_of(summary) if value.lower() not in known]
