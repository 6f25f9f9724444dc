"""The learning rate over a training run whose length is given in minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """A warm-up in steps, then a cosine by the clock from `peak` to `peak * final_share`.

    `first_step` and `begin_s` say where the schedule begins (0 unless a resumed run begins a new one),
    `end_s` when it ends, both in seconds of training time.
    """

    peak: float
    final_share: float
    warmup_steps: int
    end_s: float
    first_step: int = 0
    begin_s: float = 0.0

    def rate(self, step: int, used_s: float) -> float:
        """Return the learning rate of a step that starts after so many seconds."""
        warmup = min(1.0, (step - self.first_step + 1) / self.warmup_steps)
        done = min(1.0, (used_s - self.begin_s) / (self.end_s - self.begin_s))
        cosine = 0.5 * (1 + math.cos(math.pi * done))
        return self.peak * warmup * (self.final_share + (1 - self.final_share) * cosine)
