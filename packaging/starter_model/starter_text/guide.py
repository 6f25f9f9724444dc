"""What the starter model says about ChatDesk: the things that a user may ask about, and their answers."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

from starter_text.patterns import expand, procedure
from starter_text.small_talk import JOKES, TALK, draw_story
from starter_text.tables import read_toml

LANGUAGES = {"en": "guide", "de": "german", "fr": "french", "es": "spanish"}
"""The languages of chats and the files with their guides."""

SMALL_TALK = frozenset(TALK)
"""Intents whose questions take no further politeness."""

TITLES: dict[str, dict[str, str]] = read_toml("titles")
"""Titles of chats in the languages other than English, by intent and kind of memory."""

_APPLICATION = read_toml("application")
_KEYS: dict[str, str] = _APPLICATION["keys"]
_UI = frozenset(name for names in _APPLICATION["ui"].values() for name in names)
_SLOT = re.compile(r"\{(key|ui):([^{}]+)\}")
_FRAMES: dict[str, dict[str, str]] = read_toml("frames")
_FRAMED_KEYWORDS, _FRAMED_QUESTIONS = 0.5, 0.25
"""How many keywords and whole questions have words around them that tell nothing."""


@dataclass(frozen=True)
class Intent:
    """One thing that a user may ask about in one language.

    `do` finishes "how do I"; `ask` are whole questions; `terse` are keywords between bars.
    The answer is fixed, but jokes and stories are made up.
    """

    ident: str
    language: str
    title: str
    do: str
    ask: tuple[str, ...]
    terse: str
    fixed_answer: str

    @property
    def name(self) -> str:
        """Return how the meta of a conversation names the intent: "edit", in other languages "de:edit"."""
        return self.ident if self.language == "en" else f"{self.language}:{self.ident}"

    def question(self, rng: random.Random) -> str:
        """Return one wording of the question, in small letters and without its mark."""
        forms = [form for form in (self.do, self.ask, self.terse) if form]
        weights = [{self.do: 5, self.ask: 5, self.terse: 3}[form] for form in forms]
        form = rng.choices(forms, weights)[0]
        if form == self.do:
            return expand(rng, procedure(self.language, form))
        is_whole = isinstance(form, tuple)
        pattern = rng.choice(form) if is_whole else f"({form})"
        if self.ident not in SMALL_TALK and rng.random() < (
            _FRAMED_QUESTIONS if is_whole else _FRAMED_KEYWORDS
        ):
            frame = _FRAMES[self.language]["question" if is_whole else "keyword"]
            pattern = frame.replace("ASKED", pattern)
        return expand(rng, pattern)

    def answer(self, rng: random.Random) -> str:
        """Return the answer."""
        if self.language == "en" and self.ident == "joke":
            return rng.choice(JOKES)
        if self.language == "en" and self.ident == "story":
            return draw_story(rng)
        return self.fixed_answer


def with_names(text: str) -> str:
    """Return a text with its slots filled by the application's names of keys, pages and buttons.

    Raises KeyError for a name that the application does not have.
    """

    def name(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "key":
            return _KEYS[name].replace("Return", "Enter")
        if name not in _UI:
            raise KeyError(name)
        return name.removesuffix("…")

    return _SLOT.sub(name, text)


def _intent(ident: str, language: str, title: str, row: dict[str, Any]) -> Intent:
    answer = with_names(row.get("answer", ""))
    asked = tuple(row.get("ask", ()))
    return Intent(ident, language, title, row.get("do", ""), asked, row.get("terse", ""), answer)


def _guide(language: str) -> dict[str, Intent]:
    english = {ident: row["title"] for ident, row in (read_toml("guide") | TALK).items()}
    titles = english if language == "en" else TITLES[language]
    talk = {ident: row[language] for ident, row in TALK.items() if language in row}
    rows = read_toml(LANGUAGES[language]) | talk
    return {ident: _intent(ident, language, titles[ident], row) for ident, row in rows.items()}


GUIDES = {language: _guide(language) for language in LANGUAGES}
"""All intents with small talk, by language and ident."""

INTENTS = GUIDES["en"]


def first_sentence(text: str) -> str:
    """Return the first sentence of an answer, which is its short form."""
    return re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
