"""Finds the proper names that stand in several paragraphs of a text, and reads how a model writes them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.glossaries import Term
from chatdesk.languages.table import languages
from chatdesk.tasks.check_names import brands, in_title_case, writes_nouns_large
from chatdesk.tasks.check_parts import bare_text
from chatdesk.tasks.dates import MONTHS_OF_WORD
from chatdesk.tasks.foreign_names import KnownNames, unknown_people
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.word_index import words_in

MOST = 60  # names of a text that are fixed, the most frequent ones
LONGEST = 60  # characters of a name
_TOLD = 200  # characters of a paragraph that shows where a name stands
_TOLD_ALL = 2000  # characters of all of them

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_GOES_ON = re.compile(r"[\w,%)][ \u00a0]+$")  # before a word that begins no sentence, line or quotation
_JOINED = re.compile(r"[ \u00a0]+(?:(?:of|de|do|da|dos|das|du|des|del|della|di|van|von|den|der)[ \u00a0]+)?")
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_NOBODY = KnownNames({"a"})  # a text that has none of the names

Span = tuple[int, int]


def repeated_names(
    paragraphs: Sequence[str], language: str, cancel: CancelToken | None = None
) -> tuple[str, ...]:
    """Return the names that stand in two paragraphs or more, in the order of the text, `MOST` at most.

    They are people and brands; where only names have large letters, all that is written so within a sentence
    and never otherwise. `language` is a code, "" where it is not known. When cancelled, those found so far.
    """
    texts = [bare_text(paragraph) for paragraph in paragraphs]
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    found: dict[str, None] = {}
    for text in texts:
        if cancel is not None and cancel.cancelled:
            break
        found |= dict.fromkeys(_names_of(text, language, small))
    counts = _paragraphs_with(found, texts)
    repeated = [name for name in found if counts[name] > 1]
    kept = set(sorted(repeated, key=lambda name: -counts[name])[:MOST])
    return tuple(name for name in repeated if name in kept)


def places_of(names: Sequence[str], paragraphs: Sequence[str]) -> str:
    """Return the beginnings of the paragraphs where names stand first, a line each: what they name."""
    told: dict[str, None] = {}
    for name in names:
        first = next((each for each in paragraphs if name in each), "")
        start = max(0, first.find(name) - _TOLD // 2)
        told[" ".join(first[start : start + _TOLD].split())] = None
    return "\n".join(told)[:_TOLD_ALL]


def written_names(names: Sequence[str], answer: str) -> tuple[Term, ...]:
    """Return how a model writes names: as JSON, or in as many lines as there are names; () for neither.

    A name that it leaves out stays as it is.
    """
    written = _from_json(answer)
    if written is None:
        lines = [line.strip() for line in answer.strip().splitlines()]
        if len(lines) != len(names):
            return ()
        written = dict(zip(names, lines, strict=True))
    return tuple(Term(name, _plausible(name, written.get(name, ""))) for name in names)


def _names_of(text: str, language: str, small: Set[str]) -> Iterator[str]:
    """Yield the names of a paragraph, each as it stands there."""
    spans = [(each.start, each.end) for each in unknown_people(text, _NOBODY)]
    if not in_title_case(text, language):
        if not writes_nouns_large(language):
            spans += _large_words(text, small)
        for brand in brands(text):
            spans += [found.span() for found in re.finditer(rf"\b{re.escape(brand)}\b", text)]
    for start, end in _together(text, sorted(set(spans))):
        name = _POSSESSIVE.sub("", text[start:end])
        if 1 < len(name) <= LONGEST:
            yield name


def _large_words(text: str, small: Set[str]) -> Iterator[Span]:
    """Yield words with a large letter that need none, but for their being names."""
    for start, end in sentences_of(text):
        at_start = -1  # the end of a word that begins something
        for found in _WORD.finditer(text, start, end):
            word = _POSSESSIVE.sub("", found[0])
            if not word[0].isupper() or len(word) < 2:
                continue
            before = text[max(start, found.start() - 4) : found.start()]
            beside_start = at_start >= 0 and _JOINED.fullmatch(text, at_start, found.start())
            if found.start() == start or beside_start or not _GOES_ON.search(before):
                at_start = found.end()
            elif word.casefold() not in small and word.casefold() not in _no_names():
                yield found.start(), found.start() + len(word)


def _together(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans, those as one that only a space or a small word joins: "Bank of Riverton"."""
    last: Span | None = None
    for start, end in spans:
        if last is not None and (start < last[1] or _JOINED.fullmatch(text, last[1], start)):
            last = last[0], max(end, last[1])
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _paragraphs_with(names: Mapping[str, None], texts: Sequence[str]) -> Counter[str]:
    """Return in how many texts each name stands, as a whole and as it is written."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in {word for word, _, _ in words_in(text)}:
            by_word[word].append(number)
    counts: Counter[str] = Counter()
    for name in names:
        fewest = min((by_word[word] for word, _, _ in words_in(name)), key=len, default=[])
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        counts[name] = sum(whole.search(texts[number]) is not None for number in fewest)
    return counts


@cache
def _no_names() -> frozenset[str]:
    """Days, months and languages, which some languages write with a large letter."""
    spoken = (word.casefold() for each in languages().values() for word in each.english.split())
    return frozenset((*spoken, *MONTHS_OF_WORD, *_DAYS.split()))


def _from_json(answer: str) -> dict[str, str] | None:
    try:
        listed = json.loads(answer)["names"]
        return {str(each["name"]): str(each["written"]) for each in listed}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _plausible(name: str, written: str) -> str:
    """Return how a name is written; the name itself for what can be none."""
    told = " ".join(written.split())
    return told if told and len(told) <= 3 * len(name) + 20 and "⟦" not in told else name
