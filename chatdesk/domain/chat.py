"""Conversations as plain values: storage gives them rows, engines read them, widgets draw them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

from chatdesk.domain.generation import AnswerFacts, Sampling
from chatdesk.domain.words import tr, trn

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
DocumentId = NewType("DocumentId", str)
FolderId = NewType("FolderId", str)


def _new_conversation_id() -> ConversationId:
    return ConversationId(uuid.uuid4().hex)


def _new_message_id() -> MessageId:
    return MessageId(uuid.uuid4().hex)


def _new_folder_id() -> FolderId:
    return FolderId(uuid.uuid4().hex)


def _now() -> datetime:
    return datetime.now(UTC)


class Role(StrEnum):
    system = "system"
    user = "user"
    assistant = "assistant"


class MessageState(StrEnum):
    """The values are stored: never rename one."""

    complete = "complete"
    streaming = "streaming"  # found at start-up, it means that the application died while this was written
    stopped = "stopped"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document or picture that a question brings along; it stays in the store until a model gets it."""

    document: DocumentId
    name: str  # of the file
    words: int = 0
    size: tuple[int, int] | None = None  # of a picture, width and height in pixels; None: it is a document
    passages: bool = False  # the model is told those that fit the newest question, and not the whole

    @property
    def is_picture(self) -> bool:
        return self.size is not None

    @property
    def length(self) -> str:
        """How long or large it is, for people."""
        if self.size is not None:
            return tr("{width} × {height} pixels").format(width=self.size[0], height=self.size[1])
        return trn("{count:,} word", "{count:,} words", self.words)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage of a document that an answer was given, by its offsets in the text."""

    document: DocumentId
    name: str  # of the file
    start: int
    end: int
    label: str = ""  # of the place, such as "page 3"


@dataclass(frozen=True, slots=True)
class Message:
    """One node in a conversation's tree; messages with the same parent are versions of each other."""

    role: Role
    text: str
    parent: MessageId | None = None
    state: MessageState = MessageState.complete
    thinking: str = ""
    model: str = ""  # the title of the model that wrote it
    error: str = ""  # the readable sentence of what went wrong, for state "failed"
    view_start: MessageId | None = None  # first message that the model saw, when older ones no longer fitted
    facts: AnswerFacts | None = None
    attachments: tuple[Attachment, ...] = ()
    pinned: bool = False  # the model sees it even when those around it no longer fit
    sources: tuple[Source, ...] = ()
    style: str = ""  # name of the preset that an answer was written with
    edited: bool = False  # an answer whose text the user changed
    id: MessageId = field(default_factory=_new_message_id)
    created: datetime = field(default_factory=_now)


@dataclass(frozen=True, slots=True)
class ContextNote:
    """What a model wrote down of the beginning of a chat that no longer fits; it is told this instead."""

    text: str
    until: MessageId  # the last message that it tells of


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of chats. What it has counts in its chats unless they, or a folder between, have their own."""

    name: str
    parent: FolderId | None = None
    system: str = ""
    model: str = ""  # path of a model file
    documents: tuple[Attachment, ...] = ()
    id: FolderId = field(default_factory=_new_folder_id)
    created: datetime = field(default_factory=_now)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat without its messages; `head` is the leaf of the branch that is shown."""

    title: str = ""
    system: str = ""
    model: str = ""  # path of the model file it was last used with; empty: the application's default
    preset: str = ""  # name of a sampling preset; empty: the application's default
    sampling: Sampling | None = None  # of its own, in place of a preset
    thinking: bool | None = None  # None: as the settings say
    folder: FolderId | None = None
    pinned: bool = False
    archived: bool = False
    tags: tuple[str, ...] = ()
    note: ContextNote | None = None
    origin: ConversationId | None = None  # the chat that this one was begun from; it may be gone
    head: MessageId | None = None
    id: ConversationId = field(default_factory=_new_conversation_id)
    created: datetime = field(default_factory=_now)
    updated: datetime = field(default_factory=_now)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that was not sent yet."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.text.strip() and not self.attachments


@dataclass(frozen=True, slots=True)
class CutOff:
    """Messages that were taken out of a chat: one, with all below it. It can be put back whole."""

    conversation: ConversationId
    head: MessageId | None  # as it was before
    messages: tuple[Message, ...]  # in the order of their creation
    numbers: tuple[int, ...]  # of the store, by which versions are sorted


@dataclass(frozen=True, slots=True)
class Deleted:
    """What lies in the bin, with the moment of its deletion."""

    what: Folder | Conversation | CutOff
    when: datetime
    title: str = ""  # of the chat that messages were cut off from


@dataclass(frozen=True, slots=True)
class Versions:
    """Where a message stands among its siblings: ids in order of creation and its own place, from 0."""

    ids: tuple[MessageId, ...]
    place: int


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message on the branch that is shown, with its versions."""

    message: Message
    versions: Versions


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place found by full-text search; `marks` are (start, end) offsets of the hits within `snippet`."""

    conversation: ConversationId
    title: str
    message: MessageId | None  # None: the words stand in the title
    snippet: str
    marks: tuple[tuple[int, int], ...]
    when: datetime
    folder: str = ""  # its name behind those of the folders that it lies in; "" for none
    tags: tuple[str, ...] = ()
    archived: bool = False
