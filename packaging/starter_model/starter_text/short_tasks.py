"""Conversations of one short text: label it and answer in JSON, or repeat it."""

from __future__ import annotations

import json
from typing import Any

from starter_text.conversation import Conversation, single
from starter_text.documents import draw_document
from starter_text.labelled import TOPICS, draw_entity_text, draw_review, draw_topic_text
from starter_text.page_prompts import page_prompt
from starter_text.tables import read_toml
from starter_text.values import invented, number
from starter_text.writer import Writer

_ASKED = read_toml("documents_asked")
_PAGES = {"sentiment": "sentiment", "topic": "topics", "entities": "entities"}


def write_json_task(writer: Writer) -> Conversation:
    """Return a sentiment, a topic or named entities as JSON; the meta holds the right value."""
    make = (_sentiment, _topic, _entities)[writer.rng.randrange(3)]
    return make(writer)


def _sentiment(writer: Writer) -> Conversation:
    review = draw_review(writer.rng, writer.keep)
    wanted = {"sentiment": review["sentiment"], "reason": review["reason"]}
    return _labelling(writer, "sentiment", review["text"], wanted)


def _topic(writer: Writer) -> Conversation:
    rng = writer.rng
    text, topic = draw_topic_text(rng, writer.keep)
    others = [other for other in TOPICS if other != topic]
    labels = [*rng.sample(others, rng.randrange(1, 8)), topic]
    rng.shuffle(labels)
    return _labelling(writer, "topic", text, {"topic": topic}, ", ".join(labels))


def _entities(writer: Writer) -> Conversation:
    text, found = draw_entity_text(writer.rng, writer.keep)
    return _labelling(writer, "entities", text, found)


def _labelling(
    writer: Writer, name: str, text: str, wanted: dict[str, Any], labels: str = ""
) -> Conversation:
    """Return the conversation, half of the time as the page of the task asks."""
    answer = json.dumps(wanted, ensure_ascii=False)
    if writer.rng.random() < 0.5:
        system, question = page_prompt(_PAGES[name], text=text, topics=labels)
        return single(name, question, answer, want=wanted).with_system(system)
    task = writer.instruction(_ASKED[name]["wordings"], LABELS=labels)
    return single(name, writer.layout(task, text), answer, want=wanted)


def write_repetition(writer: Writer) -> Conversation:
    """Return a text that is to be copied: invented words and numbers, or two or three sentences."""
    rng = writer.rng
    if rng.random() < 0.5:
        words = [invented(rng) if rng.random() < 0.5 else number(rng) for _ in range(rng.randrange(2, 14))]
        text = " ".join(words)
    else:
        text = draw_document(rng, writer.keep, size=1).text
    return single("repeat", writer.layout(writer.instruction(_ASKED["repeat"]["wordings"]), text), text)
