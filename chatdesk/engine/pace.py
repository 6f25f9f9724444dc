"""How many threads write fastest just now, found from what tokens take while they are written."""

from __future__ import annotations

_STEPS = (1, 2, 4, 8, 16, 32, 64, 128)
_FIRST_WAIT = 4  # tokens before the first trial of another number
_LONGEST_WAIT = 512
_TRIAL = 2  # tokens
_BETTER = 0.85  # a trial has to take less than this share of the usual time
_HITCH = 3.0  # a token that takes this many times the usual time asks for an early trial


class Pace:
    """Tries fewer or more threads for two tokens now and then, and stays where tokens come faster.

    All cores are best on an idle computer. As soon as another program wants one of them, threads that wait
    for each other at every step are several times slower than a single one, and which it is changes by the
    minute. A trial that brings nothing makes the next one wait twice as long, so that all of them together
    cost about one token in a hundred.
    """

    def __init__(self, most: int) -> None:
        self._ladder = [*(step for step in _STEPS if step < most), most]
        self._settled = len(self._ladder) - 1
        self._trial: int | None = None
        self._trial_times: list[float] = []
        self._usual = 0.0  # seconds for a token with the settled number
        self._wait = self._left = _FIRST_WAIT
        self._downwards = True

    @property
    def threads(self) -> int:
        """The number for the next token."""
        return self._ladder[self._settled if self._trial is None else self._trial]

    def took(self, seconds: float) -> bool:
        """Note what a token took; True when `threads` is another number now."""
        before = self.threads
        if self._trial is None:
            self._note(seconds)
        else:
            self._judge(seconds)
        return self.threads != before

    def _note(self, seconds: float) -> None:
        hitch = 0 < self._usual * _HITCH < seconds
        self._usual += (seconds - self._usual) * (0.2 if self._usual else 1.0)
        self._left -= 1
        if hitch and self._settled > 0:
            self._try(self._settled - 1)
        elif self._left <= 0:
            self._left = self._wait
            step = -1 if self._downwards else 1
            self._downwards = not self._downwards
            if 0 <= self._settled + step < len(self._ladder):
                self._try(self._settled + step)

    def _try(self, place: int) -> None:
        self._trial = place
        self._trial_times = []

    def _judge(self, seconds: float) -> None:
        self._trial_times.append(seconds)
        mean = sum(self._trial_times) / len(self._trial_times)
        if len(self._trial_times) < _TRIAL and mean < self._usual * _HITCH:
            return
        if mean < self._usual * _BETTER and self._trial is not None:
            self._downwards = self._trial < self._settled  # what was good once is tried again first
            self._settled, self._usual, self._wait = self._trial, mean, _FIRST_WAIT
        else:
            self._wait = min(self._wait * 2, _LONGEST_WAIT)
        self._trial = None
        self._left = self._wait
