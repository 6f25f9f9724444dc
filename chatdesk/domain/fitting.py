"""How much of a chat a model is shown: the room for an answer, and from which turn on the rest fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

LEAST_ANSWER_TOKENS = 64
_ROOM = (
    0.75  # of the budget is filled after turns had to be dropped: the next answers keep the same beginning
)


def answer_room(answer_tokens: int, context_tokens: int) -> int:
    """Return how many tokens are kept free for the answer; `answer_tokens` 0 means no limit of its own."""
    quarter = context_tokens // 4
    return max(min(LEAST_ANSWER_TOKENS, quarter), min(answer_tokens or quarter, quarter))


def shorter_views(
    starts: Sequence[int], sizes: Mapping[int, int], first_turn: int, budget: int
) -> Iterator[tuple[int, int]]:
    """Yield (start, limit in tokens) of the views that fit by estimate, the preferred ones first.

    `starts` are the turns at which a view may begin, in order, and `sizes` the estimated tokens of the views
    from a turn on, without those that are clearly too long. The view of the last time, from `first_turn` on,
    comes first where there was one; then the longest that leaves a quarter of the budget free.
    """
    kept = next((start for start in starts if start >= first_turn), None)
    if first_turn > 0 and kept is not None and sizes.get(kept, budget + 1) <= budget:
        yield kept, budget
    target = int(budget * _ROOM)
    fitting = [start for start in starts if sizes.get(start, target + 1) <= target]
    # The estimate leaves out what the template adds, so that some views fail; the distance doubles.
    place, stride = 0, 1
    while place < len(fitting):
        yield fitting[place], target
        place += stride
        stride *= 2
