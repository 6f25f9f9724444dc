"""What the starter model says about ChatDesk: the things that a user may ask about, and their answers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starter_text.patterns import expand
from starter_text.small_talk import JOKES, draw_story
from starter_text.tables import read_toml

_MADE_UP: dict[str, Callable[[random.Random], str]] = {
    "joke": lambda rng: rng.choice(JOKES),
    "story": draw_story,
}


@dataclass(frozen=True)
class Intent:
    """One thing that a user may ask about; its answer is fixed, or made up by the generator of that name."""

    ident: str
    title: str
    questions: tuple[str, ...]
    fixed_answer: str
    made_up: str

    def question(self, rng: random.Random) -> str:
        """Return one wording of the question, in small letters and without its mark."""
        return expand(rng, rng.choice(self.questions))

    def answer(self, rng: random.Random) -> str:
        """Return the answer."""
        return _MADE_UP[self.made_up](rng) if self.made_up else self.fixed_answer


def _intent(ident: str, row: dict[str, Any]) -> Intent:
    return Intent(ident, row["title"], tuple(row["questions"]), row.get("answer", ""), row.get("made_up", ""))


INTENTS = {ident: _intent(ident, row) for ident, row in read_toml("guide").items()}
SMALL_TALK = frozenset(("hello", "thanks", "bye", "good", "badbot"))
"""Intents whose questions take no further politeness."""

_GERMAN = read_toml("german")
GERMAN_ANSWERS: dict[str, str] = {ident: row["answer"] for ident, row in _GERMAN.items()}
GERMAN_QUESTIONS: dict[str, list[str]] = {
    ident: row["questions"] for ident, row in _GERMAN.items() if "questions" in row
}


def first_sentence(text: str) -> str:
    """Return the first sentence of an answer, which is its short form."""
    return re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
