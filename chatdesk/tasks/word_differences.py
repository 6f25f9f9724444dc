"""Which words of two texts stand in one of them only, by their places."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

MOST_WORDS = 4_000  # of one side; longer texts are compared line by line

_WORD = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\n\u2028\u2029]*[^\s][^\n\u2028\u2029]*")

Places = tuple[tuple[int, int], ...]  # from and to, in characters


def differing_words(one: str, other: str) -> tuple[Places, Places]:
    """Return the stretches of each text that the other has not; neighbours are joined, also across spaces."""
    pattern = _WORD
    first, second = _pieces(pattern, one), _pieces(pattern, other)
    if max(len(first), len(second)) > MOST_WORDS:
        first, second = _pieces(_LINE, one), _pieces(_LINE, other)
    matcher = SequenceMatcher(None, [text for text, *_ in first], [text for text, *_ in second])
    here: list[tuple[int, int]] = []
    there: list[tuple[int, int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            if b > a:
                here.append((first[a][1], first[b - 1][2]))
            if d > c:
                there.append((second[c][1], second[d - 1][2]))
    return tuple(here), tuple(there)


def _pieces(pattern: re.Pattern[str], text: str) -> list[tuple[str, int, int]]:
    return [(match.group(), match.start(), match.end()) for match in pattern.finditer(text)]
