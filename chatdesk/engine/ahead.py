"""Reads an answer's tokens, and with each of them those that probably follow, where that is faster."""

from __future__ import annotations

import time
from collections.abc import Sequence

from chatdesk.engine.draft_pay import LENGTHS, DraftPay
from chatdesk.engine.drafts import Copies
from chatdesk.engine.sequence import Logits, ReadTokens


class Ahead:
    """Stands between the writing of one answer and what a model has `read`, the answer's prompt.

    Every token is still chosen by the caller from the logits of all before it: a guess that is not chosen is
    forgotten. So the answer is what it would be without guesses, as far as the device rounds the logits of
    one token as it rounds those of several.
    """

    def __init__(self, read: ReadTokens, copies: Copies, pay: DraftPay) -> None:
        self._read = read
        self._copies = copies
        self._pay = pay
        self._guesses: Sequence[int] = ()
        self._right = 0  # how many of them were chosen
        self._started = 0.0  # when the tokens were read whose time is not known yet

    def logits(self) -> Logits:
        """Return the logits for the next token; see `ReadTokens.logits`. Raises ReadFailed."""
        logits = self._read.logits_at(self._right) if self._guesses else self._read.logits()
        if self._started:
            # Graphics cards work on until their results are asked for.
            seconds, self._started = time.perf_counter() - self._started, 0.0
            if self._guesses:
                self._pay.read_ahead(len(self._guesses), seconds)
            else:
                self._pay.read_alone(seconds)
        return logits

    def append(self, token: int) -> None:
        """Go on after `token`, the one that was chosen. Raises ReadStopped, ContextFull, ReadFailed."""
        run = self._copies.run
        if run:
            self._pay.guessed(run, self._copies.next(1) == [token])
        self._copies.add(token)
        if self._right < len(self._guesses):
            if self._guesses[self._right] == token:
                self._right += 1
                self._pay.spared()
                return
            self._read.forget(len(self._guesses) - self._right)
        self._guesses, self._right = self._guessed(), 0
        self._started = time.perf_counter()
        if self._guesses:
            self._read.append_all([token, *self._guesses])
        else:
            self._read.append(token)

    def _guessed(self) -> Sequence[int]:
        guesses = self._copies.next(max(LENGTHS))
        wanted = self._pay.wanted(self._copies.run, len(guesses))
        return guesses[:wanted] if wanted and self._read.can_forget(wanted + 1) else ()
