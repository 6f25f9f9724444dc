"""Generated documents whose key facts are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starter_text.tables import read_toml
from starter_text.values import fill

Keep = Callable[[str], bool]
"""Says whether a sentence may be used, so that training and held-out texts share none."""

GENRES = read_toml("documents")


@dataclass(frozen=True)
class Document:
    """A text, its title, and its key facts in their order: short lines made of words of the text."""

    title: str
    text: str
    facts: tuple[str, ...]
    genre: str


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[0].upper() + text[1:]


def draw_filled(rng: random.Random, pattern: str, known: Mapping[str, str], keep: Keep) -> tuple[str, str]:
    """Fill "sentence => fact" until `keep` accepts the sentence; return both, "" for a missing fact."""
    while True:
        sentence, _, fact = fill(rng, pattern, known).partition(" => ")
        if keep(capital(sentence)):
            return capital(sentence), capital(fact) if fact else ""


def draw_document(rng: random.Random, keep: Keep, size: int | None = None) -> Document:
    """Return a document of a few paragraphs; `size` is the number of key facts after the opening one."""
    genre = rng.choice(list(GENRES))
    patterns = GENRES[genre]
    known = {"topic": rng.choice(patterns["topics"])}
    size = size or rng.randrange(2, 6)
    opening, first_fact = draw_filled(rng, rng.choice(patterns["openings"]), known, keep)
    body = [draw_filled(rng, pattern, known, keep) for pattern in _draw_facts(rng, patterns, size)]
    sentences = [sentence for sentence, _ in body]
    for _ in range(rng.randrange(0, 3 + size // 3)):
        filler, _ = draw_filled(rng, rng.choice(patterns["fillers"]), known, keep)
        sentences.insert(rng.randrange(len(sentences) + 1), filler)
    paragraphs = _draw_paragraphs(rng, [opening, *sentences])
    title = patterns["title"].format(known["topic"].removeprefix("a ").removeprefix("the "))
    text = rng.choice(("\n\n", "\n\n", "\n", " ")).join(paragraphs)
    return Document(title, text, (first_fact, *(fact for _, fact in body)), genre)


def _draw_facts(rng: random.Random, patterns: Mapping[str, Any], size: int) -> list[str]:
    """Return patterns of facts, each at most once unless more are wanted than there are."""
    facts: list[str] = patterns["facts"]
    drawn = rng.sample(facts, min(size, len(facts)))
    while len(drawn) < size:
        drawn.append(rng.choice(facts))
    return drawn


def _draw_paragraphs(rng: random.Random, sentences: list[str]) -> list[str]:
    paragraphs, start = [], 0
    while start < len(sentences):
        length = rng.randrange(2, 5)
        paragraphs.append(" ".join(sentences[start : start + length]))
        start += length
    return paragraphs
