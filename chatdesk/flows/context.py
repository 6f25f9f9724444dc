"""What the model is told with the next question: each message with its tokens, and where its view begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import (
    Attachment,
    Conversation,
    DocumentId,
    Draft,
    Message,
    MessageId,
    Role,
)
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.fitting import LEAST_ANSWER_TOKENS, answer_room, shorter_views
from chatdesk.domain.ports import Engine
from chatdesk.flows.options import AnswerOptions
from chatdesk.flows.told import noted_messages

NOTE_TOKENS = 24  # about what is said around a note
TURN_TOKENS = 4  # about what a chat template puts around each message
_BEGINNING = 160  # characters by which a message is known again
_COUNTED = 400_000  # characters; what a longer text has more is taken to be like its beginning
_MOST_KEPT = 50_000  # counts

Named = tuple[tuple[str, int], ...]  # names of documents with their tokens; 0: told by passages, found anew


@dataclass(frozen=True, slots=True)
class ContextPart:
    """A message of the branch; its tokens are those of its text, its documents and what is around it."""

    message: MessageId
    role: Role
    beginning: str
    tokens: int
    documents: Named
    pinned: bool
    seen: bool  # with the next question
    noted: bool  # the model is told the note instead


@dataclass(frozen=True, slots=True)
class ContextSeen:
    """What the next question comes with; all counts are tokens, and pictures are not counted."""

    parts: tuple[ContextPart, ...]
    system: int  # without its documents
    documents: Named  # of the chat's folder
    note: int
    draft: int  # what is being written, with its documents
    draft_documents: Named
    begins: int  # how many of `parts` stand before the view
    context: int
    answer_room: int  # that is kept free

    @property
    def told(self) -> int:
        """What the model is told."""
        around = self.system + sum(count for _, count in self.documents) + self.note + self.draft
        return around + sum(part.tokens for part in self.parts if part.seen)

    @property
    def left(self) -> int:
        """What the next answer may still use."""
        return max(0, self.context - self.told)

    @property
    def fits(self) -> bool:
        """Whether the next question can be answered."""
        return self.told <= self.context - min(LEAST_ANSWER_TOKENS, self.context // 4)

    @property
    def fallen_out(self) -> MessageId | None:
        """The last message before the view, where there is one that no note tells of."""
        before = self.parts[: self.begins]
        return before[-1].message if before and not before[-1].noted else None


class ContextFlow:
    """Counts what the model sees; each text is counted once with each model."""

    def __init__(self, chats: Chats, engine: Engine) -> None:
        self._chats = chats
        self._engine = engine
        self._known: dict[tuple[object, ...], int] = {}

    def seen(
        self,
        chat: Conversation,
        draft: Draft,
        options: AnswerOptions,
        context_tokens: int,
        cancel: CancelToken,
    ) -> Iterator[ContextSeen]:
        """Yield what the model sees of the branch that is shown; nothing when cancelled.

        Waits while the model writes, so it is for a worker thread. Raises EngineError, StorageError.
        """
        messages = [shown.message for shown in self._chats.branch(chat.id)]
        question = Message(Role.user, draft.text, attachments=draft.attachments)
        system = chat.system if options.system is None else options.system
        frame = Message(Role.system, system, attachments=options.documents)
        noted = noted_messages([*messages, question], chat.note)
        note = chat.note.text if chat.note is not None and noted else ""
        counts = self._counts(options, [frame, *messages, question], note, cancel)
        if counts is not None:
            view = _View(messages, frame, question, noted, counts.text(note) + NOTE_TOKENS if note else 0)
            yield view.seen(counts, context_tokens, options.sampling.answer_tokens)

    def documents(
        self, attachments: Sequence[Attachment], options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[Named]:
        """Yield the documents among the attachments with their tokens once; nothing when cancelled."""
        question = Message(Role.user, "", attachments=tuple(attachments))
        if (counts := self._counts(options, [question], "", cancel)) is not None:
            yield counts.documents(question)

    def _counts(
        self,
        options: AnswerOptions,
        messages: Sequence[Message],
        note: str,
        cancel: CancelToken,
    ) -> _Counts | None:
        model = options.load.model.path
        texts = [*(message.text for message in messages), note]
        wanted: dict[tuple[object, ...], str | None] = {_key(text): text for text in texts}
        attached = [each for message in messages for each in message.attachments]
        brought = [each for each in attached if not each.is_picture and not each.passages]
        wanted |= {(each.document,): None for each in brought}  # their texts are read where they count
        missing = [key for key in wanted if (model, *key) not in self._known]
        if missing:
            asked = [self._text(key, wanted[key]) for key in missing]
            counted = self._engine.count_tokens(options.load, [text[:_COUNTED] for text in asked], cancel)
            if len(counted) < len(missing):
                return None
            longer = [max(1.0, len(text) / _COUNTED) for text in asked]
            whole = [round(count * times) for count, times in zip(counted, longer, strict=True)]
            self._known |= {(model, *key): n for key, n in zip(missing, whole, strict=True)}
        found = _Counts({key: self._known[(model, *key)] for key in wanted})
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        return None if cancel.cancelled else found

    def _text(self, key: tuple[object, ...], text: str | None) -> str:
        if text is not None:
            return text
        (document,) = key
        return self._chats.document(DocumentId(str(document))) or ""


@dataclass(frozen=True, slots=True)
class _Counts:
    known: Mapping[tuple[object, ...], int]

    def text(self, text: str) -> int:
        return self.known[_key(text)]

    def documents(self, message: Message) -> Named:
        return tuple(
            (each.name, 0 if each.passages else self.known[(each.document,)] + TURN_TOKENS)
            for each in message.attachments
            if not each.is_picture
        )

    def whole(self, message: Message) -> int:
        """Return the tokens of a message, 0 for one that says nothing."""
        if not message.text and not message.attachments:
            return 0
        return self.text(message.text) + TURN_TOKENS + sum(count for _, count in self.documents(message))


def _key(text: str) -> tuple[object, ...]:
    return len(text), hash(text)


@dataclass(frozen=True, slots=True)
class _View:
    """A branch between what is told before it and the question that comes next."""

    messages: Sequence[Message]
    frame: Message  # the system prompt with its documents
    question: Message
    noted: int  # how many of the messages a note stands for
    note: int  # its tokens

    def seen(self, counts: _Counts, context: int, answer_tokens: int) -> ContextSeen:
        sizes = [counts.whole(message) for message in (*self.messages, self.question)]
        room = answer_room(answer_tokens, context)
        frame = counts.whole(self.frame)
        begins = _begins(self.messages, sizes, self.noted, frame + self.note, context - room)
        parts = tuple(
            ContextPart(
                message.id,
                message.role,
                " ".join(message.text[:_BEGINNING].split()),
                size,
                counts.documents(message),
                message.pinned,
                place >= begins or message.pinned,
                place < self.noted,
            )
            for place, (message, size) in enumerate(zip(self.messages, sizes, strict=False))
        )
        folder = counts.documents(self.frame)
        system = frame - sum(count for _, count in folder)
        draft = counts.documents(self.question)
        return ContextSeen(parts, system, folder, self.note, sizes[-1], draft, begins, context, room)


def _begins(messages: Sequence[Message], sizes: Sequence[int], noted: int, around: int, budget: int) -> int:
    """Return from which message on the model sees them, as the engine will choose; `sizes` has one more, of
    the question that comes next."""
    stays = [*(message.pinned for message in messages), False]
    total = around + sum(size for size, kept in zip(sizes, stays, strict=True) if kept)
    views: dict[int, int] = {}
    for place in range(len(sizes) - 1, noted - 1, -1):
        total += 0 if stays[place] else sizes[place]
        if total > budget:
            break
        views[place] = total
    if noted in views:
        return noted
    starts = [place for place in range(noted, len(messages)) if messages[place].role is Role.user]
    ids = [message.id for message in messages]
    before = next((m.view_start for m in reversed(messages) if m.view_start is not None), None)
    first = ids.index(before) if before in ids else 0
    newest = len(messages) if sizes[-1] or not starts else starts[-1]
    view = next(shorter_views([*starts, len(messages)] if sizes[-1] else starts, views, first, budget), None)
    return view[0] if view is not None else newest
