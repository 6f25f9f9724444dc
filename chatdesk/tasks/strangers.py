"""Finds numbers, names and dates in a summary that its source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from chatdesk.domain.summaries import Passage
from chatdesk.tasks.dates import MONTHS_OF_WORD, Dates, months_named
from chatdesk.tasks.foreign_names import KnownNames, unknown_people
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.word_index import plain, words_in

_GROUP = "[.,'’ \u00a0\u202f]"
_GROUPED = re.compile(rf"\d{{1,3}}({_GROUP})\d{{3}}(?:\1\d{{3}})*")
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)|\d(?:[\d.,]*\d)?")
_LIST_NUMBER = re.compile(r"^[ \t|]*(\d{1,3})[.)][ \t]", re.MULTILINE)
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPENS = re.compile(r"[:|\"“„«.!?]")  # between two words: the second begins a sentence, a quotation or a cell
_NOUN_LANGUAGE = 0.25  # share of words with a large letter within sentences, from which on all nouns have one
_SAMPLE, _FEWEST_WORDS = 2000, 40  # words of the source that this is told by
_SAME_LANGUAGE = 0.3  # share of the summary's words that the source has, below which it is a translation
_ENDING = 2  # letters by which two forms of a name may differ
_SHORTEST_STEM = 4

_Word = re.Match[str]

_SPELT = (
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "一 二 三 四 五 六 七 八 九 十",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "a both triple quarter",
)


def _by_word(lists: tuple[str, ...]) -> Mapping[str, str]:
    return {word: str(at) for words in lists for at, word in enumerate(words.split(), start=1)}


_VALUE_OF_WORD = _by_word(_SPELT)


class Source:
    """The numbers and words of a text, as far as other texts are compared with it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = {word for word, _, _ in words_in(text)}

    @cached_property
    def numbers(self) -> set[str]:
        """Every value that a number or a spelt number can have."""
        values = {value for found in _NUMBER.finditer(self._text) for value in _values(found[0])}
        values |= {str(int(digits)) for digits in re.findall(r"\d+", self._text)}
        values |= {_VALUE_OF_WORD[word] for word in self.words & _VALUE_OF_WORD.keys()}
        return values | {str(month) for month in self.dates.months}

    @cached_property
    def dates(self) -> Dates:
        return Dates(self._text)

    @cached_property
    def people(self) -> KnownNames:
        return KnownNames(self.words)

    @cached_property
    def writes_nouns_large(self) -> bool:
        """Whether it is in a language, such as German, where that tells nothing of names."""
        sample = islice(_neighbours(self._text), _SAMPLE)
        inner = [word[0][0].isupper() for before, word, _ in sample if not _opens(self._text, before, word)]
        return len(inner) >= _FEWEST_WORDS and sum(inner) > _NOUN_LANGUAGE * len(inner)

    @cached_property
    def stems(self) -> set[str]:
        return {word[:size] for word in self.words for size in range(_SHORTEST_STEM, len(word) + 1)}


def strangers(summary: str, source: Source, *, translated: bool = False) -> tuple[Passage, ...]:
    """Return the places in `summary` of numbers, names and dates that `source` does not have, in order.

    Numbers are the same however they are written ("1,600", "1600", "twelve"), and so are dates; names may
    have other endings. In a language that writes all nouns with large letters only names of several words are
    looked for, and in a translation only those of people. What has few words of its source is taken for a
    translation even if it is not said to be one.
    """
    found = [Passage(*number.span()) for number in _numbers(summary) if not _has_number(source, number[0])]
    words = [word for word, _, _ in words_in(summary) if word.isalpha()]
    known = sum(word in source.words for word in words)
    if not translated and known >= _SAME_LANGUAGE * len(words):
        names = _names(summary, source.writes_nouns_large)
        found += [name for name in names if not _has_name(source, summary[name.start : name.end])]
    else:
        found += unknown_people(summary, source.people)
    found += _wrong_dates(summary, source)
    return tuple(_apart(sorted(found, key=lambda passage: (passage.start, -passage.end))))


def _wrong_dates(summary: str, source: Source) -> Iterator[Passage]:
    """Yield days with a month that the source does not have, where it names months at all."""
    if not source.dates.months:
        return
    for named in months_named(summary):
        if named.day is not None and not named.months & source.dates.months:
            yield Passage(named.start, named.end)
        elif named.day is not None and source.dates.excludes(named.day, named.months):
            yield Passage(named.day_start, named.day_end)


def _apart(found: Sequence[Passage]) -> Iterator[Passage]:
    """Yield those that do not lie in the one before."""
    end = 0
    for passage in found:
        if passage.end > end:
            yield passage
            end = passage.end


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of a text but those that count the points of a list."""
    marks = {found.start(1) for found in _LIST_NUMBER.finditer(text)}
    return (found for found in _NUMBER.finditer(text) if found.start() not in marks)


def _values(number: str) -> set[str]:
    """Return what a number can mean: "1.600" is 1600 or 1.6, of a date its parts."""
    digits = [str(int(each)) if each.isdecimal() else each for each in re.findall(r"\d+", number)]
    if len(digits) == 1:
        return {digits[0]}
    values = {str(int(re.sub(r"\D", "", number)))} if _GROUPED.fullmatch(number) else set()
    whole, _, fraction = re.sub(r"[^\d.,]", "", number).replace(",", ".").rpartition(".")
    if len(digits) == 2 or not values:  # "3.50" and "1,234.5"
        values.add(f"{whole.replace('.', '')}.{fraction}".rstrip("0").rstrip("."))
    return values


def _has_number(source: Source, number: str) -> bool:
    parts = {str(int(each)) for each in re.findall(r"\d+", number)}
    is_date = len(re.findall(r"\d+", number)) > 2 and not _GROUPED.fullmatch(number)
    return bool(_values(number) & source.numbers) or (is_date and parts <= source.numbers)


def _names(text: str, several_only: bool) -> Iterator[Passage]:
    """Yield words with a large letter within a sentence, or several of them anywhere."""
    for before, word, behind in _neighbours(text):
        opens = _opens(text, before, word)
        several = (not opens and _adjoin(text, before, word)) or _adjoin(text, word, behind)
        inside = not several_only and (not opens or word[0][1:] != word[0][1:].lower())
        if word[0][0].isupper() and (several or inside):
            yield Passage(*word.span())


def _neighbours(text: str) -> Iterator[tuple[_Word | None, _Word, _Word | None]]:
    """Yield each word of a text with those before and behind it in its sentence."""
    for start, end in sentences_of(text):
        words = list(_NAME.finditer(text, start, end))
        yield from zip([None, *words], words, [*words[1:], None], strict=False)


def _opens(text: str, before: _Word | None, word: _Word) -> bool:
    """Whether a word is the first of a sentence, a quotation or a cell of a table."""
    return before is None or _OPENS.search(text, before.end(), word.start()) is not None


def _adjoin(text: str, word: _Word | None, behind: _Word | None) -> bool:
    """Whether two words with large letters stand side by side."""
    if word is None or behind is None or text[word.end() : behind.start()] != " ":
        return False
    return word[0][0].isupper() and behind[0][0].isupper()


def _has_name(source: Source, name: str) -> bool:
    for part in re.split(r"['’-]", name):
        word = plain(part)
        known = len(word) == 1 or word in source.words or _VALUE_OF_WORD.get(word) in source.numbers
        if not known and not MONTHS_OF_WORD.get(word, frozenset()) & source.dates.months:
            stem = word[: max(_SHORTEST_STEM, len(word) - _ENDING)]
            if stem not in source.stems:
                return False
    return True
