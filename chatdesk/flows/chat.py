"""What happens when the user asks: the question is stored, the answer streams and is stored as it grows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from chatdesk import paths
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import (
    Conversation,
    ConversationId,
    Draft,
    Message,
    MessageId,
    MessageState,
    Role,
    ShownMessage,
    Source,
)
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError, PicturesUnseen
from chatdesk.domain.generation import (
    AnswerFacts,
    EngineEvent,
    Finished,
    GenerationBatch,
    GenerationRequest,
    LoadProgress,
    ModelReady,
    PromptProgress,
    StopReason,
    TextDelta,
    ThinkingDelta,
    ViewStarts,
)
from chatdesk.domain.ports import Engine, ModelRecords
from chatdesk.domain.words import tr
from chatdesk.flows.documents import turn_of
from chatdesk.flows.engine_use import close, note_use
from chatdesk.flows.options import AnswerOptions
from chatdesk.flows.passages import PassageFlow
from chatdesk.flows.told import Told, told_of

# The text of a growing answer is stored this often, so a killed program loses less than a second.
STORE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class AnswerStarted:
    """An answer stands in the store, still empty (or, when it is continued, with the text so far)."""

    conversation: ConversationId
    shown: ShownMessage


@dataclass(frozen=True, slots=True)
class TextGrew:
    message: MessageId
    text: str  # what was added


@dataclass(frozen=True, slots=True)
class ThinkingGrew:
    message: MessageId
    text: str  # what was added


@dataclass(frozen=True, slots=True)
class AnswerDone:
    """Always the last event of an answer: complete, stopped or failed, as it is stored."""

    conversation: ConversationId
    shown: ShownMessage
    failure: ChatDeskError | None = None


AnswerEvent = (
    AnswerStarted | LoadProgress | ModelReady | PromptProgress | TextGrew | ThinkingGrew | AnswerDone
)


class ChatFlow:
    """Questions and answers of all conversations; short steps return, answers are iterated."""

    def __init__(
        self,
        chats: Chats,
        engine: Engine,
        models: ModelRecords | None = None,
        passages: PassageFlow | None = None,
    ) -> None:
        """`models` are told of each answer; `passages` find those of documents that do not fit."""
        self._chats = chats
        self._engine = engine
        self._models = models
        self._passages = passages

    def ask(
        self,
        conversation: Conversation,
        asked: Draft,
        parent: MessageId | None,
        waiting: Sequence[Draft] | None = None,
    ) -> Message:
        """Store a question below `parent`, and its conversation when it is new; nothing is generated yet.

        With `waiting`, these are the questions that wait behind it from the same moment on.
        """
        if self._chats.conversation(conversation.id) is None:
            self._chats.save(conversation)
        question = Message(Role.user, asked.text, parent=parent, attachments=asked.attachments)
        self._chats.add(conversation.id, question, waiting)
        return question

    def answer(
        self, conversation: ConversationId, question: MessageId, options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[AnswerEvent]:
        """Write a new answer to a stored question; earlier answers to it stay as other versions."""
        answer = Message(
            Role.assistant,
            "",
            question,
            MessageState.streaming,
            model=options.model_title,
            style=options.style,
        )
        self._chats.add(conversation, answer)
        return self._write(conversation, answer, options, cancel)

    def go_on(
        self, conversation: ConversationId, answer: MessageId, options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[AnswerEvent]:
        """Let the model continue an answer that was stopped, failed or cut."""
        stored = self._chats.message(answer)
        if stored is None or stored.role is not Role.assistant:
            raise ValueError("only a stored answer can be continued")
        self._chats.show(conversation, answer)
        stored = replace(
            stored,
            state=MessageState.streaming,
            error="",
            model=options.model_title,
            style=options.style,
        )
        self._chats.update(stored)
        return self._write(conversation, stored, options, cancel)

    def name(
        self, conversation: ConversationId, answer: MessageId, options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[Conversation]:
        """Let the model name the chat up to `answer` and store that, unless the user has named it already.

        Raises TaskInvalid, EngineError, StorageError.
        """
        # Here, because the window starts without this room.
        from chatdesk.tasks.reading import read_task
        from chatdesk.tasks.wording import request_for

        messages = self._chats.path(answer)
        before = self._chats.conversation(conversation)
        if before is None or not messages or before.title != first_words(messages[0].text):
            return
        system = before.system if options.system is None else options.system
        told = told_of(system, messages, partial(turn_of, self._chats, options.load.projector is not None))
        asked = request_for(read_task(paths.task_file("title")), {}, {})
        request = replace(asked, turns=(*told.turns, *asked.turns), first_turn=told.first_turn)
        events = self._engine.generate(GenerationBatch(options.load, (request,)), cancel)
        title = _one_line("".join(event.text for _, event in events if isinstance(event, TextDelta)))
        now = self._chats.conversation(conversation)
        if title and now is not None and now.title == before.title and not cancel.cancelled:
            named = replace(now, title=title)
            self._chats.save(named)
            yield named

    def _write(
        self, conversation: ConversationId, answer: Message, options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[AnswerEvent]:
        growing = _GrowingAnswer(answer, self._chats)
        failure: ChatDeskError | None = None
        bug: Exception | None = None
        events: Iterator[tuple[int, EngineEvent]] = iter(())
        try:
            yield AnswerStarted(conversation, self._shown(answer))
            told, growing.sources = self._told(conversation, answer, options, cancel)
            request = GenerationRequest(told.turns, options.sampling, options.thinking, told.first_turn)
            if request.asks_about_pictures and options.load.projector is None:
                raise PicturesUnseen(options.model_title)
            events = self._engine.generate(GenerationBatch(options.load, (request,)), cancel)
            for _, event in events:
                match event:
                    case ViewStarts(turn):
                        growing.view_start = told.ids[turn]
                    case TextDelta(text):
                        growing.add_text(text)
                        yield TextGrew(answer.id, text)
                    case ThinkingDelta(text):
                        growing.add_thinking(text)
                        yield ThinkingGrew(answer.id, text)
                    case Finished(facts):
                        growing.facts = facts
                    case _:
                        yield event
        except ChatDeskError as error:
            failure = error
        except Exception as error:
            bug = error
            raise
        finally:
            close(events)
            answer = growing.finish(failure or bug)
            note_use(self._models, options.load.model.path, growing.facts)
        yield AnswerDone(conversation, self._shown(answer), failure)

    def _told(
        self, conversation: ConversationId, answer: Message, options: AnswerOptions, cancel: CancelToken
    ) -> tuple[Told, tuple[Source, ...]]:
        stored = self._chats.conversation(conversation)
        messages = self._chats.path(answer.id)
        told = messages if answer.text else messages[:-1]
        system = options.system
        if system is None:
            system = stored.system if stored else ""
        system = turn_of(self._chats, False, Message(Role.system, system, attachments=options.documents)).text
        note = stored.note if stored else None
        turn = partial(turn_of, self._chats, options.load.projector is not None)
        made = told_of(system, told, turn, note)
        if self._passages is None:
            return made, ()
        return self._passages.told(made, told, options, cancel)

    def _shown(self, message: Message) -> ShownMessage:
        return ShownMessage(message, self._chats.versions(message.id))


class _GrowingAnswer:
    """The text that has arrived, stored at least twice a second."""

    def __init__(self, answer: Message, chats: Chats) -> None:
        self.view_start: MessageId | None = answer.view_start
        self.facts: AnswerFacts | None = None
        self.sources = answer.sources
        self._answer = answer
        self._chats = chats
        self._text = [answer.text]
        self._thinking = [answer.thinking]
        self._stored = time.monotonic()
        self._grew = self._stored

    def add_text(self, text: str) -> None:
        self._text.append(text)
        self._store_in_time()

    def add_thinking(self, text: str) -> None:
        self._thinking.append(text)
        self._store_in_time()

    def finish(self, failure: Exception | None) -> Message:
        """Store the answer in its last state and return it."""
        state = MessageState.complete
        if failure is not None:
            state = MessageState.failed
        elif self.facts is None or self.facts.reason is StopReason.cancelled:
            state = MessageState.stopped
        answer = replace(self._current(), state=state, facts=self.facts, error=readable(failure))
        # A full disk must not hide the first failure, nor take away the answer that stands in the window.
        with suppress(ChatDeskError):
            self._chats.update(answer)
        return answer

    def _store_in_time(self) -> None:
        now = time.monotonic()
        slow = now - self._grew > STORE_SECONDS / 2  # slow models: each token may be the last for a while
        self._grew = now
        if slow or now - self._stored >= STORE_SECONDS:
            self._stored = now
            self._chats.update(self._current())

    def _current(self) -> Message:
        return replace(
            self._answer,
            text="".join(self._text),
            thinking="".join(self._thinking),
            view_start=self.view_start,
            sources=self.sources,
        )


def first_words(text: str, longest: int = 48) -> str:
    """Return the beginning of a question as the name of its chat until it has a better one."""
    line = " ".join(text[: longest * 8].split())
    if len(line) <= longest:
        return line
    cut = line[: longest + 1].rsplit(" ", 1)[0] if " " in line[: longest + 1] else line[:longest]
    return cut[:longest].rstrip(" ,;:.-") + "…"


def _one_line(title: str) -> str:
    line = next((part for part in title.splitlines() if part.strip()), "")
    line = line.strip().strip("\"'“”„«»*#`").strip().rstrip(".")
    return first_words(line.removeprefix("Title:").strip(), 60)


def readable(failure: Exception | None) -> str:
    """Return what to say of a failure, "" for none."""
    if failure is None:
        return ""
    if isinstance(failure, ChatDeskError):
        return f"{failure.sentence} {failure.hint}".strip()
    return tr("Something went wrong inside ChatDesk. The log in the data folder has the details.")
