"""Decide how many guessed tokens to read at once, from what that has cost and gained so far."""

from __future__ import annotations

LENGTHS = (15, 7, 3)  # guesses read at once, with the token before them: whole blocks of native kernels
_STEADY = 0.1  # weight of a new observation among the older ones
_QUICK = 0.3
_KNOWN = 8  # tokens read alone before their time counts as known
_MARGIN = 1.1  # the how much faster a draft has to be, by what is known, than its tokens one by one
_TRIAL_RUN = 8  # tokens that have been the same before a draft is tried
_MOST_CREDIT = 8.0
_EARNED = 0.02


class DraftPay:
    """All figures are in units of the time of a token that is read alone.

    How often guesses are right shows without reading ahead. What reading ahead costs has to be tried, and it
    depends on the device: a graphics card reads 16 tokens nearly as fast as one, a processor may need the
    time of 7. Losses are taken from a credit, of which each token earns a little: beyond the first few
    tokens, no more than a fiftieth is ever lost.
    """

    def __init__(self) -> None:
        self._alone = 0.0  # seconds
        self._seen = 0
        self._costs: dict[int, float] = {}
        self._right = [0.8, 0.8, 0.8]  # shares of the guesses, by how many have been right before
        self._credit = _MOST_CREDIT

    def wanted(self, run: int, guesses: int) -> int:
        """Return how many of so many guesses to read now, 0 for none, after `run` tokens as guessed."""
        possible = [length for length in LENGTHS if length <= guesses]
        if self._seen < _KNOWN or not possible or self._credit <= 0:
            return 0
        share = self._right[_kind(run)]
        gains = {
            length: _tokens(length, share) / self._costs.get(length, 1.0 + length) for length in possible
        }
        best = max(possible, key=gains.__getitem__)
        if gains[best] > _MARGIN:
            return best
        # What was dear may be cheaper now, or was measured while the computer was busy with something else.
        trial = min(possible, key=lambda length: (length in self._costs, -length))
        if run >= _TRIAL_RUN and self._credit >= min(self._costs.get(trial, 0.0), _MOST_CREDIT):
            return trial
        return 0

    def _cost(self, length: int) -> float:
        return self._costs.get(length, 1.0 + length)

    def guessed(self, run: int, right: bool) -> None:
        """Note whether the guess after `run` tokens was what came."""
        kind = _kind(run)
        self._right[kind] += (right - self._right[kind]) * _STEADY

    def read_alone(self, seconds: float) -> None:
        """Note what a token took that was read without guesses."""
        weight = max(_STEADY, 1 / (self._seen + 1))
        # A hitch of the computer must not make reading ahead look cheap.
        usual = min(seconds, 2 * self._alone) if self._seen >= _KNOWN else seconds
        self._alone += (usual - self._alone) * weight
        self._seen += 1
        self._credit = min(_MOST_CREDIT, self._credit + _EARNED)

    def read_ahead(self, length: int, seconds: float) -> None:
        """Note what `length` guesses, with the token before them, took."""
        # At most what its tokens take one by one: more is a hitch, and says nothing about the next time.
        cost = min(seconds / self._alone, 1.0 + length)
        before = self._costs.get(length, cost)
        self._costs[length] = before + (cost - before) * _QUICK
        self._credit += 1 - cost

    def spared(self) -> None:
        """Note that a token need not be read because it was read ahead."""
        self._credit = min(_MOST_CREDIT, self._credit + 1)


def _kind(run: int) -> int:
    return 0 if run < 8 else 1 if run < 24 else 2


def _tokens(length: int, share: float) -> float:
    """Return how many tokens a draft gives when each guess is right with a probability of `share`."""
    return length + 1.0 if share >= 1 else (1 - share ** (length + 1)) / (1 - share)
