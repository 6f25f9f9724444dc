"""Lets the model write down the beginning of a chat that no longer fits into its context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chatdesk import paths
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import ContextNote, Conversation, Message, MessageId, Role
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.fitting import answer_room
from chatdesk.domain.generation import GenerationBatch, GenerationRequest, TextDelta
from chatdesk.domain.ports import Engine
from chatdesk.domain.summary_errors import NoNote
from chatdesk.domain.tasks import TaskSpec
from chatdesk.flows.context import NOTE_TOKENS
from chatdesk.flows.engine_use import close
from chatdesk.flows.options import AnswerOptions
from chatdesk.flows.told import noted_messages
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import request_for

_AROUND = 64  # tokens that a chat template may put around the task
_LEAST_ROOM = 128  # tokens: less of a chat at once would take for ever


@dataclass(frozen=True, slots=True)
class NoteStep:
    """Part `number` of `count` is being read."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class NoteGrew:
    text: str  # what was added; each step begins the note anew


class ContextNoteFlow:
    """Notes of what fell out of a model's view."""

    def __init__(self, chats: Chats, engine: Engine) -> None:
        self._chats = chats
        self._engine = engine

    def write(
        self,
        chat: Conversation,
        until: MessageId,
        options: AnswerOptions,
        context_tokens: int,
        cancel: CancelToken,
    ) -> Iterator[NoteStep | NoteGrew | ContextNote]:
        """Write a note of the messages up to `until`, in steps where they are many; it is not stored.

        An earlier note of this branch is the beginning of the new one. The last event is the note; without it
        when cancelled. Raises NoNote, EngineError, StorageError, TaskInvalid.
        """
        messages = self._chats.path(until)
        noted = noted_messages([*messages, Message(Role.user, "")], chat.note)
        note = chat.note.text if chat.note is not None and noted else ""
        task = read_task(paths.task_file("context_note"))
        room = self._room(task, options, context_tokens, cancel)
        pieces = self._pieces(messages[noted:], room, options, cancel)
        for number, piece in enumerate(pieces, 1):
            yield NoteStep(number, len(pieces))
            text = f"Notes of what was said before:\n{note}\n\nAfter that:\n{piece}" if note else piece
            written: list[str] = []
            for grew in self._written(request_for(task, {"text": text}, {}), options, cancel):
                written.append(grew.text)
                yield grew
            if cancel.cancelled:
                return
            note = "".join(written).strip()
            if not note:
                raise NoNote
        if pieces:
            yield ContextNote(note, until)

    def keep(self, chat: Conversation, note: ContextNote | None) -> None:
        """Store the note of a chat as it is in the store now. Raises StorageError."""
        stored = self._chats.conversation(chat.id)
        if stored is not None:
            self._chats.save(replace(stored, note=note))

    def _written(
        self, request: GenerationRequest, options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[NoteGrew]:
        events = self._engine.generate(GenerationBatch(options.load, (request,)), cancel)
        try:
            for _, event in events:
                if isinstance(event, TextDelta):
                    yield NoteGrew(event.text)
        finally:
            close(events)

    def _room(self, task: TaskSpec, options: AnswerOptions, context_tokens: int, cancel: CancelToken) -> int:
        """Return how many tokens of the chat fit into one step, beside the task and the notes so far."""
        words = self._engine.count_tokens(options.load, [task.system + task.user], cancel)
        longest = task.sampling.answer_tokens
        taken = answer_room(longest, context_tokens) + longest + NOTE_TOKENS + _AROUND + sum(words)
        return max(_LEAST_ROOM, context_tokens - taken)

    def _pieces(
        self, messages: Sequence[Message], room: int, options: AnswerOptions, cancel: CancelToken
    ) -> list[str]:
        """Return the messages as they are told in each step."""
        lines = [_line(message) for message in messages if message.text]
        counts = self._engine.count_tokens(options.load, lines, cancel)
        pieces: list[str] = []
        filled = room
        for line, count in zip(lines, counts, strict=False):
            for part, tokens in _cut(line, count, room):
                if filled + tokens > room:
                    pieces.append("")
                    filled = 0
                pieces[-1] += f"{part}\n"
                filled += tokens
        return pieces


def _line(message: Message) -> str:
    who = "User" if message.role is Role.user else "Assistant"
    brought = "".join(f"[{each.name}] " for each in message.attachments)
    return f"{who}: {brought}{message.text.strip()}"


def _cut(text: str, tokens: int, room: int) -> Iterator[tuple[str, int]]:
    """Yield a text in parts of at most about `room` tokens, with their tokens."""
    parts = max(1, -(-tokens * 5 // (room * 4)) if tokens > room else 1)  # a fifth less: tokens are uneven
    length = -(-len(text) // parts)
    for start in range(0, len(text), length):
        yield text[start : start + length], -(-tokens // parts)
