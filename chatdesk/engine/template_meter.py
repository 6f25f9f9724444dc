"""Count what a chat template uses, and stop it before it uses too much."""

from __future__ import annotations

import sys
import time
from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined

from chatdesk.domain.words import tr

SECONDS = 1.0  # of this thread's processor time for one rendering
BYTES = 48 << 20  # that all values made in one rendering may take ...
BYTES_PER_INPUT_BYTE = 32  # ... and this many more for each byte of the conversation
DEPTH = 40  # of lists within lists
ITEM_BYTES = 84  # a one-character string and its place in a list
BYTES_PER_STEP = 4096
_STEPS_BETWEEN_LOOKS = 500
_INTEGER_BITS = 64


class Exceeded(SecurityError):
    """The template does more than a chat template may."""


class Meter:
    """What one rendering may still use, and the sizes of the lists it made."""

    def __init__(self, input_bytes: int) -> None:
        self._steps = _STEPS_BETWEEN_LOOKS
        self._bytes = BYTES + BYTES_PER_INPUT_BYTE * input_bytes
        self._deadline = time.thread_time() + SECONDS
        self._known: dict[
            int, tuple[object, int, int]
        ] = {}  # the object is kept, so that its id stays its own

    def step(self, cost: int = 1) -> None:
        """Count an operation; `cost` is in steps of about a microsecond."""
        self._steps -= cost
        if self._steps < 0:
            self._steps = _STEPS_BETWEEN_LOOKS
            if time.thread_time() > self._deadline:
                raise Exceeded(tr("it takes too long"))

    def make(self, size: int) -> None:
        """Count `size` bytes that are about to be made."""
        self._bytes -= size
        if self._bytes < 0:
            raise Exceeded(tr("it makes too much text"))
        self.step(1 + size // BYTES_PER_STEP)

    def size(self, value: object) -> int:
        """Return the bytes of a value as text or as a copy, each repetition of a shared part counted."""
        return self._weigh(value, 0)[0]

    def _weigh(self, value: object, depth: int) -> tuple[int, int]:
        if isinstance(value, str):
            return sys.getsizeof(value), 0
        if value is None or isinstance(value, int | float | Undefined):
            return 32, 0
        if not isinstance(value, list | tuple | dict):
            raise Exceeded(tr("it uses a {kind} as text").format(kind=type(value).__name__))
        known = self._known.get(id(value))
        if known is None:
            known = (value, *self._weigh_items(value, depth))
            self._known[id(value)] = known
        return known[1], known[2]

    def _weigh_items(self, value: Any, depth: int) -> tuple[int, int]:  # noqa: ANN401  list, tuple or dict
        if depth > DEPTH:
            raise Exceeded(tr("it nests lists too deeply"))
        size, height = 56, 0
        for item in [*value.keys(), *value.values()] if isinstance(value, dict) else value:
            self.step()
            item_size, item_height = self._weigh(item, depth + 1)
            size += 8 + item_size
            height = max(height, item_height)
        if height >= DEPTH:
            raise Exceeded(tr("it nests lists too deeply"))
        if size > BYTES + max(0, self._bytes):
            raise Exceeded(tr("it makes too much text"))
        return size, height + 1

    def own(self, value: Any) -> Any:  # noqa: ANN401  whatever a template can hold
        """Count a value that has just been made and return it; views and generators become lists."""
        if isinstance(value, str):
            self.make(sys.getsizeof(value))
        elif isinstance(value, int):
            if value.bit_length() > _INTEGER_BITS:
                raise Exceeded(tr("it uses numbers that are too large"))
        elif isinstance(value, list | tuple | dict):
            self.size(value)
            self.make(56 + 8 * len(value))
        elif isinstance(value, Iterator | KeysView | ValuesView | ItemsView):
            return self.own(list(self._counted(value)))
        return value

    def _counted(self, values: Iterable[object]) -> Iterator[object]:
        for value in values:
            self.make(ITEM_BYTES)
            yield value

    def spread(self, text: str) -> None:
        """Count what a list of the characters of `text` takes, before it is made."""
        self.make(ITEM_BYTES * len(text))

    def text(self, value: object) -> str:
        """Return `str(value)`, checked before it is made."""
        if isinstance(value, str):
            return value
        self.make(self.size(value) * 2)
        return str(value)


def joined(*texts: str) -> int:
    """Return at most how many bytes these take as one string: the widest character decides."""
    width = max(min(4, (sys.getsizeof(text) - 49) // max(1, len(text))) for text in texts)
    return 80 + max(1, width) * sum(map(len, texts))
