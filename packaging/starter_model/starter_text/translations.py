"""Conversations that translate sentences of the grammar and everyday phrases."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starter_text.conversation import Conversation, single
from starter_text.phrase_book import open_phrase, phrase
from starter_text.sentences import piece, sentence
from starter_text.tables import read_toml
from starter_text.words import LANGUAGES, Texts
from starter_text.writer import Writer

_PAIRS = {
    ("en", "de"): 9,
    ("en", "fr"): 6,
    ("en", "es"): 6,
    ("de", "en"): 5,
    ("fr", "en"): 5,
    ("es", "en"): 5,
}
"""The pairs of languages and how often each is drawn: the more genders and cases, the more often."""

_WORDINGS = read_toml("translate")
_PAGE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[3] / "assets" / "tasks" / "translate.toml").read_text(encoding="utf-8")
)
_ENGLISH: dict[str, str] = _WORDINGS["en"]["names"]
_GAPS = (" ", " ", " ", "\n", "\n\n", "\n- ")


def write_translation(writer: Writer) -> Conversation:
    """Return the translation of one to four sentences, sometimes with a third language asked for later."""
    rng = writer.rng
    source, target = draw_pair(rng)
    rows = [draw_row(writer) for _ in range(rng.choice((1, 1, 1, 1, 1, 2, 2, 3, 4)))]
    gap = rng.choice(_GAPS)
    lead = gap.strip() + " " if gap == "\n- " and len(rows) > 1 else ""
    whole = {language: lead + gap.join(row[language] for row in rows) for language in LANGUAGES}
    if len(rows) == 1 and rng.random() < 0.1:
        whole = {language: text.removesuffix(".") for language, text in whole.items()}
    item = _asked(writer, whole, source, target)
    if rng.random() < 0.08:
        third = rng.choice([language for language in LANGUAGES if language not in (source, target)])
        spoken = _spoken(rng, source, target)
        again = writer.follow_up(_WORDINGS[spoken]["again"], TGT=_WORDINGS[spoken]["names"][third])
        return item.with_turn(again, whole[third], "translate again")
    return item


def write_short_translation(writer: Writer) -> Conversation:
    """Return the translation of a few words or one sentence: the first step of learning to translate."""
    rng = writer.rng
    source, target = _draw_main_pair(rng)
    row = draw_short_row(writer)
    kind = rng.random()
    if kind < 0.5:
        question = f"{_ENGLISH[source]} to {_ENGLISH[target]}: {row[source]}"
        return single("translate", question, row[target], src=source, tgt=target)
    if kind < 0.7:
        return _asked_by_page(rng, row, source, target)
    return _asked_freely(writer, row, source, target)


def draw_pair(rng: random.Random) -> tuple[str, str]:
    """Return the languages of a text and of its translation, mostly English and another one."""
    if rng.random() < 0.93:
        return _draw_main_pair(rng)
    source, target = rng.sample(LANGUAGES, 2)
    return source, target


def _draw_main_pair(rng: random.Random) -> tuple[str, str]:
    return rng.choices(list(_PAIRS), list(_PAIRS.values()))[0]


def translator(writer: Writer, source: str, target: str) -> str:
    """Return a system message by which whatever the user writes is translated."""
    names = {"SRC": _ENGLISH[source], "TGT": _ENGLISH[target]}
    return writer.instruction(_WORDINGS["en"]["system"], **names)


def page_question(source: str | None, target: str, text: str, tone: str = "neutral") -> tuple[str, str]:
    """Return the system message and the question that the application's page sends for a text.

    `source` and `target` are language codes, `tone` is one of the task file's choices.
    """
    slot = _PAGE["slots"]["source"]
    from_source = slot["given"].format(source=_ENGLISH[source]) if source else slot["empty"]
    words = {name: slot.get("empty", "") for name, slot in _PAGE["slots"].items()}
    words |= {"source": from_source, "target": _ENGLISH[target], "text": text}
    words["tone"] = _PAGE["choices"]["tone"][tone]["tone"]
    return _PAGE["system"], _PAGE["user"].removeprefix("\n").format(**words)


def _asked(writer: Writer, whole: Texts, source: str, target: str) -> Conversation:
    rng = writer.rng
    kind = rng.random()
    if kind < 0.5:
        return _asked_by_page(rng, whole, source, target)
    if kind < 0.62:
        item = single("translate", whole[source], whole[target], src=source, tgt=target)
        return item.with_system(translator(writer, source, target))
    return _asked_freely(writer, whole, source, target)


def _asked_by_page(rng: random.Random, whole: Texts, source: str, target: str) -> Conversation:
    """Ask as the page does, formally only where the text has no "you", which is informal in the grammar."""
    tones = ["neutral"] * 8 + ["informal"]
    if not re.search(r"\byou", whole["en"], re.IGNORECASE):
        tones.append("formal")
    told = source if rng.random() < 0.6 else None
    system, question = page_question(told, target, whole[source], rng.choice(tones))
    return single("translate", question, whole[target], src=source, tgt=target).with_system(system)


def _asked_freely(writer: Writer, whole: Texts, source: str, target: str) -> Conversation:
    rng, text, answer = writer.rng, whole[source], whole[target]
    words = _WORDINGS[_spoken(rng, source, target)]
    names = {"SRC": words["names"][source], "TGT": words["names"][target]}
    if "\n" not in text and rng.random() < 0.4:  # as most people type
        text, answer = text[0].lower() + text[1:].removesuffix("."), answer.removesuffix(".")
    if "\n" not in text and rng.random() < 0.5:
        question = writer.instruction(words["quoted"], **names).replace("TEXT", text)
        question = question.removesuffix(".") if question.endswith("..") else question
    else:
        question = writer.layout(writer.instruction(words["instructions"], **names), text)
    return single("translate", question, answer, src=source, tgt=target)


def _spoken(rng: random.Random, source: str, target: str) -> str:
    """Return the language that the question is asked in: mostly English, else that of one of the texts."""
    return "en" if rng.random() < 0.6 else rng.choice((source, target))


def draw_short_row(writer: Writer) -> Texts:
    """Return an everyday phrase, a word, a noun phrase or a sentence in the four languages."""
    kind = writer.rng.random()
    return _draw_kept(writer, phrase if kind < 0.25 else piece if kind < 0.75 else sentence)


def draw_row(writer: Writer) -> Texts:
    """Return a sentence of the grammar or an everyday phrase in the four languages."""
    kind = writer.rng.random()
    return _draw_kept(writer, phrase if kind < 0.12 else open_phrase if kind < 0.26 else sentence)


def _draw_kept(writer: Writer, make: Callable[[random.Random], Texts]) -> Texts:
    """Draw until the English text is on the writer's side; fixed words are trained, never held out."""
    if make in (phrase, piece):
        # The split never holds "hello" out, so that this tells the writer's side.
        if writer.keep("hello"):
            return make(writer.rng)
        make = sentence
    while not writer.keep((row := make(writer.rng))["en"]):
        pass
    return row
