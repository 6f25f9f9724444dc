"""One conversation of the corpus, and its line in the corpus file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Message:
    """Who says what; the role is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True)
class Conversation:
    """Messages, the task that they show, and what an evaluation needs to know about the right answer."""

    task: str
    messages: tuple[Message, ...]
    meta: dict[str, Any] = field(default_factory=dict)

    def with_system(self, content: str) -> Conversation:
        """Return the same conversation with a system message in front."""
        return replace(self, messages=(Message("system", content), *self.messages))

    def with_turn(self, question: str, answer: str, task: str) -> Conversation:
        """Return the same conversation with one more turn and another task name."""
        return replace(self, task=task, messages=(*self.messages, *turn(question, answer)))

    def to_json(self) -> str:
        """Return the conversation as one line of a corpus file, without its line end."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(line: str) -> Conversation:
        """Read one line of a corpus file.

        Raises ValueError, KeyError or TypeError when the line is not a conversation.
        """
        value = json.loads(line)
        return Conversation(value["task"], tuple(Message(**m) for m in value["messages"]), value["meta"])


def turn(question: str, answer: str) -> tuple[Message, Message]:
    """Return a question of the user and its answer."""
    return Message("user", question), Message("assistant", answer)


def single(task: str, question: str, answer: str, **meta: object) -> Conversation:
    """Return a conversation of one turn."""
    return Conversation(task, turn(question, answer), meta)
