"""Folders of conversations, and the bin for both and for messages."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from chatdesk.domain.chat import Conversation, CutOff, Deleted, Folder, FolderId
from chatdesk.storage import branches
from chatdesk.storage.database import Database
from chatdesk.storage.rows import conversation_of, folder_of, folder_values, microseconds, moment

_SAVE = """
    INSERT INTO folder (id, parent, name, system, model, documents, created)
    VALUES (:id, :parent, :name, :system, :model, :documents, :created)
    ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, name = excluded.name, system = excluded.system,
        model = excluded.model, documents = excluded.documents
"""
_HOLDS = "SELECT 1 FROM folder_inside WHERE top = :id AND id = :parent"
# What is hidden together has the same moment: what was deleted on its own before stays deleted.
_HIDE = (
    """
    UPDATE conversation SET deleted = :when
    WHERE deleted IS NULL AND folder IN (SELECT id FROM folder_inside WHERE top = :folder)
    """,
    """
    UPDATE folder SET deleted = :when
    WHERE deleted IS NULL AND id IN (SELECT id FROM folder_inside WHERE top = :folder)
    """,
)
_SHOW = (
    """
    UPDATE conversation SET deleted = NULL
    WHERE deleted = :when AND folder IN (SELECT id FROM folder_inside WHERE top = :folder)
    """,
    """
    UPDATE folder SET deleted = NULL
    WHERE deleted = :when AND id IN (SELECT id FROM folder_inside WHERE top = :folder)
    """,
    """
    UPDATE folder SET parent = NULL
    WHERE id = :folder AND parent IN (SELECT id FROM folder WHERE deleted IS NOT NULL)
    """,
)
_REMOVE = (
    """
    DELETE FROM draft WHERE conversation IN (
        SELECT id FROM conversation
        WHERE deleted = :when AND folder IN (SELECT id FROM folder_inside WHERE top = :folder)
    )
    """,
    """
    DELETE FROM conversation
    WHERE deleted = :when AND folder IN (SELECT id FROM folder_inside WHERE top = :folder)
    """,
    "DELETE FROM folder WHERE id = :folder",
)
_DELETED_FOLDERS = """
    SELECT * FROM folder WHERE deleted IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM folder AS own WHERE own.id = folder.parent AND own.deleted = folder.deleted
    )
"""
_DELETED_CHATS = """
    SELECT * FROM conversation WHERE deleted IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM folder AS own WHERE own.id = conversation.folder AND own.deleted = conversation.deleted
    )
"""


class FolderStore:
    """The Folders and the Bin of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def folders(self) -> list[Folder]:
        """Return those not deleted, in the order of their names; a folder comes after its parent."""
        with self._database.reading() as sql:
            rows = sql.execute("SELECT * FROM folder WHERE deleted IS NULL").fetchall()
        inside: dict[FolderId | None, list[Folder]] = {}
        for folder in sorted(map(folder_of, rows), key=lambda each: (each.name.casefold(), each.id)):
            inside.setdefault(folder.parent, []).append(folder)
        found, level = [], inside.get(None, [])
        while level:
            found += level
            level = [below for folder in level for below in inside.get(folder.id, ())]
        return found

    def folder(self, folder: FolderId) -> Folder | None:
        """Return it, or None when it is not there or deleted."""
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM folder WHERE id = ? AND deleted IS NULL", (folder,)).fetchone()
        return folder_of(row) if row else None

    def save(self, folder: Folder) -> None:
        """Insert or update it. Raises ValueError when it would lie inside itself."""
        with self._database.writing() as sql:
            values = folder_values(folder)
            if folder.parent == folder.id or sql.execute(_HOLDS, values).fetchone():
                raise ValueError("a folder cannot lie inside itself")
            sql.execute(_SAVE, values)

    def delete(self, folder: FolderId) -> None:
        """Hide it with the folders and chats inside."""
        values = {"folder": folder, "when": microseconds(datetime.now(UTC))}
        with self._database.writing() as sql:
            for statement in _HIDE:
                sql.execute(statement, values)

    def restore(self, folder: FolderId) -> None:
        """Bring back a folder with what was hidden with it; at the top when its parent is not there."""
        with self._database.writing() as sql:
            if (when := _deleted_when(sql, folder)) is None:
                return
            for statement in _SHOW:
                sql.execute(statement, {"folder": folder, "when": when})

    def together(self) -> AbstractContextManager[object]:
        """Let what is stored within, chats too, be stored at once or not at all."""
        return self._database.writing()

    def deleted(self) -> list[Deleted]:
        """Return folders, chats and messages, last deleted first.

        What was hidden with its folder is not named beside it.
        """
        with self._database.reading() as sql:
            folders = sql.execute(_DELETED_FOLDERS).fetchall()
            chats = sql.execute(_DELETED_CHATS).fetchall()
            found = branches.kept(sql)
        found += [Deleted(folder_of(row), moment(row["deleted"])) for row in folders]
        found += [Deleted(conversation_of(row), moment(row["deleted"])) for row in chats]
        return sorted(found, key=lambda each: each.when, reverse=True)

    def remove(self, deleted: Deleted) -> None:
        """Remove one of them for good, a folder with what was hidden with it."""
        with self._database.writing() as sql:
            if isinstance(deleted.what, CutOff):
                branches.remove(sql, deleted.what)
            elif isinstance(deleted.what, Conversation):
                ident = (deleted.what.id,)
                sql.execute("DELETE FROM draft WHERE conversation = ?", ident)
                sql.execute("DELETE FROM conversation WHERE id = ? AND deleted IS NOT NULL", ident)
            elif (when := _deleted_when(sql, deleted.what.id)) is not None:
                for statement in _REMOVE:
                    sql.execute(statement, {"folder": deleted.what.id, "when": when})


def _deleted_when(sql: sqlite3.Connection, folder: FolderId) -> int | None:
    row = sql.execute("SELECT deleted FROM folder WHERE id = ?", (folder,)).fetchone()
    return row["deleted"] if row else None
