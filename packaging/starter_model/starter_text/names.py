"""First names of many cultures, and made-up ones, all drawn with equal weight."""

from __future__ import annotations

import random

from starter_text.tables import read_toml

_NAMES = read_toml("names")
FIRST_NAMES: list[str] = sorted({name for line in _NAMES["first_names"] for name in line.split()})
_ONSETS, _VOWELS, _CODAS = (_NAMES["made_up"][part].split() for part in ("onsets", "vowels", "codas"))


def made_up_name(rng: random.Random) -> str:
    """Return a name of one to three syllables that hardly anybody has; there are millions of them."""
    syllables = rng.choice((1, 2, 2, 2, 3))
    name = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables))
    if syllables == 1 or rng.random() < 0.6:
        name += rng.choice(_CODAS)
    return name.capitalize()


def draw_name(rng: random.Random) -> str:
    """Return a first name, made up in half of the cases; one in five has two parts."""
    name = made_up_name(rng) if rng.random() < 0.5 else rng.choice(FIRST_NAMES)
    if rng.random() < 0.2:
        second = made_up_name(rng) if rng.random() < 0.5 else rng.choice(FIRST_NAMES)
        return f"{name}{rng.choice((' ', ' ', '-'))}{second}"
    return name
