"""Chats that live in memory alone: the same store on a database without a file, beside the one with it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from chatdesk.domain.chat import (
    Attachment,
    Conversation,
    ConversationId,
    CutOff,
    DocumentId,
    Draft,
    Message,
    MessageId,
    ShownMessage,
    Versions,
)
from chatdesk.domain.documents import Document
from chatdesk.domain.pictures import Picture
from chatdesk.domain.recognition import RecognisedPage
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import IN_MEMORY, Database
from chatdesk.storage.recognised import RecognisedStore
from chatdesk.storage.rows import attachments_of

# In this order: a message needs its chat.
_TABLES = {
    "conversation": "id",
    "message": "conversation",
    "draft": "conversation",
    "waiting": "conversation",
    "deleted_message": "conversation",
}
_ATTACHED = """
    SELECT attachments FROM message WHERE conversation = :chat UNION ALL
    SELECT attachments FROM draft WHERE conversation = :chat UNION ALL
    SELECT attachments FROM waiting WHERE conversation = :chat UNION ALL
    SELECT json_extract(value, '$.attachments') FROM deleted_message, json_each(messages)
    WHERE conversation = :chat
"""
_HAS = """
    SELECT 1 FROM message WHERE instr(attachments, ?) UNION ALL
    SELECT 1 FROM draft WHERE instr(attachments, ?) UNION ALL
    SELECT 1 FROM waiting WHERE instr(attachments, ?) UNION ALL
    SELECT 1 FROM deleted_message WHERE instr(messages, ?)
"""


class AllChats:
    """The Chats and the TemporaryChats of the ports: each call goes to the store that keeps its chat.

    Once there was a temporary chat, what is attached waits in memory too, and is stored when a chat that is
    stored has it: so nobody has to know for which chat a file was read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stored = ChatStore(database)
        self._held: set[ConversationId] = set()  # a forgotten chat stays here: nothing of it comes later
        self._memory_database: Database | None = None
        self._moving = threading.RLock()  # taken before the locks of both databases

    @property
    def _memory(self) -> ChatStore:
        assert self._memory_database is not None
        return ChatStore(self._memory_database)

    def _of(self, conversation: ConversationId) -> ChatStore:
        """Return the store that keeps a chat."""
        return self._memory if conversation in self._held else self._stored

    def _of_message(self, message: MessageId) -> ChatStore:
        """Return the store that keeps a message, the one on the disk for a message that is not there."""
        held = bool(self._held) and self._memory.message(message) is not None
        return self._memory if held else self._stored

    def hold(self, conversation: ConversationId) -> None:
        """Keep a chat that was not stored yet in memory alone from now on."""
        with self._moving:
            if self._memory_database is None:
                self._memory_database = Database(IN_MEMORY)
            self._held.add(conversation)

    def holds(self, conversation: ConversationId) -> bool:
        return conversation in self._held

    def forget(self, conversation: ConversationId) -> None:
        """Remove a temporary chat for good. What is still written into it comes to nothing."""
        with self._moving:
            if conversation not in self._held or self._memory_database is None:
                return
            with self._memory_database.writing() as sql:
                attached = self._attached(sql, conversation)
                _remove(sql, conversation)
                for each in attached:
                    if not sql.execute(_HAS, (each.document,) * 4).fetchone():
                        sql.execute("DELETE FROM document WHERE id = ?", (each.document,))
                        sql.execute("DELETE FROM picture WHERE id = ?", (each.document,))

    def store_held(self, conversation: ConversationId) -> None:
        """Store a chat for good, with all that belongs to it; it is not temporary any more."""
        with self._moving:
            if conversation not in self._held or self._memory_database is None:
                return
            with self._memory_database.reading() as memory, self._database.writing() as disk:
                for table, key in _TABLES.items():
                    rows = memory.execute(f"SELECT * FROM {table} WHERE {key} = ?", (conversation,))  # noqa: S608
                    _copy(rows, disk, table)
                self._bring(self._attached(memory, conversation))
            with self._memory_database.writing() as memory:
                _remove(memory, conversation)
            self._held.discard(conversation)

    @property
    def newest(self) -> Database:
        """The database for what was read for no chat in particular: in memory once there was a temporary
        chat."""
        return self._memory_database or self._database

    def close(self) -> None:
        """Let go of what is in memory."""
        if self._memory_database is not None:
            self._memory_database.close()

    # Of all stored chats

    def conversations(self) -> list[Conversation]:
        return self._stored.conversations()

    def repair(self) -> int:
        return self._stored.repair()

    def purge(self, deleted_before: datetime) -> int:
        return self._stored.purge(deleted_before)

    # Of a chat

    def conversation(self, conversation: ConversationId) -> Conversation | None:
        return self._of(conversation).conversation(conversation)

    def save(self, conversation: Conversation) -> None:
        self._of(conversation.id).save(self._placed(conversation))

    def insert(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        with self._moving:
            self._of(conversation.id).insert(self._placed(conversation), messages)

    def delete(self, conversation: ConversationId) -> None:
        self._of(conversation).delete(conversation)

    def restore(self, conversation: ConversationId) -> None:
        self._of(conversation).restore(conversation)

    def branch(self, conversation: ConversationId) -> list[ShownMessage]:
        return self._of(conversation).branch(conversation)

    def show(self, conversation: ConversationId, message: MessageId) -> None:
        self._of(conversation).show(conversation, message)

    def add(
        self, conversation: ConversationId, message: Message, waiting: Sequence[Draft] | None = None
    ) -> None:
        with self._moving:
            self._keep_for(conversation, message.attachments)
            self._of(conversation).add(conversation, message, waiting)

    def draft(self, conversation: ConversationId) -> Draft:
        return self._of(conversation).draft(conversation)

    def save_draft(self, conversation: ConversationId, draft: Draft) -> None:
        self._keep_for(conversation, draft.attachments)
        self._of(conversation).save_draft(conversation, draft)

    def waiting(self, conversation: ConversationId) -> list[Draft]:
        return self._of(conversation).waiting(conversation)

    def save_waiting(self, conversation: ConversationId, waiting: Sequence[Draft]) -> None:
        self._keep_for(conversation, [each for draft in waiting for each in draft.attachments])
        self._of(conversation).save_waiting(conversation, waiting)

    # Of a message

    def message(self, message: MessageId) -> Message | None:
        return self._of_message(message).message(message)

    def path(self, message: MessageId) -> list[Message]:
        return self._of_message(message).path(message)

    def versions(self, message: MessageId) -> Versions:
        return self._of_message(message).versions(message)

    def update(self, message: Message) -> None:
        with self._moving:  # the chat must not move to the disk in between
            self._of_message(message.id).update(message)

    def cut(self, message: MessageId) -> CutOff | None:
        return self._of_message(message).cut(message)

    def put_back(self, cut: CutOff) -> bool:
        return self._of(cut.conversation).put_back(cut)

    # What is attached

    def keep(self, document: Document) -> Attachment:
        return ChatStore(self.newest).keep(document)

    def keep_picture(self, picture: Picture) -> Attachment:
        return ChatStore(self.newest).keep_picture(picture)

    def document(self, document: DocumentId) -> str | None:
        found = None if self._memory_database is None else self._memory.document(document)
        return self._stored.document(document) if found is None else found

    def home(self, document: DocumentId) -> Database:
        """Return the database that a document is kept in."""
        memory = self._memory_database
        return self._database if memory is None or self._memory.document(document) is None else memory

    def picture(self, picture: DocumentId, preview: bool = False) -> bytes | None:
        found = None if self._memory_database is None else self._memory.picture(picture, preview)
        return self._stored.picture(picture, preview) if found is None else found

    def _placed(self, conversation: Conversation) -> Conversation:
        """Return a chat as it can be kept: a temporary one lies in no folder, for these are stored."""
        return replace(conversation, folder=None) if conversation.id in self._held else conversation

    def _keep_for(self, conversation: ConversationId, attachments: Sequence[Attachment]) -> None:
        """See that what is attached is kept where the chat is."""
        if conversation not in self._held:
            self._bring(attachments)

    def _attached(self, sql: sqlite3.Connection, conversation: ConversationId) -> list[Attachment]:
        rows = sql.execute(_ATTACHED, {"chat": conversation}).fetchall()
        return [each for row in rows for each in attachments_of(row["attachments"])]

    def _bring(self, attachments: Iterable[Attachment]) -> None:
        """Store what waits in memory and is attached to a chat that is stored."""
        wanted = {each.document for each in attachments}
        if self._memory_database is None or not wanted:
            return
        with self._moving, self._memory_database.reading() as memory, self._database.writing() as disk:
            for table in ("document", "picture"):
                for ident in wanted:
                    rows = memory.execute(f"SELECT * FROM {table} WHERE id = ?", (ident,))  # noqa: S608
                    _copy(rows, disk, table)


class RecognisedForChats(RecognisedStore):
    """The RecognisedPages of the ports: once there was a temporary chat, pages are kept in memory."""

    def __init__(self, database: Database, chats: AllChats) -> None:
        super().__init__(database)
        self._chats = chats

    def pages(self, file: str) -> dict[int, RecognisedPage]:
        """Return the pages of the file with this SHA-256, by their numbers."""
        return {**super().pages(file), **RecognisedStore(self._chats.newest).pages(file)}

    def keep(self, file: str, page: RecognisedPage) -> None:
        """Keep a page in place of the one that was there."""
        RecognisedStore(self._chats.newest).keep(file, page)


def _remove(sql: sqlite3.Connection, conversation: ConversationId) -> None:
    sql.execute("DELETE FROM draft WHERE conversation = ?", (conversation,))
    sql.execute("DELETE FROM conversation WHERE id = ?", (conversation,))


def _copy(rows: Iterable[sqlite3.Row], into: sqlite3.Connection, table: str) -> None:
    """Insert rows that are not there yet; `number` is given anew, in the same order."""
    for row in rows:
        names = [name for name in row.keys() if name != "number"]  # noqa: SIM118  a row has no __contains__
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        values = [row[name] for name in names]
        into.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608
