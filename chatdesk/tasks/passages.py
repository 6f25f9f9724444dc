"""Finds the passage of a document that a quotation or a sentence rests on, and what no sentence rests on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from math import log

from chatdesk.domain.summaries import Passage
from chatdesk.tasks.word_index import WordIndex, words_in

SIMILAR = 0.75  # share of a quotation's words that have to stand in the passage, in their order
_FEWEST_WORDS = 4  # shorter quotations have to stand there word for word
_CANDIDATES = 4  # places that are compared word by word
_SLACK = 3  # words by which a place may be off
_COMPARED = 100  # sentences that are looked at for one
_GAP = re.compile(r"\.{3}|…|\[\.\.\.\]|\[…\]")
_LONGEST_GAP = 60  # words left out between two parts of a quotation


def find_quote(quote: str, source: WordIndex) -> Passage | None:
    """Return where the words of a quotation stand, or words that are nearly the same; None for nowhere.

    Case, punctuation and white space do not count. Words that were left out are marked by an ellipsis.
    """
    parts = [words for part in _GAP.split(quote) if (words := [word for word, _, _ in words_in(part)])]
    if not parts:
        return None
    if len(parts) > 1 and (span := _in_parts(parts, source)) is not None:
        return _passage(span, source)
    words = [word for part in parts for word in part]
    span = _exactly(words, source) or _nearly(words, source)
    return _passage(span, source) if span is not None else None


def _passage(span: tuple[int, int], source: WordIndex) -> Passage:
    return Passage(source.starts[span[0]], source.ends[span[1] - 1])


def _exactly(words: Sequence[str], source: WordIndex, begin: int = 0) -> tuple[int, int] | None:
    """Return the first place from `begin` on where exactly these words stand, in words."""
    rarest = min(range(len(words)), key=lambda at: len(source.places.get(words[at], ())))
    for place in source.places.get(words[rarest], ()):
        start = place - rarest
        if start >= begin and source.words[start : start + len(words)] == list(words):
            return start, start + len(words)
    return None


def _in_parts(parts: Sequence[Sequence[str]], source: WordIndex) -> tuple[int, int] | None:
    first: int | None = None
    end = 0
    for part in parts:
        found = _exactly(part, source, end)
        if found is None or (first is not None and found[0] - end > _LONGEST_GAP):
            return None
        first, end = found[0] if first is None else first, found[1]
    return (first, end) if first is not None else None


def _nearly(words: Sequence[str], source: WordIndex) -> tuple[int, int] | None:
    if len(words) < _FEWEST_WORDS:
        return None
    numbers = {word for word in words if word.isdecimal()}  # another number is another statement
    best, best_span = 0.0, None
    for offset in _likeliest(words, source):
        low = max(0, offset - _SLACK)
        window = source.words[low : offset + len(words) + _SLACK]
        blocks = SequenceMatcher(None, window, words, autojunk=False).get_matching_blocks()[:-1]
        if not blocks:
            continue
        share = sum(block.size for block in blocks) / len(words)
        if share > best and numbers.issubset(window):
            best, best_span = share, (low + blocks[0].a, low + blocks[-1].a + blocks[-1].size)
    return best_span if best >= SIMILAR else None


def _likeliest(words: Sequence[str], source: WordIndex) -> list[int]:
    """Return the places where the quotation could begin: rare words that it shares with the text vote."""
    votes: Counter[int] = Counter()
    for at, word in enumerate(words):
        places = source.places.get(word, ())
        for place in places:
            votes[(place - at) // _SLACK] += 1_000_000 // len(places)
    return [max(0, block * _SLACK) for block, _ in votes.most_common(_CANDIDATES)]


class Resemblance:
    """Compares sentences with candidates by the words they share; rare words count more."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self._words = [{word for word, _, _ in words_in(text)} for text in candidates]
        counts = Counter(word for words in self._words for word in words)
        self._weights = {word: log(1 + len(candidates) / count) for word, count in counts.items()}
        self._unknown = log(1 + max(1, len(candidates)))
        self._by_word: dict[str, list[int]] = {}
        for index, words in enumerate(self._words):
            for word in words:
                self._by_word.setdefault(word, []).append(index)

    def best(self, sentence: str, least: float) -> list[tuple[int, float]]:
        """Return (index, share of the sentence's words that the candidate has), best first.

        Shares below `least`, which is above 0, are left out.
        """
        words = {word for word, _, _ in words_in(sentence)}
        whole = sum(self._weight(word) for word in words)
        found = []
        for index in self._likely(words):
            weight = sum(self._weight(word) for word in words & self._words[index])
            if weight >= least * whole:
                found.append((index, weight / whole))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def _likely(self, words: Iterable[str]) -> set[int]:
        """Return candidates that have the rarest of these words: comparing all would take too long."""
        likely: set[int] = set()
        for places in sorted((self._by_word[word] for word in words if word in self._by_word), key=len):
            if len(likely) >= _COMPARED:
                break
            likely.update(places[:_COMPARED])
        return likely

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._unknown)


def joined(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return passages in the order of the text, those that touch or overlap as one."""
    result: list[Passage] = []
    for passage in sorted(passages, key=lambda each: (each.start, each.end)):
        if result and passage.start <= result[-1].end:
            result[-1] = Passage(result[-1].start, max(result[-1].end, passage.end))
        else:
            result.append(passage)
    return tuple(result)


def coverage(passages: Iterable[Passage], sentences: Sequence[tuple[int, int]]) -> float:
    """Return the share, 0 to 1, of a document's sentences (start, end) that passages touch, by length."""
    starts = [start for start, _ in sentences]
    ends = [end for _, end in sentences]
    touched: set[int] = set()
    for passage in joined(passages):
        touched.update(range(bisect_right(ends, passage.start), bisect_left(starts, passage.end)))
    whole = sum(end - start for start, end in sentences)
    return sum(ends[at] - starts[at] for at in touched) / whole if whole else 0.0
