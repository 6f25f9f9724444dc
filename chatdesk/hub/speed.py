"""How fast bytes come, smoothed, and when it is time for the next report."""

from __future__ import annotations

import math

_MEMORY = 3.0  # seconds over which the speed is smoothed


class Speed:
    """An exponential mean over the last seconds; the first seconds are weighted as if they were all."""

    def __init__(self, now: float) -> None:
        self._last = now
        self._waiting = 0
        self._mean = 0.0
        self._weight = 0.0

    def add(self, count: int) -> None:
        self._waiting += count

    def measure(self, now: float) -> float:
        """Return bytes a second up to `now`, which must have moved on since the last call."""
        passed = now - self._last
        if passed > 0:
            kept = math.exp(-passed / _MEMORY)
            self._mean = kept * self._mean + (1 - kept) * self._waiting / passed
            self._weight = kept * self._weight + (1 - kept)
            self._last, self._waiting = now, 0
        return self._mean / self._weight if self._weight else 0.0


class Ticker:
    """Says whether `seconds` have passed since it last said so."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = -math.inf

    def due(self, now: float) -> bool:
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True
