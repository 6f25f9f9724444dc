"""Keep what a model has computed for other texts, so that their beginnings need not be read again."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psutil

from chatdesk.engine.bindings import native

WORTH = 256  # tokens: reading fewer again takes less than is gained by keeping them
_MOST_BYTES = 256 << 20
_SHARE = 16  # of the memory that is free


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    tokens: tuple[int, ...]
    state: ctypes.Array[ctypes.c_uint8]


class EarlierReadings:
    """States of one sequence of a context, the newest up to 256 MiB and to a share of the free memory."""

    def __init__(self, context: Any, sequence: int) -> None:  # noqa: ANN401  a ctypes pointer
        self._context = context
        self._sequence = sequence
        self._kept: list[Reading] = []

    def forget(self) -> None:
        """Keep nothing of what there is: it was computed in another way."""
        self._kept.clear()

    def keep(self, tokens: Sequence[int]) -> None:
        """Keep what the sequence holds now, which is the state of `tokens`; those it begins with go."""
        size = native.llama_state_seq_get_size(self._context, self._sequence)
        room = min(_MOST_BYTES, psutil.virtual_memory().available // _SHARE)
        if not 0 < size <= room:
            return
        state = (ctypes.c_uint8 * size)()
        if native.llama_state_seq_get_data(self._context, state, size, self._sequence) != size:
            return
        kept = tuple(tokens)
        self._kept = [each for each in self._kept if each.tokens != kept[: len(each.tokens)]]
        self._kept.append(Reading(kept, state))
        total = sum(len(each.state) for each in self._kept)
        while total > room:
            total -= len(self._kept.pop(0).state)

    def best(self, tokens: Sequence[int], least: int) -> Reading | None:
        """Return the one that shares the longest beginning with `tokens`, `least` tokens at least."""
        longest, found = max(
            ((common_beginning(each.tokens, tokens), at) for at, each in enumerate(self._kept)),
            default=(0, 0),
        )
        return self._kept[found] if longest >= max(1, least) else None

    def restore(self, reading: Reading) -> bool:
        """Make the sequence, which is empty, hold `reading`, the newest from now on; False where it fails."""
        self._kept.remove(reading)
        size = len(reading.state)
        if native.llama_state_seq_set_data(self._context, reading.state, size, self._sequence) != size:
            return False
        self._kept.append(reading)
        return True


def common_beginning(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many tokens both begin with."""
    pairs = zip(first, second, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
