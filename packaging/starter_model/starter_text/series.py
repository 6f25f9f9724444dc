"""Conversations that do one short task many times, so that little stands around each answer."""

from __future__ import annotations

from dataclasses import replace

from starter_text.conversation import Conversation, Message, turn
from starter_text.short_tasks import LABELLINGS, draw_labelling, label_instruction
from starter_text.translations import draw_pair, draw_row, draw_short_row, translator
from starter_text.writer import Writer


def write_translation_series(writer: Writer) -> Conversation:
    """Return four to twelve texts that are translated one after the other, as a system message tells."""
    rng = writer.rng
    source, target = draw_pair(rng)
    draw = draw_short_row if rng.random() < 0.3 else draw_row
    turns: list[Message] = []
    for _ in range(rng.randrange(4, 13)):
        row = draw(writer)
        turns += turn(row[source], row[target])
    item = Conversation("series", tuple(turns), {"src": source, "tgt": target})
    return item.with_system(translator(writer, source, target))


def write_label_series(writer: Writer) -> Conversation:
    """Return two to six texts that are labelled in JSON one after the other, as a system message tells."""
    rng = writer.rng
    name = rng.choice(LABELLINGS)
    tasks = [draw_labelling(writer, name) for _ in range(rng.randrange(2, 7))]
    turns: list[Message] = []
    for task in tasks:
        labels = f"{task.labels}: " if task.labels else ""
        turns += turn(labels + task.text, task.answer)
    told = label_instruction(writer, replace(tasks[0], labels="the labels in front of the text"))
    return Conversation("series", tuple(turns)).with_system(told)
