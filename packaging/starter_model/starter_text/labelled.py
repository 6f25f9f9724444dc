"""Short texts with a label: reviews with a sentiment, sentences with a topic or with named entities."""

from __future__ import annotations

import random
import re
from typing import Any

from starter_text.documents import GENRES, Keep, Variants, capital, draw_wording, variants
from starter_text.tables import read_toml
from starter_text.values import fill

_LABELLED = read_toml("labelled")
_REVIEW: dict[str, Any] = _LABELLED["review"]
_ASPECTS = [(subject, variants(good), variants(bad)) for subject, good, bad in _REVIEW["aspects"]]
_PLAIN = [variants(pattern) for pattern in _REVIEW["plain"]]
_VERDICTS = {
    "positive": [variants(pattern) for pattern in _REVIEW["praise"]],
    "negative": [variants(pattern) for pattern in _REVIEW["complaints"]],
}
TOPICS: dict[str, Variants] = {
    topic: [variants(pattern) for pattern in patterns] for topic, patterns in _LABELLED["topics"].items()
}
_KIND_OF_SLOT = {
    **dict.fromkeys("PQF", "people"),
    **dict.fromkeys("LM", "places"),
    **dict.fromkeys("CO", "organisations"),
    **dict.fromkeys("DE", "dates"),
}
ENTITY_KINDS = ("people", "places", "organisations", "dates")
_AMBIGUOUS = re.compile(r"\{[IWVSH]\}")
"""Slots whose values are names or times that could count as an entity or not."""


def _entity_patterns() -> list[Variants]:
    """Return the sentences made for entities, those of documents, and those without a value."""
    genres = GENRES["en"].values()
    facts = [wordings for genre in genres for wordings in genre.facts if not _AMBIGUOUS.search(wordings[0])]
    fillers = [wordings for genre in genres for wordings in genre.fillers]
    return [[variants(pattern) for pattern in _LABELLED["entities"]["sentences"]], facts, fillers]


_ENTITY_PATTERNS = _entity_patterns()


def draw_review(rng: random.Random, keep: Keep) -> dict[str, str]:
    """Return a short review as text, sentiment and reason; a neutral one praises and blames, or reports."""
    while True:
        mood = rng.choice(("positive", "negative", "neutral"))
        reason = _neutral_opinion(rng) if mood == "neutral" else _clear_opinion(rng, mood)
        start = fill(rng, rng.choice(_REVIEW["starts"]), {"thing": rng.choice(_REVIEW["things"])})
        sentences = [capital(reason) + "."]
        if mood in _VERDICTS and rng.random() < 0.6:
            verdict = capital(draw_wording(rng, _VERDICTS[mood])) + "."
            sentences.insert(rng.choice((0, 1, 1)), verdict)
        text = start + " ".join(sentences)
        if keep(text):
            return {"text": text, "sentiment": mood, "reason": capital(reason)}


def _neutral_opinion(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return fill(rng, draw_wording(rng, _PLAIN), {})
    (first, good, _), (second, _, bad) = rng.sample(_ASPECTS, 2)
    opinions = [f"{first} {rng.choice(good)}", f"{second} {rng.choice(bad)}"]
    rng.shuffle(opinions)
    return str(rng.choice(_REVIEW["joins"])).format(*opinions)


def _clear_opinion(rng: random.Random, mood: str) -> str:
    column = 1 if mood == "positive" else 2
    aspects = rng.sample(_ASPECTS, rng.choice((1, 2)))
    return " and ".join(f"{aspect[0]} {rng.choice(aspect[column])}" for aspect in aspects)


def draw_topic_text(rng: random.Random, keep: Keep) -> tuple[str, str]:
    """Return one to three sentences about a topic, and the topic."""
    topic = rng.choice(list(TOPICS))
    sentences: list[str] = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        sentence, _ = _draw_kept(rng, TOPICS[topic], keep)
        if sentence not in sentences:
            sentences.append(sentence)
    return " ".join(sentences), topic


def draw_entity_text(rng: random.Random, keep: Keep) -> tuple[str, dict[str, list[str]]]:
    """Return one to five sentences, and their entities by kind in the order of the text, each once."""
    sentences: list[str] = []
    found: dict[str, list[str]] = {kind: [] for kind in ENTITY_KINDS}
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 5))):
        sentence, slots = _draw_kept(rng, rng.choices(_ENTITY_PATTERNS, (5, 4, 1))[0], keep)
        sentences.append(sentence)
        for slot, value in slots.items():
            kind = _KIND_OF_SLOT.get(slot)
            if kind and value not in found[kind]:
                found[kind].append(value)
    return " ".join(sentences), found


def _draw_kept(rng: random.Random, patterns: Variants, keep: Keep) -> tuple[str, dict[str, str]]:
    """Return a sentence on our side and the values of its slots in the order of the text."""
    while True:
        slots: dict[str, str] = {}
        sentence = capital(fill(rng, draw_wording(rng, patterns), slots))
        if keep(sentence):
            return sentence, slots
