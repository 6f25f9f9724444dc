"""How likely a model finds each token of an answer, given what stands before it."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import numpy as np

from chatdesk.domain.generation import TokenProbability
from chatdesk.engine.sequence import Logits, ReadTokens
from chatdesk.engine.vocabulary import Vocabulary

_AT_ONCE = 16  # tokens whose logits are kept together


def probabilities(logits: Logits) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the probability of each token of the vocabulary before any sampling step; they sum to 1."""
    raised = np.exp(logits.astype(np.float64) - logits.max())
    return np.asarray(raised / raised.sum())


def answer_probabilities(
    read: ReadTokens, answer: Sequence[int], vocabulary: Vocabulary
) -> list[TokenProbability]:
    """Return the tokens of an answer after what has been read, with the characters that each completes.

    Joined, the texts are the answer's. Raises ReadStopped, ContextFull, ReadFailed.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    found: list[TokenProbability] = []
    expected = probabilities(read.logits())
    for start in range(0, len(answer), _AT_ONCE):
        tokens = answer[start : start + _AT_ONCE]
        read.append_all(tokens)
        for place, token in enumerate(tokens):
            text = decoder.decode(vocabulary.piece(token) or b"")
            found.append(TokenProbability(token, text, float(expected[token])))
            expected = probabilities(read.logits_at(place))
    return found
