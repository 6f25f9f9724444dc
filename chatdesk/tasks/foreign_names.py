"""Finds names of people in a translation, where most words with large letters tell nothing of names.

Towns, offices and institutions have other names in another language, so that they are left alone: what is
found is a first name that is known as one, and what stands behind "Mrs", "Herr" or "señor".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chatdesk import paths
from chatdesk.domain.summaries import Passage
from chatdesk.tasks.pieces import sentences_of

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_BETWEEN = re.compile(r"[ \u00a0]+")
_LAST_LATIN = "\u024f"
_SPELT = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_GERMAN = (
    "der das und ist im für mit von nicht ein eine dem zu auf sich wird wurde werden hat sind bei auch nach"
    " vun déi dat ass fir mat"
)
_SMALL_WORDS = frozenset(_GERMAN.split())
_WITH_ARTICLE = ("frau", "herr", "herrn")  # no titles behind an article, unlike "la señora"
_SMALL_SHARE = 0.06
_ENDING = 2  # letters by which two forms of a name may differ
_SHORTEST_STEM = 4
# Endings of shorter names: "Evas", "Evu" and "Evy" are Eva, "Jana" and "Janem" are Jan.
_ENDINGS_OF_A = ("as", "an", "y", "u", "e", "i", "o", "ie", "ou", "om", "ze", "en", "aa", "at", "alle")
_ENDINGS = ("s", "es", "a", "e", "u", "em", "om", "ie", "i", "n", "in", "ia", "t", "ovi", "owi", "nak", "nek")
_LONGEST_NAME = 60  # letters; a longer word is none, and its stems would take memory by the square


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of names in general."""

    titles: frozenset[str]
    articles: frozenset[str]
    same: Mapping[str, frozenset[str]]  # a first name and all that are the same in other languages
    first: frozenset[str]  # those that are names wherever they stand


class KnownNames:
    """The words of a text as far as they can be names of people in any language with Latin letters."""

    def __init__(self, words: set[str]) -> None:
        """`words` are those of the text, without case."""
        latin = sum(word[0] <= _LAST_LATIN for word in words if word[0].isalpha())
        self.latin = latin * 2 > sum(word[0].isalpha() for word in words)
        self._words = {bare(word) for word in words if len(word) <= _LONGEST_NAME}
        self._stems = {word[:size] for word in self._words for size in range(_SHORTEST_STEM, len(word) + 1)}

    def has(self, name: str) -> bool:
        """Whether a name stands in the text, with or without accents, in any form or language."""
        return all(self._has(bare(part)) for part in re.split(r"['’-]", name.rstrip(".")) if part)

    def _has(self, word: str) -> bool:
        known = len(word) == 1 or word in self._words
        stem = word[: max(_SHORTEST_STEM, len(word) - _ENDING)]
        if known or stem in self._stems or bool(_table().same.get(word, frozenset()) & self._words):
            return True
        forms = {word[:-1] + end for end in _ENDINGS_OF_A} if word.endswith("a") else set()
        return not self._words.isdisjoint({*forms, *(word + end for end in _ENDINGS), word.removesuffix("s")})


def unknown_people(text: str, known: KnownNames) -> Iterator[Passage]:
    """Yield names of people in a translation that the text it was made of does not have."""
    if not known.latin:
        return
    nouns_large = _writes_nouns_large(text)
    for start, end in sentences_of(text):
        words = list(_WORD.finditer(text, start, end))
        for place in _people(text, words, nouns_large=nouns_large):
            name = words[place][0]
            if not known.has(name):
                first, last = words[place].span()
                yield Passage(first, last - name.endswith("."))


def is_title(word: str) -> bool:
    """Whether a word is one that stands before a name: "Mrs", "Herr"."""
    return bare(word.rstrip(".")) in _table().titles


def bare(word: str) -> str:
    """Return a word without case and accents."""
    plain = unicodedata.normalize("NFD", word.casefold().translate(_SPELT))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _writes_nouns_large(text: str) -> bool:
    """Whether it is in German or Luxembourgish, where a word behind a first name need not be a surname.

    Told by small words: a summary is too short to tell it by its large letters.
    """
    words = [found[0].casefold() for found in _WORD.finditer(text)]
    return sum(word in _SMALL_WORDS for word in words) > _SMALL_SHARE * len(words)


def _people(text: str, words: Sequence[re.Match[str]], *, nouns_large: bool) -> Iterator[int]:
    """Yield the places of the words that are names of people."""
    table = _table()
    behind_name = behind_title = False
    for place, found in enumerate(words):
        word = bare(found[0].rstrip("."))
        before = words[place - 1] if place else None
        adjoins = before is not None and _adjoin(text, before, found)
        large = found[0][0].isupper() and found[0][0] <= _LAST_LATIN
        if adjoins and behind_title and _is_title(table, found[0], word):
            continue  # "Prof. Dr."
        is_first = large and _without_ending(word, table, nouns_large=nouns_large) in table.first
        surname = large and adjoins and (behind_title or (behind_name and not nouns_large))
        if is_first or surname:
            yield place
        article = before is not None and bare(before[0]) in table.articles
        behind_title = _is_title(table, found[0], word) and not (article and word in _WITH_ARTICLE)
        behind_name = is_first or (surname and not nouns_large)


def _without_ending(word: str, table: _Table, *, nouns_large: bool) -> str:
    """Return a word without what says that something belongs to it: "anna's", and in German "annas"."""
    base, sign, ending = word.replace("’", "'").partition("'")
    if sign and ending in ("", "s"):
        return base
    if nouns_large and word.endswith("s") and word not in table.first:
        return word[:-1]
    return word


def _is_title(table: _Table, written: str, word: str) -> bool:
    if word == "m":  # "M. Dupont"
        return written == "M."
    return word in table.titles


def _adjoin(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    between = text[before.end() : word.start()]
    if before[0].endswith(".") and len(before[0]) > 5:  # the end of a sentence
        return False
    return _BETWEEN.fullmatch(between) is not None


@cache
def _table() -> _Table:
    table = tomllib.loads((paths.assets() / "names.toml").read_text("utf-8"))
    lines = [line.split() for line in table["first"].splitlines() if line]
    same: dict[str, frozenset[str]] = {}
    for line in lines:
        names = frozenset(name.removeprefix("=") for name in line)
        for name in names:
            same[name] = same.get(name, frozenset()) | names
    first = frozenset(name for line in lines for name in line if not name.startswith("="))
    return _Table(frozenset(table["titles"].split()), frozenset(table["articles"].split()), same, first)
