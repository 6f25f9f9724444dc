"""Divides a row of things into ranges of a size, at places that a change elsewhere mostly does not move."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

Rank = tuple[int, int]  # how good a place is to divide at, and a hash that tells equals apart


def divided(
    before: Sequence[int], ranks: Sequence[Rank], least: int, most: int, section: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of ranges of a section, the last excluded, in order; together they are all of it.

    `before` are the sizes of all things before each, and of all at the end; `ranks` are of the place before
    each. A range has `most` at most unless it is one thing, and `least` where the things are small enough;
    `most` is at least twice `least`.
    """
    # Not by recursion: a row in which every place is near an end would be too deep.
    left = [section]
    while left:
        first, last = left.pop()
        if before[last] - before[first] <= most or last - first < 2:
            yield first, last
            continue
        low = bisect_left(before, before[first] + least, first + 1, last - 1)
        high = bisect_right(before, before[last] - least, low, last)
        possible = ranks[low : max(high, low + 1)]
        highest = max(possible)
        equal = [at for at, rank in enumerate(possible, start=low) if rank == highest]
        cut = equal[len(equal) // 2]  # in a text that repeats itself, halves are reached soonest
        left += [(cut, last), (first, cut)]
