"""Small talk in four languages, jokes and stories."""

from __future__ import annotations

import random
from typing import Any

from starter_text.tables import read_toml

_DATA = read_toml("small_talk")
_STORY: dict[str, list[str]] = _DATA["story"]
JOKES: list[str] = _DATA["jokes"]
TALK: dict[str, dict[str, Any]] = _DATA["talk"]
"""By intent: its title, and by language its questions and answer."""


def draw_story(rng: random.Random) -> str:
    """Return a story of four sentences."""
    animal, other = rng.sample(_STORY["animals"], 2)
    name, trait = rng.choice(_STORY["names"]), rng.choice(_STORY["traits"])
    place, find = rng.choice(_STORY["places"]), rng.choice(_STORY["finds"])
    article = "an" if trait[0] in "aeiou" else "a"
    words = {"name": name, "other": other, "place": place, "thing": find.split(" ", 1)[1]}
    middle, end = (rng.choice(_STORY[part]).format(**words) for part in ("middles", "ends"))
    return (
        f"Once there was {article} {trait} {animal} called {name} who lived in the {place}. "
        f"One morning {name} found {find} under a tree. {middle} {end}"
    )
