"""How alike two texts are, for the translation memory, and which of their words differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from chatdesk.tasks.word_index import words_in

_NUMBER_COST = 0.3  # of exchanging a number for another, where that of a word is 1
_LEAST_LETTERS = 0.5  # from which on two words with common letters are taken for forms of one
_MOST_WORDS = 300  # that differ; of more their order does not count
_PUNCTUATION = 0.02  # what is taken off where only case, signs and white space differ


def likeness(a: str, b: str) -> float:
    """Return how alike two texts are: 0 nothing in common, 1 the same.

    By the words that have to be exchanged; words that share most of their letters count half, and numbers
    count less, since they are easily replaced. About a tenth of a millisecond for sentences.
    """
    if a == b:
        return 1.0
    ours, theirs = [word for word, _, _ in words_in(a)], [word for word, _, _ in words_in(b)]
    longest = max(len(ours), len(theirs))
    if not longest:
        return 0.0
    alike = 1 - _distance(ours, theirs) / longest
    return max(0.0, min(alike, 1 - _PUNCTUATION))


def changed_words(a: str, b: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return (start, end) of what differs in `a`, and of what differs in `b`; words that adjoin are one."""
    ours, theirs = list(words_in(a)), list(words_in(b))
    matcher = SequenceMatcher(
        None, [word for word, _, _ in ours], [word for word, _, _ in theirs], autojunk=False
    )
    first: list[tuple[int, int]] = []
    second: list[tuple[int, int]] = []
    for tag, begin, end, other_begin, other_end in matcher.get_opcodes():
        if tag != "equal":
            first += _span(ours[begin:end])
            second += _span(theirs[other_begin:other_end])
    return tuple(first), tuple(second)


def _span(words: Sequence[tuple[str, int, int]]) -> list[tuple[int, int]]:
    return [(words[0][1], words[-1][2])] if words else []


def _distance(ours: list[str], theirs: list[str]) -> float:
    """Return what it costs to make one list of words out of the other, 1 for each word."""
    head = 0
    while head < min(len(ours), len(theirs)) and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < min(len(ours), len(theirs)) - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    ours, theirs = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    if not ours or not theirs:
        return float(max(len(ours), len(theirs)))
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return float(max(len(ours), len(theirs)) - (Counter(ours) & Counter(theirs)).total())
    costs = {word: {other: _cost(word, other) for other in set(theirs)} for word in set(ours)}
    row = [float(at) for at in range(len(theirs) + 1)]
    for word in ours:
        of_word, before, row[0] = costs[word], row[0], row[0] + 1
        for at, other in enumerate(theirs, start=1):
            least = min(before + of_word[other], row[at] + 1, row[at - 1] + 1)
            before, row[at] = row[at], least
    return row[-1]


def _cost(word: str, other: str) -> float:
    """Return what it costs to exchange a word for another, 0 to 1."""
    if word == other:
        return 0.0
    if word[-1].isdecimal() and other[-1].isdecimal():
        return _NUMBER_COST
    if word[0] != other[0] and word[-1] != other[-1]:
        return 1.0
    longest = max(len(word), len(other))
    most = min(len(word), len(other))
    head = next((at for at in range(most) if word[at] != other[at]), most)
    tail = next((at for at in range(most - head) if word[-1 - at] != other[-1 - at]), most - head)
    common = (head + tail) / longest
    return 1 - common / 2 if common >= _LEAST_LETTERS else 1.0
