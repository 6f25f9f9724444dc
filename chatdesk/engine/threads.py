"""How many threads a model uses on this computer."""

from __future__ import annotations

import os
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Threads:
    """`reading` a prompt is bound by arithmetic, `writing` an answer by memory, which needs fewer.

    When it `adapts`, `writing` is the most: how many really write follows what tokens take (see `Pace`).
    """

    reading: int
    writing: int
    adapts: bool = False


_SMALL = 64_000_000  # bytes


def choose(wanted: int, model_bytes: int) -> Threads:
    """Return `wanted` for both, or where it is 0 what suits this computer and a model of that many bytes.

    A small model takes one thread: a token is done sooner than two threads can wait for each other.

    Writing takes one thread for each physical core: two on one core only wait for each other.
    """
    if wanted > 0:
        return Threads(wanted, wanted)
    if model_bytes < _SMALL:
        return Threads(1, 1)
    usable = _usable()
    return Threads(usable, min(usable, psutil.cpu_count(logical=False) or usable), adapts=True)


def _usable() -> int:
    """The processors that this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1
