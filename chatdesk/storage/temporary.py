"""Chats that live in memory alone: the same store on a database without a file, beside the one with it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

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
}
_ATTACHED = """
    SELECT attachments FROM message WHERE conversation = :chat UNION ALL
    SELECT attachments FROM draft WHERE conversation = :chat UNION ALL
    SELECT attachments FROM waiting WHERE conversation = :chat
"""
_HAS = """
    SELECT 1 FROM message WHERE instr(attachments, ?) UNION ALL
    SELECT 1 FROM draft WHERE instr(attachments, ?) UNION ALL
    SELECT 1 FROM waiting WHERE instr(attachments, ?)
"""


class AllChats(ChatStore):
    """The Chats and the TemporaryChats of the ports: each call goes to where its chat is kept.

    Once there was a temporary chat, what is attached waits in memory too, and is stored when a chat that is
    stored has it: so nobody has to know for which chat a file was read.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._held: set[ConversationId] = set()  # a forgotten chat stays here: nothing of it comes later
        self._memory_database: Database | None = None
        self._moving = threading.RLock()  # taken before the locks of both databases

    @property
    def _memory(self) -> ChatStore:
        assert self._memory_database is not None
        return ChatStore(self._memory_database)

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
                    if not sql.execute(_HAS, (each.document,) * 3).fetchone():
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

    # Of a chat

    def conversation(self, conversation: ConversationId) -> Conversation | None:
        if conversation in self._held:
            return self._memory.conversation(conversation)
        return super().conversation(conversation)

    def save(self, conversation: Conversation) -> None:
        if conversation.id in self._held:
            self._memory.save(replace(conversation, folder=None))  # folders are stored
        else:
            super().save(conversation)

    def insert(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        with self._moving:
            if conversation.id in self._held:
                self._memory.insert(replace(conversation, folder=None), messages)
            else:
                super().insert(conversation, messages)

    def delete(self, conversation: ConversationId) -> None:
        if conversation in self._held:
            self._memory.delete(conversation)
        else:
            super().delete(conversation)

    def restore(self, conversation: ConversationId) -> None:
        if conversation in self._held:
            self._memory.restore(conversation)
        else:
            super().restore(conversation)

    def branch(self, conversation: ConversationId) -> list[ShownMessage]:
        if conversation in self._held:
            return self._memory.branch(conversation)
        return super().branch(conversation)

    def show(self, conversation: ConversationId, message: MessageId) -> None:
        if conversation in self._held:
            self._memory.show(conversation, message)
        else:
            super().show(conversation, message)

    def add(
        self, conversation: ConversationId, message: Message, waiting: Sequence[Draft] | None = None
    ) -> None:
        with self._moving:
            if conversation in self._held:
                self._memory.add(conversation, message, waiting)
                return
            self._bring(message.attachments)
            super().add(conversation, message, waiting)

    def draft(self, conversation: ConversationId) -> Draft:
        if conversation in self._held:
            return self._memory.draft(conversation)
        return super().draft(conversation)

    def save_draft(self, conversation: ConversationId, draft: Draft) -> None:
        if conversation in self._held:
            self._memory.save_draft(conversation, draft)
        else:
            self._bring(draft.attachments)
            super().save_draft(conversation, draft)

    def waiting(self, conversation: ConversationId) -> list[Draft]:
        if conversation in self._held:
            return self._memory.waiting(conversation)
        return super().waiting(conversation)

    def save_waiting(self, conversation: ConversationId, waiting: Sequence[Draft]) -> None:
        if conversation in self._held:
            self._memory.save_waiting(conversation, waiting)
        else:
            self._bring(each for draft in waiting for each in draft.attachments)
            super().save_waiting(conversation, waiting)

    # Of a message

    def message(self, message: MessageId) -> Message | None:
        return (self._memory.message(message) if self._held else None) or super().message(message)

    def path(self, message: MessageId) -> list[Message]:
        return (self._memory.path(message) if self._held else []) or super().path(message)

    def versions(self, message: MessageId) -> Versions:
        return self._memory.versions(message) if self._is_held(message) else super().versions(message)

    def update(self, message: Message) -> None:
        with self._moving:  # the chat must not move to the disk in between
            if self._is_held(message.id):
                self._memory.update(message)
            else:
                super().update(message)

    def cut(self, message: MessageId) -> CutOff | None:
        return self._memory.cut(message) if self._is_held(message) else super().cut(message)

    def put_back(self, cut: CutOff) -> None:
        if cut.conversation in self._held:
            self._memory.put_back(cut)
        else:
            super().put_back(cut)

    # What is attached

    def keep(self, document: Document) -> Attachment:
        return super().keep(document) if self._memory_database is None else self._memory.keep(document)

    def keep_picture(self, picture: Picture) -> Attachment:
        if self._memory_database is None:
            return super().keep_picture(picture)
        return self._memory.keep_picture(picture)

    def document(self, document: DocumentId) -> str | None:
        found = None if self._memory_database is None else self._memory.document(document)
        return super().document(document) if found is None else found

    def home(self, document: DocumentId) -> Database:
        """Return the database that a document is kept in."""
        memory = self._memory_database
        return self._database if memory is None or self._memory.document(document) is None else memory

    def picture(self, picture: DocumentId, preview: bool = False) -> bytes | None:
        found = None if self._memory_database is None else self._memory.picture(picture, preview)
        return super().picture(picture, preview) if found is None else found

    def _is_held(self, message: MessageId) -> bool:
        return bool(self._held) and self._memory.message(message) is not None

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
