"""Finds the terms of a glossary in a text, in any of their forms, and tells whether a translation has one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chatdesk.domain.glossaries import Term, TermFound
from chatdesk.tasks.inflection import folded, joins_words, same_word, starts
from chatdesk.tasks.word_index import words_in

_BETWEEN = re.compile(r"[\s\-‐‑'’/&._]{0,3}")  # between the words of a term in a text
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_WITH_HYPHEN = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_SHORTEST_PART = 5  # letters of a word that is looked for within longer ones
_LEAST_WORD = 4  # letters of a word that alone tells that a phrase is kept
_LAST_WITH_SPACES = "\u0dff"  # later writings, but Korean, do without them


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term as it is looked for."""

    term: Term
    words: tuple[str, ...]  # as they are written


class _Index:
    """The terms of a glossary by the beginnings of their first words."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self._language = language
        self._by_start: dict[str, list[_Entry]] = defaultdict(list)
        self._joined: dict[str, list[tuple[_Entry, str]]] = defaultdict(list)  # words without their hyphens
        self._literal: list[Term] = []  # "C++", "%": those that are not words alone
        for term in terms:
            source = term.source.strip()
            words = tuple(source[start:end] for _, start, end in words_in(source))
            if words and source[0].isalnum() and source[-1].isalnum():
                for start in starts(words[0], language):
                    self._by_start[start].append(_Entry(term, words))
                if (single := _HYPHEN.sub("", source)).isalnum():
                    for start in starts(single, language):
                        self._joined[start].append((_Entry(term, words), single))
            elif source:
                self._literal.append(term)

    def found(self, text: str) -> Iterator[tuple[TermFound, bool]]:
        """Yield all occurrences, and of each whether it is written as the term is."""
        places = [(start, end) for _, start, end in words_in(text)]
        yield from self._hyphenated(text)
        for at, (start, end) in enumerate(places):
            seen: set[int] = set()
            for beginning in starts(text[start:end], self._language):
                for entry in self._by_start.get(beginning, ()):
                    last = at + len(entry.words)
                    if id(entry) not in seen and self._fits(text, places[at:last], entry.words):
                        stop = places[last - 1][1]
                        yield TermFound(entry.term, start, stop), text[start:stop] == entry.term.source
                    seen.add(id(entry))
        for term in self._literal:
            for found in _literally(text, term.source.strip()):
                yield TermFound(term, *found), True

    def _hyphenated(self, text: str) -> Iterator[tuple[TermFound, bool]]:
        """Yield words that have a hyphen where the term has none, or the other way."""
        for word in _WITH_HYPHEN.finditer(text) if self._joined else ():
            joined = _HYPHEN.sub("", word[0])
            for beginning in starts(joined, self._language):
                for entry, single in self._joined.get(beginning, ()):
                    same = (word[0] == joined) == (entry.term.source == single)  # found as it is written
                    fits = same_word(joined, single, self._language) and _large_enough(joined, single)
                    if fits and not same:
                        yield TermFound(entry.term, *word.span()), False

    def _fits(self, text: str, places: Sequence[tuple[int, int]], words: Sequence[str]) -> bool:
        if len(places) < len(words):
            return False
        for at, (word, (start, end)) in enumerate(zip(words, places, strict=True)):
            written = text[start:end]
            if at and not _BETWEEN.fullmatch(text, places[at - 1][1], start):
                return False
            if not same_word(written, word, self._language) or not _large_enough(written, word):
                return False
        return True


def terms_in(text: str, language: str, terms: Sequence[Term]) -> list[TermFound]:
    """Return where the terms of a glossary stand in a text of a language (code), in the order of the text.

    Of those that overlap the longest counts. Whole words are found in all their forms, in any case where the
    term has small letters only; its large letters have to be large. Milliseconds for thousands of terms.
    """
    found = sorted(
        _index(tuple(terms), language).found(text),
        key=lambda each: (each[0].start - each[0].end, not each[1], each[0].start),
    )
    chosen: list[TermFound] = []
    covered: set[int] = set()
    for each, _ in found:
        if covered.isdisjoint(range(each.start, each.end)):
            covered.update(range(each.start, each.end))
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)


def term_kept(translation: str, language: str, term: Term) -> bool:
    """Whether a translation into a language (code) has what the glossary asks for, in any form and case.

    It counts, too, as a part of a compound word, and its words may stand apart.
    """
    wanted = replace(term, source=term.target.casefold())
    if not wanted.source.strip() or any(_index((wanted,), language).found(translation)):
        return True
    if _HYPHEN.search(wanted.source + translation):  # "E-Mail" is "Email"
        joined = replace(wanted, source=_HYPHEN.sub("", wanted.source))
        if any(_index((joined,), language).found(_HYPHEN.sub("", translation))):
            return True
    words = [word for word, _, _ in words_in(wanted.source)]
    theirs = [word for word, _, _ in words_in(translation)]
    if any(word > _LAST_WITH_SPACES for word in words):
        return "".join(words) in "".join(theirs)
    return bool(words) and all(_stands_in(word, theirs, language) for word in words)


def _stands_in(word: str, words: Sequence[str], language: str) -> bool:
    if len(word) < _LEAST_WORD:
        return word in words
    stem = folded(word)
    stem = stem[:-1] if stem.endswith("e") else stem
    within = joins_words(language) and len(stem) >= _SHORTEST_PART
    return any((within and stem in folded(each)) or same_word(each, word, language) for each in words)


def _large_enough(written: str, word: str) -> bool:
    """Whether a word of a text has large letters where that of the term has them."""
    return not any(
        sign.isupper() and not theirs.isupper() for sign, theirs in zip(word, written, strict=False)
    )


def _literally(text: str, term: str) -> Iterator[tuple[int, int]]:
    ignore_case = re.IGNORECASE if term == term.lower() else 0
    before = r"(?<!\w)" if term[0].isalnum() else ""
    behind = r"(?!\w)" if term[-1].isalnum() else ""
    for found in re.finditer(before + re.escape(term) + behind, text, ignore_case):
        yield found.span()


@lru_cache(maxsize=16)
def _index(terms: tuple[Term, ...], language: str) -> _Index:
    return _Index(terms, language)
