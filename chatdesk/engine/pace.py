"""How many threads write fastest just now, found from what tokens take while they are written."""

from __future__ import annotations

_STEPS = (1, 2, 4, 8, 16, 32, 64, 128)
_FIRST_WAIT = 2  # tokens before the first trial of another number
_LONGEST_WAIT = 512
_TRIAL = 2  # tokens
_BETTER = 0.85  # a trial has to take less than this share of the usual time
_HITCH = 3.0  # a token of this many times the usual time ends a trial
_SLOWER = 1.6  # when tokens have become this many times slower, there is an early trial of fewer threads
_PRICE = 50  # after a trial that cost a second, the next one comes when this many seconds have been written


class Pace:
    """Tries fewer or more threads for two tokens now and then, and stays where tokens come faster.

    All cores are best on an idle computer. As soon as another program wants one of them, threads that wait
    for each other at every step can be ten times slower than a single one, and which it is changes by the
    minute. A trial that brings nothing makes the next one wait twice as long, and longer if it was dear: all
    of them together cost about one part in fifty.
    """

    def __init__(self, most: int) -> None:
        self._ladder = [*(step for step in _STEPS if step < most), most]
        self._settled = len(self._ladder) - 1
        self._trial: int | None = None
        self._trial_times: list[float] = []
        self._usual = 0.0  # seconds for a token with the settled number
        self._expected = 0.0  # what it was at the last trial
        self._wait = _FIRST_WAIT
        self._written = 0.0  # seconds since the last trial
        self._dear = 0.0  # seconds to write before the next one because the last was dear
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
            self._judge(self._trial, seconds)
        return self.threads != before

    def _note(self, seconds: float) -> None:
        self._usual += (seconds - self._usual) * (0.2 if self._usual else 1.0)
        self._expected = self._expected or self._usual
        self._written += seconds
        if self._usual > self._expected * _SLOWER:
            self._try(-1)
        elif self._written >= max(self._wait * self._usual, self._dear):
            self._try(-1 if self._downwards else 1)
            self._downwards = not self._downwards

    def _try(self, step: int) -> None:
        self._written = 0.0
        self._expected = self._usual
        if 0 <= self._settled + step < len(self._ladder):
            self._trial = self._settled + step
            self._trial_times = []

    def _judge(self, trial: int, seconds: float) -> None:
        self._trial_times.append(seconds)
        mean = sum(self._trial_times) / len(self._trial_times)
        if len(self._trial_times) < _TRIAL and mean < self._usual * _HITCH:
            return
        if mean < self._usual * _BETTER:
            self._downwards = trial < self._settled  # what was good once is tried again first
            self._settled, self._usual, self._expected = trial, mean, mean
            self._wait, self._dear = _FIRST_WAIT, 0.0
        else:
            self._wait = min(self._wait * 2, _LONGEST_WAIT)
            self._dear = _PRICE * max(0.0, (mean - self._usual) * len(self._trial_times))
        self._trial = None
