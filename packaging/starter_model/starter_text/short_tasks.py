"""Conversations of one short text: label it and answer in JSON, or repeat it."""

from __future__ import annotations

import json
from dataclasses import dataclass
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
LABELLINGS = (*_PAGES, "entities", "entities")
"""What is drawn from: entities, the hardest to learn, three times as often as each of the others."""


@dataclass(frozen=True)
class Labelling:
    """A text to be labelled, the right value, and the labels to choose from, "" where they are fixed."""

    name: str
    text: str
    wanted: dict[str, Any]
    labels: str = ""

    @property
    def answer(self) -> str:
        """Return the right value as JSON."""
        return json.dumps(self.wanted, ensure_ascii=False)


def draw_labelling(writer: Writer, name: str) -> Labelling:
    """Return a review with its sentiment, a text with its topic, or a text with its entities, by the name."""
    rng = writer.rng
    if name == "sentiment":
        review = draw_review(rng, writer.keep)
        return Labelling(name, review["text"], {key: review[key] for key in ("sentiment", "reason")})
    if name == "entities":
        return Labelling(name, *draw_entity_text(rng, writer.keep))
    text, topic = draw_topic_text(rng, writer.keep)
    labels = [*rng.sample([other for other in TOPICS if other != topic], rng.randrange(1, 8)), topic]
    rng.shuffle(labels)
    return Labelling(name, text, {"topic": topic}, ", ".join(labels))


def label_instruction(writer: Writer, task: Labelling) -> str:
    """Return a wording that asks for the labels of a text."""
    return writer.instruction(_ASKED[task.name]["wordings"], LABELS=task.labels)


def write_json_task(writer: Writer) -> Conversation:
    """Return a labelling, half of the time asked as its page does; the meta holds the right value."""
    task = draw_labelling(writer, writer.rng.choice(LABELLINGS))
    if writer.rng.random() < 0.5:
        system, question = page_prompt(_PAGES[task.name], text=task.text, topics=task.labels)
        return single(task.name, question, task.answer, want=task.wanted).with_system(system)
    question = writer.layout(label_instruction(writer, task), task.text)
    return single(task.name, question, task.answer, want=task.wanted)


def write_repetition(writer: Writer) -> Conversation:
    """Return a text that is to be copied: invented words and numbers, or two or three sentences."""
    rng = writer.rng
    if rng.random() < 0.5:
        words = [invented(rng) if rng.random() < 0.5 else number(rng) for _ in range(rng.randrange(2, 14))]
        text = " ".join(words)
    else:
        text = draw_document(rng, writer.keep, size=1).text
    return single("repeat", writer.layout(writer.instruction(_ASKED["repeat"]["wordings"]), text), text)
