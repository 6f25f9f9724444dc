"""chrF: how many runs of 1 to 6 characters two texts share (Popovic 2015), as sacreBLEU works it out.

Spaces do not count; the counts of all texts are added up first; recall weighs twice as much as precision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_LONGEST = 6
_BETA = 2


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the chrF, 0 to 100, of pairs of an answer and what was wanted."""
    shared, given, wanted = Counter[int](), Counter[int](), Counter[int]()
    for answer, reference in pairs:
        for size in range(1, _LONGEST + 1):
            runs, right = _runs(answer, size), _runs(reference, size)
            shared[size] += (runs & right).total()
            given[size] += runs.total() if right else 0
            wanted[size] += right.total()
    sizes = [size for size in range(1, _LONGEST + 1) if given[size] and wanted[size]]
    if not sizes:
        return 0.0
    precision = sum(shared[size] / given[size] for size in sizes) / len(sizes)
    recall = sum(shared[size] / wanted[size] for size in sizes) / len(sizes)
    weighted = _BETA**2 * precision + recall
    return 100 * (1 + _BETA**2) * precision * recall / weighted if weighted else 0.0


def _runs(text: str, size: int) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[start : start + size] for start in range(len(letters) - size + 1))
