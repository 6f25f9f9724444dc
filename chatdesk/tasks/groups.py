"""Puts neighbours together into groups of a size, so that one that changes leaves the other groups alone."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate

from chatdesk.tasks.dividing import divided


def groups_of(texts: Sequence[str], sizes: Sequence[int], room: int) -> list[list[str]]:
    """Return texts in their order, in fewer groups than there are texts; `sizes` are theirs.

    A group has `room` at most, but where no two neighbours fit into it, they come in pairs. A group begins
    where a hash of the text is high, and so not where the counting began.
    """
    before = [0, *accumulate(sizes)]
    ranks = [(0, zlib.crc32(text.encode("utf-8", "replace"))) for text in texts]
    ranges = list(divided(before, ranks, room // 2, room, (0, len(texts)))) if texts else []
    if len(ranges) == len(texts) > 1:
        ranges = [(first, min(first + 2, len(texts))) for first in range(0, len(texts), 2)]
    return [list(texts[first:last]) for first, last in ranges]
