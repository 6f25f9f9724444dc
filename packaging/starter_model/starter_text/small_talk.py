"""Jokes, stories, greetings in other languages, and questions that the model cannot answer."""

from __future__ import annotations

import random

from starter_text.patterns import expand
from starter_text.tables import read_toml

_TALK = read_toml("small_talk")
_STORY: dict[str, list[str]] = _TALK["story"]
_UNKNOWN = _TALK["unknown"]
JOKES: list[str] = _TALK["jokes"]
FOREIGN: list[dict[str, str]] = _TALK["foreign"]
"""Patterns of a question and its answer, in French and Spanish."""

UNKNOWN_ANSWER: str = _UNKNOWN["answer"]


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


def draw_unknown_question(rng: random.Random) -> str:
    """Return a question that the starter model cannot answer."""
    text = expand(rng, rng.choice(_UNKNOWN["questions"])).replace("PLACE", rng.choice(_UNKNOWN["countries"]))
    while "NUM" in text:
        text = text.replace("NUM", str(rng.randrange(2, 2000)), 1)
    return text
