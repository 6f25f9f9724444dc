"""How many threads a model uses on this computer."""

from __future__ import annotations

import os
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Threads:
    """`reading` a prompt is bound by arithmetic, `writing` an answer by memory, which needs fewer."""

    reading: int
    writing: int


def choose(wanted: int) -> Threads:
    """Return `wanted` for both, or where it is 0 what suits this computer.

    Writing takes one thread for each physical core: two on one core only wait for each other.
    """
    if wanted > 0:
        return Threads(wanted, wanted)
    usable = _usable()
    return Threads(usable, min(usable, psutil.cpu_count(logical=False) or usable))


def _usable() -> int:
    """The processors that this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1
