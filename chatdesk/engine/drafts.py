"""Guess the next tokens of an answer: what followed the last time the same tokens were there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

MATCH = 4  # tokens that have to be the same before what followed them is a guess


class Copies:
    """The tokens of a prompt and of its answer so far, and where the answer seems to copy from.

    An earlier answer to nearly the same question is the best guess, and the only one before a token is
    written. Negative tokens, which stand for pictures, are never guessed.
    """

    def __init__(self, prompt: Sequence[int], earlier_answer: Sequence[int] = ()) -> None:
        self._tokens = [*prompt, *earlier_answer]
        self._behind: dict[tuple[int, ...], int] = {}  # where the newest of each MATCH tokens end
        self._indexed = MATCH - 1
        self._source = len(prompt) if earlier_answer else None
        self.run = MATCH if earlier_answer else 0
        """How many tokens have been the same one after another; 0 without a guess."""

    def add(self, token: int) -> None:
        """Note the next token of the answer."""
        source = self._source
        if source is not None and self._tokens[source] == token:
            self._tokens.append(token)
            self._source, self.run = source + 1, self.run + 1
            return
        self._index()
        self._tokens.append(token)
        self._source = self._behind.get(tuple(self._tokens[-MATCH:]))
        self.run = MATCH if self._source is not None else 0

    def next(self, most: int) -> list[int]:
        """Return up to `most` tokens that probably follow; none where nothing is known."""
        if self._source is None:
            return []
        return list(takewhile(lambda token: token >= 0, self._tokens[self._source : self._source + most]))

    def _index(self) -> None:
        tokens, behind = self._tokens, self._behind
        for end in range(self._indexed + 1, len(tokens)):
            behind[tuple(tokens[end - MATCH : end])] = end
        self._indexed = max(self._indexed, len(tokens) - 1)
