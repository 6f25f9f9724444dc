"""System messages of all kinds, which change nothing in what the starter model says."""

from __future__ import annotations

import random

from starter_text.patterns import expand
from starter_text.tables import read_toml
from starter_text.values import place

_SYSTEM = read_toml("chat")["system"]


def draw_system(rng: random.Random) -> str:
    """Return a system message: a common one, or a made-up one."""
    if rng.random() < 0.5:
        return str(rng.choice(_SYSTEM["messages"]))
    text = expand(rng, rng.choice(_SYSTEM["patterns"])).replace("{place}", place(rng))
    return text[0].upper() + text[1:] + rng.choice((".", ".", ""))
