"""Finds the models that can read what does not fit into the context of a chat's model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.models import InstalledModel

_STEP = 4096  # tokens
_MOST = 1_048_576  # tokens that can be set


@dataclass(frozen=True, slots=True)
class Larger:
    """A model that has room; `tokens` is the context that it is to be given for that, 0: it has it now."""

    model: InstalledModel
    tokens: int = 0


def larger(
    models: Iterable[InstalledModel], now: Path, needed: int, context_of: Callable[[InstalledModel], int]
) -> list[Larger]:
    """Return the models that have room for `needed` tokens, or were trained for as many.

    The one at `now` has too little as it is; it can be given more, too. With what is given, a quarter stays
    free for the answer, as far as the model was trained for it.
    """
    found = []
    for each in models:
        if each.problem:
            continue
        trained = each.header.context_tokens if each.header is not None else 0
        if each.path != now and context_of(each) >= needed:
            found.append(Larger(each))
        elif min(trained, _MOST) >= needed:
            wanted = -(-needed * 4 // 3 // _STEP) * _STEP
            found.append(Larger(each, min(trained, _MOST, wanted)))
    return found
