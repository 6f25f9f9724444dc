"""What a model is told of a chat: the turns, and which message each stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chatdesk.domain.chat import ContextNote, Message, MessageId, Role
from chatdesk.domain.generation import Turn

_NOTE = (
    "The beginning of this chat is left out. This note tells what was said in it:\n<note>\n{text}\n</note>"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the model is told: turns, the message that each stands for, and where its view began last time."""

    turns: tuple[Turn, ...]
    ids: tuple[MessageId | None, ...]
    first_turn: int


def told_of(
    system: str,
    messages: Sequence[Message],
    turn: Callable[[Message], Turn],
    note: ContextNote | None = None,
) -> Told:
    """Return what is told of a branch; `turn` makes one of a message.

    A note stands in place of the messages up to its last one, but for pinned ones. It is left out where it
    tells of another branch.
    """
    noted = noted_messages(messages, note)
    told = [
        message
        for place, message in enumerate(messages)
        if (message.text or message.role is Role.user) and (place >= noted or message.pinned)
    ]
    head_text = system_text(system, note if noted else None)
    head = [Turn("system", head_text)] if head_text else []
    ids = (*(None for _ in head), *(m.id for m in told))
    begin = next((m.view_start for m in reversed(messages) if m.view_start is not None), None)
    first = ids.index(begin) if begin is not None and begin in ids else 0
    return Told((*head, *map(turn, told)), ids, first)


def noted_messages(messages: Sequence[Message], note: ContextNote | None) -> int:
    """Return how many messages from the first on the note stands for; 0 where it tells of another branch."""
    if note is None or not note.text.strip():
        return 0
    ids = [message.id for message in messages]
    last = ids.index(note.until) + 1 if note.until in ids else 0
    return last if any(message.role is Role.user for message in messages[last:]) else 0


def system_text(system: str, note: ContextNote | None) -> str:
    """Return what stands before the first message, "" for nothing."""
    told = _NOTE.format(text=note.text.strip().replace("</note", "<\\/note")) if note is not None else ""
    return "\n\n".join(part for part in (system.strip() and system, told) if part)
