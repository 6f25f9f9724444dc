"""A text as words that can be compared: without case, punctuation and white space, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

# Writing without spaces between words gives a word for each character.
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
    "|[^\\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u31ff\u3400-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)
_SOFT = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff]"
)  # seen by nobody: a soft hyphen within a word, and such


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (word as it is compared, start, end)."""
    for found in _WORD.finditer(text):
        yield plain(found[0]), found.start(), found.end()


def plain(word: str) -> str:
    """Return a word without case and in the simplest of the forms that Unicode has for its letters."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold()


class WordIndex:
    """The words of a text from `start` to `end`; places are offsets in the whole text."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        part = text[start:end]
        found = [(word, first + start, last + start) for word, first, last in words_in(part)]
        self.words = [word for word, _, _ in found]
        self.starts = [first for _, first, _ in found]
        self.ends = [last for _, _, last in found]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Each word with its places in `words`."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            places[word].append(place)
        return places
