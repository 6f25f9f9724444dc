"""Conversations that translate sentences of the grammar."""

from __future__ import annotations

import random

from starter_text.conversation import Conversation, single
from starter_text.sentences import phrase, piece, sentence
from starter_text.tables import read_toml
from starter_text.words import LANGUAGES, Texts
from starter_text.writer import Writer

LANGUAGE_NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
_PAIRS = (("en", "de"), ("en", "fr"), ("en", "es"), ("de", "en"), ("fr", "en"), ("es", "en"))
_WORDINGS = read_toml("instructions")["translate"]


def write_translation(writer: Writer) -> Conversation:
    """Return the translation of one to four sentences, sometimes with a third language asked for later."""
    rng = writer.rng
    source, target = rng.choice(_PAIRS) if rng.random() < 0.93 else rng.sample(LANGUAGES, 2)
    layout = rng.random()
    rows = [_draw_row(writer) for _ in range(1 if layout > 0.93 else rng.choice((1, 1, 1, 2, 2, 3, 4)))]
    gap = rng.choice((" ", " ", " ", "\n", "\n\n"))
    text, wanted = (gap.join(row[language] for row in rows) for language in (source, target))
    if len(rows) == 1 and rng.random() < 0.08:
        text, wanted = text.rstrip("."), wanted.rstrip(".")
    names = {"SRC": LANGUAGE_NAMES[source], "TGT": LANGUAGE_NAMES[target]}
    if layout < 0.2:
        system = writer.instruction(_WORDINGS["system"], **names)
        return single("translate", text, wanted, src=source, tgt=target).with_system(system)
    if layout > 0.93:
        question = writer.instruction(_WORDINGS["quoted"], **names).replace("TEXT", text)
    else:
        question = writer.layout(writer.instruction(_WORDINGS["instructions"], **names), text)
    item = single("translate", question, wanted, src=source, tgt=target)
    if rng.random() < 0.06:
        third = rng.choice([language for language in LANGUAGES if language not in (source, target)])
        again = gap.join(row[third] for row in rows)
        return item.with_turn(
            writer.follow_up(_WORDINGS["again"], TGT=LANGUAGE_NAMES[third]),
            again if wanted[-1] in ".?!" else again.rstrip("."),
            "translate again",
        )
    return item


def _draw_row(writer: Writer) -> Texts:
    rng: random.Random = writer.rng
    while True:
        row = phrase(rng) if rng.random() < 0.06 else sentence(rng)
        if writer.keep(row["en"]):
            return row


def write_short_translation(writer: Writer) -> Conversation:
    """Return the translation of a few words or one sentence: the first step of learning to translate."""
    rng = writer.rng
    source, target = rng.choice(_PAIRS)
    while True:
        row = piece(rng) if rng.random() < 0.7 else sentence(rng)
        if writer.keep(row["en"]):
            break
    question = f"{LANGUAGE_NAMES[source]} to {LANGUAGE_NAMES[target]}: {row[source]}"
    return single("translate", question, row[target], src=source, tgt=target)
