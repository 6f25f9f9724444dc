"""Questions that the starter model cannot answer, and how it says so."""

from __future__ import annotations

import random
import re

from starter_text.guide import TITLES, with_names
from starter_text.patterns import expand
from starter_text.tables import read_toml
from starter_text.values import invented

_OUTSIDE = read_toml("outside")
_SLOT = re.compile(r"\{([a-z_]+)\}")
REFUSALS: dict[str, str] = {
    language: with_names(row["answer"]) for language, row in _OUTSIDE.items() if "answer" in row
}
"""The one answer of each language."""

OUTSIDE_TITLES = {"en": str(_OUTSIDE["title"])} | {
    language: titles["outside"] for language, titles in TITLES.items()
}


def draw_outside_question(rng: random.Random, language: str) -> str:
    """Return a question outside the domain, in small letters and without its mark."""
    row = _OUTSIDE[language]
    if language == "en" and rng.random() < 0.04:
        return _nonsense(rng)
    words = row["words"]

    def fill(match: re.Match[str]) -> str:
        kind = match[1]
        if kind == "num":
            return str(rng.randrange(2, 10 ** rng.randrange(1, 5)))
        return invented(rng).lower() if kind == "invented" else str(rng.choice(words[kind]))

    if rng.random() < 0.05:
        return str(rng.choice(words["thing"]))
    return _SLOT.sub(fill, expand(rng, rng.choice(row["questions"])))


def _nonsense(rng: random.Random) -> str:
    if rng.random() < 0.5:
        letters = rng.choice(("asdfghjkl", "qwertyuiop", "abcdefghijklmnopqrstuvwxyz", "zxcvbnm"))
        return "".join(rng.choices(letters, k=rng.randrange(3, 14)))
    return " ".join(invented(rng).lower() for _ in range(rng.randrange(1, 5)))
