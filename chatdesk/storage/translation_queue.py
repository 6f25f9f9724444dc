"""The list of documents that are translated one after the other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from chatdesk.domain.translation_queue import QueuedTranslation, QueuedTranslationId
from chatdesk.domain.translations import TranslationId, TranslationState
from chatdesk.storage.database import Database
from chatdesk.storage.rows import microseconds, moment, storable
from chatdesk.storage.translation_rows import wishes_of, wishes_value

_ADD = """
    INSERT INTO queued_translation (id, path, name, wishes, state, done, total, target, error, translation,
        added)
    VALUES (:id, :path, :name, :wishes, :state, :done, :total, :target, :error, :translation, :added)
"""
_UPDATE = """
    UPDATE queued_translation SET wishes = :wishes, state = :state, done = :done, total = :total,
        target = :target, error = :error, translation = :translation WHERE id = :id
"""


class TranslationQueueStore:
    """The TranslationQueue of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self) -> list[QueuedTranslation]:
        """Return all of them in the order in which they were added."""
        with self._database.reading() as sql:
            return [_file_of(row) for row in sql.execute("SELECT * FROM queued_translation ORDER BY number")]

    def add(self, files: Sequence[QueuedTranslation]) -> None:
        """Store them at the end."""
        with self._database.writing() as sql:
            sql.executemany(_ADD, [_values(file) for file in files])

    def update(self, file: QueuedTranslation) -> None:
        """Store what has come of it; nothing happens when it is not there any more."""
        with self._database.writing() as sql:
            sql.execute(_UPDATE, _values(file))

    def remove(self, files: Sequence[QueuedTranslationId]) -> None:
        with self._database.writing() as sql:
            sql.executemany("DELETE FROM queued_translation WHERE id = ?", [(file,) for file in files])


def _values(file: QueuedTranslation) -> dict[str, object]:
    return {
        "id": file.id,
        "path": json.dumps(file.path),  # one that is no UTF-8 holds lone surrogates
        "name": storable(file.name),
        "wishes": wishes_value(file.wishes),
        "state": file.state.value,
        "done": file.done,
        "total": file.total,
        "target": json.dumps(file.target),
        "error": storable(file.error),
        "translation": file.translation or "",
        "added": microseconds(file.added),
    }


def _file_of(row: sqlite3.Row) -> QueuedTranslation:
    return QueuedTranslation(
        path=json.loads(row["path"]),
        name=row["name"],
        wishes=wishes_of(row["wishes"]),
        id=QueuedTranslationId(row["id"]),
        state=TranslationState(row["state"]),
        done=row["done"],
        total=row["total"],
        target=json.loads(row["target"]),
        error=row["error"],
        translation=TranslationId(row["translation"]) if row["translation"] else None,
        added=moment(row["added"]),
    )
