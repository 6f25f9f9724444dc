"""What a user tells about himself, and how he asks for it later."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from starter_text.names import draw_name
from starter_text.tables import read_toml
from starter_text.values import place

KINDS: dict[str, dict[str, Any]] = read_toml("memory")
"""By kind: where its values come from, the title of a chat about it, and by language what is said."""


def _draw_number(rng: random.Random) -> str:
    return str(rng.randrange(1, 10 ** rng.randrange(1, 7)))


_DRAW: dict[str, Callable[[random.Random], str]] = {"name": draw_name, "number": _draw_number, "place": place}


def draw_value(rng: random.Random, kind: str) -> str:
    """Return something that a user may tell, of a kind of `KINDS`."""
    values = KINDS[kind]["values"]
    return _DRAW[values](rng) if isinstance(values, str) else str(rng.choice(values))


def kinds_of(language: str) -> list[str]:
    """Return the kinds that are told and asked for in a language."""
    return [kind for kind, row in KINDS.items() if language in row]


def capital(text: str) -> str:
    """Return the text with its first letter large; the rest stays."""
    return text[0].upper() + text[1:]
