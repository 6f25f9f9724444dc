"""What a training run does when: learning rate, batch size, length of texts, drills, by its progress."""

from __future__ import annotations

from dataclasses import dataclass

DECAY_FROM = 0.65
"""Progress at which the rate begins to fall."""

ALL_FROM = 0.3
"""Progress from which on texts of all lengths are learnt from, in full batches."""


@dataclass(frozen=True)
class Schedule:
    """A warm-up in steps, then a constant rate, then a straight fall to zero.

    Progress is 0 at the start and 1 at the end of a run, measured in time or in steps.
    """

    warmup_steps: int = 100
    decay_from: float = DECAY_FROM

    def rate(self, step: int, progress: float) -> float:
        """Return the share of the peak rate, 0 to 1."""
        warmup = min(1.0, (step + 1) / self.warmup_steps)
        left = max(0.0, 1 - progress) / (1 - self.decay_from)
        return warmup * min(1.0, left)


def longest(progress: float) -> int:
    """Return the tokens of the longest conversation that is learnt from: short ones come first."""
    for until, tokens in ((0.1, 200), (ALL_FROM, 640)):
        if progress < until:
            return tokens
    return 2048


def budget(progress: float, full: int) -> int:
    """Return the tokens of a batch: half of `full` at first, when many small steps learn more."""
    return full // 2 if progress < ALL_FROM else full


def drill_share(copy_loss: float) -> float:
    """Return the share of the steps that are copying drills: many until copying is learnt."""
    return 0.35 if copy_loss > 1 else 0.1 if copy_loss > 0.1 else 0.03


def drill_length(copy_loss: float) -> int:
    """Return the tokens of the longest drill: long ones once short ones are repeated well."""
    return 20 if copy_loss > 1 else 100 if copy_loss > 0.2 else 700
