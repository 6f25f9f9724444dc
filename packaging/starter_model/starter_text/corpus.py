"""Draws conversations of all tasks, for training and held out."""

from __future__ import annotations

import random
from collections.abc import Iterator

from starter_text.chats import write_chat, write_chat_title
from starter_text.conversation import Conversation
from starter_text.series import write_label_series, write_translation_series
from starter_text.short_tasks import write_json_task, write_repetition
from starter_text.summaries import (
    write_document_title,
    write_joined_summary,
    write_long_summary,
    write_points,
    write_summary,
)
from starter_text.tables import read_toml
from starter_text.translations import write_short_translation, write_translation
from starter_text.writer import Writer

_SYSTEM: list[str] = read_toml("instructions")["system"]
_TASKS = {
    write_chat: 130,
    write_translation: 24,
    write_translation_series: 22,
    write_short_translation: 8,
    write_summary: 24,
    write_long_summary: 2,
    write_points: 5,
    write_joined_summary: 8,
    write_chat_title: 5,
    write_document_title: 2,
    write_json_task: 18,
    write_label_series: 12,
    write_repetition: 4,
}
"""How often each task is drawn: the more that has to be learnt for it, the more often."""


def draw_training(seed: int) -> Iterator[Conversation]:
    """Yield training conversations without end."""
    writer = Writer(random.Random(f"{seed}-train"), held=False)
    while True:
        yield _draw(writer)


def draw_held_out(seed: int, seen: set[str]) -> Iterator[Conversation | None]:
    """Yield held-out conversations without end, and None for each with a question that training has `seen`.

    A question may be seen although its core was held out: a slip of the fingers can turn it into another one,
    and some tasks have no held-out wording.
    """
    writer = Writer(random.Random(f"{seed}-held"), held=True)
    while True:
        item = _draw(writer)
        yield None if questions(item) & seen else item


def questions(item: Conversation) -> set[str]:
    """Return the messages of the user as they are compared between the two sides."""
    return {as_compared(message.content) for message in item.messages if message.role == "user"}


def as_compared(question: str) -> str:
    """Return a question in small letters and without final mark."""
    return question.strip(" .?!").lower()


def _draw(writer: Writer) -> Conversation:
    """Return one conversation of a random task, sometimes with a system prompt or a second task."""
    rng = writer.rng
    item = rng.choices(list(_TASKS), list(_TASKS.values()))[0](writer)
    if rng.random() < 0.1 and len(item.messages) == 2:
        other = rng.choice((write_chat, write_translation, write_json_task))(writer)
        if other.messages[0].role == "user":
            item = Conversation("mixed", item.messages + other.messages)
    if item.messages[0].role == "user" and rng.random() < 0.5:
        item = item.with_system(rng.choice(_SYSTEM))
    return item
