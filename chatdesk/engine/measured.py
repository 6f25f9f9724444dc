"""What llama.cpp has allocated, by its own account, beside what was estimated."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chatdesk.engine.fit import Memory
from chatdesk.engine.shape import RUNTIME_BYTES

_BUFFER = re.compile(r"(model|KV|RS|compute|output) buffer size = +(\d+\.\d\d) MiB")
_PARTS = {"model": 0, "KV": 1, "RS": 1, "compute": 2, "output": 2}


def allocated(lines: Iterable[str]) -> Memory:
    """Return the sum of the buffers that llama.cpp names in `lines` of its log, to 0.01 MiB each.

    What it does not name, the library itself, is taken as estimated.
    """
    sums = [0.0, 0.0, 0.0]
    for line in lines:
        if match := _BUFFER.search(line):
            sums[_PARTS[match[1]]] += float(match[2])
    weights, kv, buffers = (round(mebibytes * 2**20) for mebibytes in sums)
    return Memory(weights, kv, buffers + RUNTIME_BYTES)
