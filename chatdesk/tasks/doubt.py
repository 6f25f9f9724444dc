"""Finds the words of an answer that the model was not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatdesk.domain.generation import TokenProbability
from chatdesk.domain.translations import DoubtfulWord

UNSURE = 0.35  # a word that is less likely is told
_ALONE = 0x2E80  # from here on, scripts are written without spaces between words


def doubtful_words(tokens: Sequence[TokenProbability]) -> tuple[DoubtfulWord, ...]:
    """Return the words whose tokens together are unlikely, in the order of the text.

    The probability of a word is the product of those of its tokens. Marks and spaces count to no word.
    """
    return tuple(
        DoubtfulWord(start, end, probability)
        for start, end, probability in _words(tokens)
        if probability < UNSURE
    )


def _words(tokens: Sequence[TokenProbability]) -> Iterator[tuple[int, int, float]]:
    place = start = 0
    inside = False
    probability = 1.0
    for token in tokens:
        counted = False
        for sign in token.text:
            alone = ord(sign) >= _ALONE
            if inside and (not sign.isalnum() or alone):
                yield start, place, probability
                inside = False
            if sign.isalnum():
                if not inside:
                    start, probability, inside, counted = place, 1.0, True, False
                if not counted:
                    probability *= token.probability
                    counted = True
            place += 1
    if inside:
        yield start, place, probability
