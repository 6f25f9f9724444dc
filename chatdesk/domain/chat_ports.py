"""The protocols through which flows speak to what keeps conversations and their folders."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from chatdesk.domain.chat import (
    Attachment,
    Conversation,
    ConversationId,
    CutOff,
    Deleted,
    DocumentId,
    Draft,
    Folder,
    FolderId,
    Message,
    MessageId,
    SearchHit,
    ShownMessage,
    Versions,
)
from chatdesk.domain.chat_query import ChatNames, ChatQuery
from chatdesk.domain.documents import Document
from chatdesk.domain.pictures import Picture


class Chats(Protocol):
    """Keeps conversations as trees of messages. Safe from any thread. Raises StorageError."""

    def conversations(self) -> list[Conversation]:
        """Return those not deleted, last updated first."""
        ...

    def conversation(self, conversation: ConversationId) -> Conversation | None: ...

    def save(self, conversation: Conversation) -> None:
        """Insert or update everything but `head`, which only `add` and `show` move."""
        ...

    def delete(self, conversation: ConversationId) -> None:
        """Hide it; `restore` brings it back until `purge`."""
        ...

    def restore(self, conversation: ConversationId) -> None: ...

    def purge(self, deleted_before: datetime) -> int:
        """Remove for good what was deleted before that moment; return how many."""
        ...

    def branch(self, conversation: ConversationId) -> list[ShownMessage]:
        """Return the messages from the root to the head, with their versions."""
        ...

    def message(self, message: MessageId) -> Message | None: ...

    def path(self, message: MessageId) -> list[Message]:
        """Return the messages from the root to `message`, whatever branch is shown."""
        ...

    def versions(self, message: MessageId) -> Versions:
        """Return where `message` stands among its siblings; alone when it is not there any more."""
        ...

    def add(
        self, conversation: ConversationId, message: Message, waiting: Sequence[Draft] | None = None
    ) -> None:
        """Store a message below its parent and make it the head; the conversation counts as updated.

        With `waiting`, these are the questions that wait in the chat from the same moment on.
        """
        ...

    def insert(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Store a new chat with its messages, all or nothing; the last one is the head."""
        ...

    def cut(self, message: MessageId) -> CutOff | None:
        """Put a message with all below it into the bin; None: it is not there.

        The head moves to the nearest version, else to its parent.
        """
        ...

    def put_back(self, cut: CutOff) -> bool:
        """Bring back what `cut` has removed, and show it; False: it, its chat or its parent is gone."""
        ...

    def waiting(self, conversation: ConversationId) -> list[Draft]:
        """Return the questions that wait until the answers before them are written, the next one first."""
        ...

    def save_waiting(self, conversation: ConversationId, waiting: Sequence[Draft]) -> None:
        """Store which questions wait in a stored chat, in place of those that did."""
        ...

    def update(self, message: Message) -> None:
        """Store everything of a message but its place, role, attachments and time."""
        ...

    def show(self, conversation: ConversationId, message: MessageId) -> None:
        """Move the head to the newest leaf below `message`."""
        ...

    def draft(self, conversation: ConversationId) -> Draft: ...

    def save_draft(self, conversation: ConversationId, draft: Draft) -> None: ...

    def keep(self, document: Document) -> Attachment:
        """Store a document's text, once however often it is attached."""
        ...

    def document(self, document: DocumentId) -> str | None:
        """Return its text."""
        ...

    def keep_picture(self, picture: Picture) -> Attachment:
        """Store a picture, once however often it is attached."""
        ...

    def picture(self, picture: DocumentId, preview: bool = False) -> bytes | None:
        """Return it as PNG or JPEG; its `preview` is small."""
        ...


class TemporaryChats(Protocol):
    """Chats that live in memory alone: nothing of them is ever on disk. Safe from any thread.

    Raises StorageError.
    """

    def hold(self, conversation: ConversationId) -> None:
        """Keep a chat that was not stored yet in memory alone from now on."""
        ...

    def holds(self, conversation: ConversationId) -> bool: ...

    def store_held(self, conversation: ConversationId) -> None:
        """Store a chat for good, with all that belongs to it; it is not temporary any more."""
        ...

    def forget(self, conversation: ConversationId) -> None:
        """Remove a temporary chat for good."""
        ...


class ChatSearch(Protocol):
    """Finds chats and messages. Safe from any thread. Raises StorageError."""

    def search(self, query: ChatQuery, limit: int = 50) -> list[SearchHit]:
        """Find titles, then messages, best first; without words the chats that the rest is true of."""
        ...

    def names(self) -> ChatNames:
        """Return what can be looked for by its name."""
        ...


class Folders(Protocol):
    """Keeps the folders of conversations. Safe from any thread. Raises StorageError."""

    def folders(self) -> list[Folder]:
        """Return those not deleted, in the order of their names; a folder comes after its parent."""
        ...

    def folder(self, folder: FolderId) -> Folder | None:
        """Return it, or None when it is not there or deleted."""
        ...

    def save(self, folder: Folder) -> None:
        """Insert or update it. Raises ValueError when it would lie inside itself."""
        ...

    def delete(self, folder: FolderId) -> None:
        """Hide it with the folders and chats inside."""
        ...

    def restore(self, folder: FolderId) -> None:
        """Bring back a folder with what was hidden with it; at the top when its parent is not there."""
        ...

    def together(self) -> AbstractContextManager[object]:
        """Let what is stored within, chats too, be stored at once or not at all."""
        ...


class Bin(Protocol):
    """What was deleted and can come back. Safe from any thread. Raises StorageError."""

    def deleted(self) -> list[Deleted]:
        """Return folders, chats and messages, last deleted first.

        What was hidden with its folder is not named beside it.
        """
        ...

    def remove(self, deleted: Deleted) -> None:
        """Remove one of them for good, a folder with what was hidden with it."""
        ...
