"""Takes whole chats out of the database for files, and brings in those that files have."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from chatdesk.domain.chat import (
    Conversation,
    ConversationId,
    DocumentId,
    Draft,
    Folder,
    FolderId,
    Message,
    MessageState,
)
from chatdesk.domain.chat_archive import ArchivedChat, ArchivedDocument, ArchivedPicture, Brought, copied
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.documents import document_of, keep_document
from chatdesk.storage.folders import FolderStore
from chatdesk.storage.rows import conversation_of, message_of, microseconds

Content = ArchivedDocument | ArchivedPicture

_ELSEWHERE = """
    SELECT 1 FROM message JOIN json_each(:ids) ON message.id = json_each.value
    WHERE message.conversation <> :conversation LIMIT 1
"""


class ArchiveStore:
    """The ChatArchive of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folders = FolderStore(database)
        self._chats = ChatStore(database)

    def conversations(self) -> list[tuple[ConversationId, FolderId | None]]:
        """Return those not deleted, archived ones too, in the order of their creation."""
        with self._database.reading() as sql:
            rows = sql.execute("SELECT id, folder FROM conversation WHERE deleted IS NULL ORDER BY number")
            return [(ConversationId(row["id"]), row["folder"]) for row in rows]

    def folders(self) -> list[Folder]:
        """Return those not deleted; a folder comes after its parent."""
        return self._folders.folders()

    def chat(self, conversation: ConversationId) -> ArchivedChat | None:
        with self._database.reading() as sql:
            row = sql.execute(
                "SELECT * FROM conversation WHERE id = ? AND deleted IS NULL", (conversation,)
            ).fetchone()
            if row is None:
                return None
            messages = sql.execute(
                "SELECT * FROM message WHERE conversation = ? ORDER BY number", (conversation,)
            ).fetchall()
            draft = self._chats.draft(conversation)
        return ArchivedChat(conversation_of(row), tuple(map(message_of, messages)), draft)

    def document(self, document: DocumentId) -> ArchivedDocument | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM document WHERE id = ?", (document,)).fetchone()
        return ArchivedDocument(document, document_of(row, "")) if row else None

    def picture(self, picture: DocumentId) -> ArchivedPicture | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM picture WHERE id = ?", (picture,)).fetchone()
        return ArchivedPicture(picture, row["data"], row["preview"]) if row else None

    def known(self) -> frozenset[ConversationId]:
        """Return the ids of all chats that are not deleted."""
        return frozenset(ident for ident, _ in self.conversations())

    def bring_folder(self, folder: Folder, contents: list[Content]) -> None:
        """Store it unless it is there; out of the bin it comes back. `contents` belong to it."""
        with self._database.writing() as sql:
            _keep(sql, contents)
            if sql.execute("SELECT 1 FROM folder WHERE id = ?", (folder.id,)).fetchone():
                self._folders.restore(folder.id)
                return
            parent = folder.parent
            if parent is not None and self._folders.folder(parent) is None:
                parent = None
            self._folders.save(replace(folder, parent=parent))

    def bring(self, chat: ArchivedChat, contents: list[Content]) -> Brought:
        """Store a chat with what is attached to it, all or nothing; of one that is there, what is new."""
        ident = chat.conversation.id
        with self._database.writing() as sql:
            _keep(sql, contents)
            values = {"conversation": ident, "ids": json.dumps([each.id for each in chat.messages])}
            if sql.execute(_ELSEWHERE, values).fetchone():
                self._insert(sql, copied(chat))
                return Brought.new
            row = sql.execute("SELECT * FROM conversation WHERE id = ?", (ident,)).fetchone()
            if row is None:
                self._insert(sql, chat)
                return Brought.new
            if row["deleted"] is not None:
                self._chats.restore(ident)
            has_grown = self._add_missing(sql, chat, conversation_of(row))
            if row["deleted"] is not None:
                return Brought.restored
            return Brought.grown if has_grown else Brought.there

    def _insert(self, sql: sqlite3.Connection, chat: ArchivedChat) -> None:
        conversation = chat.conversation
        if conversation.folder is not None and self._folders.folder(conversation.folder) is None:
            conversation = replace(conversation, folder=None)
        self._chats.save(conversation)
        self._add(sql, chat.messages, conversation)
        if chat.draft != Draft():
            self._chats.save_draft(conversation.id, chat.draft)

    def _add_missing(self, sql: sqlite3.Connection, chat: ArchivedChat, stored: Conversation) -> bool:
        """Add messages that are not there yet, and say whether there were any."""
        rows = sql.execute("SELECT id FROM message WHERE conversation = ?", (stored.id,))
        there = {row["id"] for row in rows}
        missing = [each for each in chat.messages if each.id not in there]
        self._add(sql, missing, max(chat.conversation, stored, key=lambda each: each.updated))
        return bool(missing)

    def _add(self, sql: sqlite3.Connection, messages: Iterable[Message], as_in: Conversation) -> None:
        """Add messages and leave the chat's time and branch as they are in `as_in`."""
        for each in messages:
            # Nobody is writing an answer that comes out of a file.
            ended = each.state is not MessageState.streaming
            self._chats.add(as_in.id, each if ended else replace(each, state=MessageState.stopped))
        values = (as_in.head, microseconds(as_in.updated), as_in.id)
        sql.execute("UPDATE conversation SET head = ?, updated = ? WHERE id = ?", values)


def _keep(sql: sqlite3.Connection, contents: list[Content]) -> None:
    for each in contents:
        if isinstance(each, ArchivedDocument):
            keep_document(sql, each.document)
        else:
            sql.execute(
                "INSERT OR IGNORE INTO picture (id, data, preview) VALUES (?, ?, ?)",
                (each.id, each.data, each.preview),
            )
