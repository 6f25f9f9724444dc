"""Short texts with a label: reviews with a sentiment, sentences with a topic or with named entities."""

from __future__ import annotations

import random
from typing import Any

from starter_text.documents import Keep, capital, draw_filled
from starter_text.tables import read_toml
from starter_text.values import DAYS, person, place

_LABELLED = read_toml("labelled")
_REVIEW: dict[str, list[str]] = _LABELLED["review"]
TOPICS: dict[str, list[str]] = _LABELLED["topics"]
ENTITY_KINDS = ("PERSON", "PLACE", "DATE", "ORG")


def draw_review(rng: random.Random, keep: Keep) -> dict[str, Any]:
    """Return a short review as text, sentiment and reason; a neutral one praises and blames."""
    while True:
        thing = rng.choice(_REVIEW["things"])
        mood = rng.choice(("positive", "negative", "neutral"))
        text, reason = _mixed_opinion(rng) if mood == "neutral" else _clear_opinion(rng, mood)
        start = rng.choice(
            (
                f"My new {thing}: ",
                f"{person(rng)} about the {thing}: ",
                f"I tried the {thing} in {place(rng)}. ",
                f"We used the {thing} on {rng.choice(DAYS)}. ",
            )
        )
        if keep(start + text):
            return {"text": start + text, "sentiment": mood, "reason": reason}


def _mixed_opinion(rng: random.Random) -> tuple[str, str]:
    first, second = rng.choice(_REVIEW["good"]), rng.choice(_REVIEW["bad"])
    if rng.random() < 0.5:
        first, second = second, first
    return f"{capital(first)}, but {second}.", f"{first}, but {second}"


def _clear_opinion(rng: random.Random, mood: str) -> tuple[str, str]:
    aspects, verdicts = ("good", "praise") if mood == "positive" else ("bad", "complaints")
    first, second = rng.sample(_REVIEW[aspects], 2)
    reason = f"{first} and {second}" if rng.random() < 0.5 else first
    text = f"{capital(reason)}."
    if rng.random() < 0.6:
        text += f" {capital(rng.choice(_REVIEW[verdicts]))}."
    return text, reason


def draw_topic_text(rng: random.Random, keep: Keep) -> tuple[str, str]:
    """Return one or two sentences about a topic, and the topic."""
    topic = rng.choice(list(TOPICS))
    patterns = rng.sample(TOPICS[topic], rng.choice((1, 2)))
    return " ".join(draw_filled(rng, pattern, {}, keep)[0] for pattern in patterns), topic


def draw_entity_text(rng: random.Random, keep: Keep) -> tuple[str, dict[str, list[str]]]:
    """Return one or two sentences, and their entities by kind in the order of the text."""
    texts: list[str] = []
    found: dict[str, list[str]] = {kind: [] for kind in ENTITY_KINDS}
    for pattern in rng.sample(_LABELLED["entities"]["sentences"], rng.choice((1, 1, 2))):
        sentence, entities = draw_filled(rng, pattern, {}, keep)
        texts.append(sentence)
        for entity in entities.split(";"):
            kind, _, value = entity.partition(":")
            found[kind.upper()].append(value)
    return " ".join(texts), found
