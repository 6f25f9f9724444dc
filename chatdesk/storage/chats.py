"""Conversations as trees of messages, and their drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

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
from chatdesk.storage import branches, pictures
from chatdesk.storage.database import Database
from chatdesk.storage.documents import keep_document
from chatdesk.storage.rows import (
    attachments_of,
    attachments_value,
    conversation_of,
    conversation_values,
    message_of,
    message_values,
    microseconds,
    storable,
)

_SAVE = """
    INSERT INTO conversation (id, title, system, model, preset, sampling, thinking, folder, pinned, archived,
        tags, note, noted_until, origin, created, updated)
    VALUES (:id, :title, :system, :model, :preset, :sampling, :thinking, :folder, :pinned, :archived,
        :tags, :note, :noted_until, :origin, :created, :updated)
    ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, system = excluded.system, model = excluded.model, preset = excluded.preset,
        sampling = excluded.sampling, thinking = excluded.thinking, folder = excluded.folder,
        pinned = excluded.pinned, archived = excluded.archived, tags = excluded.tags, note = excluded.note,
        noted_until = excluded.noted_until, origin = excluded.origin, created = excluded.created,
        updated = excluded.updated
"""
_ADD = """
    INSERT INTO message (id, conversation, parent, role, state, model, error, view_start, facts, created,
        thinking, text, attachments, pinned, sources, style, edited)
    VALUES (:id, :conversation, :parent, :role, :state, :model, :error, :view_start, :facts, :created,
        :thinking, :text, :attachments, :pinned, :sources, :style, :edited)
"""
_UPDATE = """
    UPDATE message SET text = :text, thinking = :thinking, state = :state, error = :error, model = :model,
        view_start = :view_start, facts = :facts, pinned = :pinned, sources = :sources,
        style = :style, edited = :edited
    WHERE id = :id
"""
_RESTORE = """
    UPDATE conversation SET deleted = NULL,
        folder = (SELECT id FROM folder WHERE id = conversation.folder AND deleted IS NULL)
    WHERE id = ?
"""
_PATH = """
WITH RECURSIVE up(id, parent, depth) AS (
    SELECT id, parent, 0 FROM message WHERE id = ?
    UNION ALL
    SELECT message.id, message.parent, depth + 1 FROM message JOIN up ON message.id = up.parent
)
SELECT message.* FROM up JOIN message ON message.id = up.id ORDER BY depth DESC
"""
_SIBLINGS = """
SELECT other.id FROM message JOIN message AS other
    ON other.conversation = message.conversation AND other.parent IS message.parent
WHERE message.id = :message ORDER BY other.number
"""


_UNUSED_DOCUMENTS = f"""
DELETE FROM document WHERE id NOT IN (
    SELECT json_extract(value, '$.document') FROM message, json_each(message.attachments)
    WHERE message.attachments <> ''
    UNION
    SELECT json_extract(value, '$.document') FROM draft, json_each(draft.attachments)
    WHERE draft.attachments <> ''
    UNION
    SELECT json_extract(value, '$.document') FROM folder, json_each(folder.documents)
    WHERE folder.documents <> ''
    UNION
    SELECT json_extract(value, '$.document') FROM waiting, json_each(waiting.attachments)
    WHERE waiting.attachments <> ''
    UNION
    SELECT json_extract(attached.value, '$.document') FROM {branches.ATTACHED}
    UNION
    SELECT document FROM summary
)
"""  # noqa: S608


class ChatStore:
    """The Chats of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def repair(self) -> int:
        """Mark answers that a dead process left streaming as stopped, with their text; return how many.

        Called once at start by the process that alone may write answers.
        """
        with self._database.writing() as sql:
            return sql.execute("UPDATE message SET state = 'stopped' WHERE state = 'streaming'").rowcount

    def conversations(self) -> list[Conversation]:
        """Return those not deleted, last updated first."""
        with self._database.reading() as sql:
            rows = sql.execute(
                "SELECT * FROM conversation WHERE deleted IS NULL ORDER BY updated DESC, number DESC"
            )
            return [conversation_of(row) for row in rows]

    def conversation(self, conversation: ConversationId) -> Conversation | None:
        """Return it, or None when it is not there or deleted."""
        with self._database.reading() as sql:
            row = sql.execute(
                "SELECT * FROM conversation WHERE id = ? AND deleted IS NULL", (conversation,)
            ).fetchone()
        return conversation_of(row) if row else None

    def save(self, conversation: Conversation) -> None:
        """Insert or update everything but `head`, which only `add` and `show` move."""
        with self._database.writing() as sql:
            sql.execute(_SAVE, conversation_values(conversation))

    def delete(self, conversation: ConversationId) -> None:
        """Hide it; `restore` brings it back until `purge`."""
        now = microseconds(datetime.now(UTC))
        with self._database.writing() as sql:
            sql.execute(
                "UPDATE conversation SET deleted = ? WHERE id = ? AND deleted IS NULL", (now, conversation)
            )

    def restore(self, conversation: ConversationId) -> None:
        """Bring it back; out of its folder when that is deleted."""
        with self._database.writing() as sql:
            sql.execute(_RESTORE, (conversation,))

    def purge(self, deleted_before: datetime) -> int:
        """Remove for good what was deleted before that moment, and documents and pictures that nothing has
        attached.

        Returns how many conversations it were. For the start alone: a document just kept is not attached yet.
        """
        before = (microseconds(deleted_before),)
        with self._database.writing() as sql:
            sql.execute(
                "DELETE FROM draft WHERE conversation IN (SELECT id FROM conversation WHERE deleted < ?)",
                before,
            )
            gone = sql.execute("DELETE FROM conversation WHERE deleted < ?", before).rowcount
            sql.execute("DELETE FROM folder WHERE deleted < ?", before)
            sql.execute("DELETE FROM deleted_message WHERE deleted < ?", before)
            sql.execute(_UNUSED_DOCUMENTS)
            sql.execute(pictures.UNUSED)
            return gone

    def branch(self, conversation: ConversationId) -> list[ShownMessage]:
        """Return the messages from the root to the head, with their versions."""
        with self._database.reading() as sql:
            chosen = sql.execute("SELECT head FROM conversation WHERE id = ?", (conversation,)).fetchone()
            rows = sql.execute(
                "SELECT * FROM message WHERE conversation = ? ORDER BY number", (conversation,)
            ).fetchall()
        by_id = {row["id"]: row for row in rows}
        versions: dict[str | None, list[MessageId]] = {}
        for row in rows:
            versions.setdefault(row["parent"], []).append(row["id"])
        shown = []
        row = by_id.get(chosen["head"]) if chosen else None
        while row is not None:
            siblings = tuple(versions[row["parent"]])
            shown.append(ShownMessage(message_of(row), Versions(siblings, siblings.index(row["id"]))))
            row = by_id.get(row["parent"])
        return shown[::-1]

    def message(self, message: MessageId) -> Message | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM message WHERE id = ?", (message,)).fetchone()
        return message_of(row) if row else None

    def path(self, message: MessageId) -> list[Message]:
        """Return the messages from the root to `message`, whatever branch is shown."""
        with self._database.reading() as sql:
            rows = sql.execute(_PATH, (message,)).fetchall()
        return [message_of(row) for row in rows]

    def versions(self, message: MessageId) -> Versions:
        """Return where `message` stands among its siblings; alone when it is not there any more."""
        with self._database.reading() as sql:
            rows = sql.execute(_SIBLINGS, {"message": message}).fetchall()
        ids = tuple(MessageId(row["id"]) for row in rows)
        return Versions(ids, ids.index(message)) if ids else Versions((message,), 0)

    def add(
        self, conversation: ConversationId, message: Message, waiting: Sequence[Draft] | None = None
    ) -> None:
        """Store a message below its parent and make it the head; the conversation counts as updated.

        With `waiting`, these are the questions that wait in the chat from the same moment on.
        """
        values = {**message_values(message), "conversation": conversation}
        with self._database.writing() as sql:
            sql.execute(_ADD, values)
            sql.execute(
                "UPDATE conversation SET head = :id, updated = :created WHERE id = :conversation", values
            )
            if waiting is not None:
                self.save_waiting(conversation, waiting)

    def insert(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Store a new chat with its messages, all or nothing; the last one is the head."""
        with self._database.writing():
            self.save(conversation)
            for message in messages:
                self.add(conversation.id, message)
            self.save(conversation)  # its time again: it is as new as it says

    def cut(self, message: MessageId) -> CutOff | None:
        """Put a message with all below it into the bin; None: it is not there.

        The head moves to the nearest version, else to its parent.
        """
        with self._database.writing() as sql:
            return branches.cut(sql, message)

    def put_back(self, cut: CutOff) -> bool:
        """Bring back what `cut` has removed, and show it; False: it, its chat or its parent is gone."""
        with self._database.writing() as sql:
            return branches.put_back(sql, cut)

    def waiting(self, conversation: ConversationId) -> list[Draft]:
        """Return the questions that wait until the answers before them are written, the next one first."""
        with self._database.reading() as sql:
            rows = sql.execute(
                "SELECT * FROM waiting WHERE conversation = ? ORDER BY number", (conversation,)
            ).fetchall()
        return [Draft(row["text"], attachments_of(row["attachments"])) for row in rows]

    def save_waiting(self, conversation: ConversationId, waiting: Sequence[Draft]) -> None:
        """Store which questions wait in a stored chat, in place of those that did."""
        values = [
            (conversation, storable(each.text), attachments_value(each.attachments)) for each in waiting
        ]
        with self._database.writing() as sql:
            sql.execute("DELETE FROM waiting WHERE conversation = ?", (conversation,))
            sql.executemany("INSERT INTO waiting (conversation, text, attachments) VALUES (?, ?, ?)", values)

    def update(self, message: Message) -> None:
        """Store everything of a message but its place, role, attachments and time."""
        with self._database.writing() as sql:
            sql.execute(_UPDATE, message_values(message))

    def show(self, conversation: ConversationId, message: MessageId) -> None:
        """Move the head to the newest leaf below `message`."""
        with self._database.writing() as sql:
            sql.execute(branches.SHOW, {"conversation": conversation, "message": message})

    def draft(self, conversation: ConversationId) -> Draft:
        """Return what was not sent yet; a conversation that was never saved can have a draft as well."""
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM draft WHERE conversation = ?", (conversation,)).fetchone()
        return Draft(row["text"], attachments_of(row["attachments"])) if row else Draft()

    def save_draft(self, conversation: ConversationId, draft: Draft) -> None:
        values = (conversation, storable(draft.text), attachments_value(draft.attachments))
        with self._database.writing() as sql:
            if draft.text or draft.attachments:
                sql.execute(
                    "INSERT OR REPLACE INTO draft (conversation, text, attachments) VALUES (?, ?, ?)", values
                )
            else:
                sql.execute("DELETE FROM draft WHERE conversation = ?", (conversation,))

    def keep(self, document: Document) -> Attachment:
        """Store a document's text, once however often it is attached."""
        with self._database.writing() as sql:
            return Attachment(keep_document(sql, document), document.name, len(document.text.split()))

    def keep_picture(self, picture: Picture) -> Attachment:
        """Store a picture, once however often it is attached."""
        with self._database.writing() as sql:
            ident = pictures.keep_picture(sql, picture)
        return Attachment(ident, picture.name, size=(picture.width, picture.height))

    def picture(self, picture: DocumentId, preview: bool = False) -> bytes | None:
        """Return it as PNG or JPEG; its `preview` is small."""
        with self._database.reading() as sql:
            return pictures.picture_data(sql, picture, preview)

    def document(self, document: DocumentId) -> str | None:
        """Return its text."""
        with self._database.reading() as sql:
            row = sql.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
        return row["text"] if row else None
