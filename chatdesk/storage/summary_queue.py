"""The list of files that are summarised one after the other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict

from chatdesk.domain.summaries import SummaryId, SummaryState
from chatdesk.domain.summary_queue import QueuedFile, QueuedId
from chatdesk.storage.database import Database
from chatdesk.storage.rows import microseconds, moment, storable
from chatdesk.storage.summary_rows import wishes_of

_ADD = """
    INSERT INTO queued_file (id, path, wishes, state, problem, summary, line, points, pages, created,
        language)
    VALUES (:id, :path, :wishes, :state, :problem, :summary, :line, :points, :pages, :created,
        :language)
"""
_UPDATE = """
    UPDATE queued_file SET wishes = :wishes, state = :state, problem = :problem, summary = :summary,
        line = :line, points = :points, pages = :pages, language = :language WHERE id = :id
"""


class SummaryQueueStore:
    """The SummaryQueue of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self) -> list[QueuedFile]:
        """Return all of them in the order in which they were added."""
        with self._database.reading() as sql:
            return [_file_of(row) for row in sql.execute("SELECT * FROM queued_file ORDER BY number")]

    def add(self, files: Sequence[QueuedFile]) -> None:
        """Store them at the end."""
        with self._database.writing() as sql:
            sql.executemany(_ADD, [_values(file) for file in files])

    def update(self, file: QueuedFile) -> None:
        """Store what has come of it; nothing happens when it is not there any more."""
        with self._database.writing() as sql:
            sql.execute(_UPDATE, _values(file))

    def remove(self, files: Sequence[QueuedId]) -> None:
        with self._database.writing() as sql:
            sql.executemany("DELETE FROM queued_file WHERE id = ?", [(file,) for file in files])


def _values(file: QueuedFile) -> dict[str, object]:
    return {
        "id": file.id,
        "path": json.dumps(file.path),  # one that is no UTF-8 holds lone surrogates
        "wishes": storable(json.dumps(asdict(file.wishes), ensure_ascii=False)),
        "state": file.state.value,
        "problem": storable(file.problem),
        "summary": file.summary or "",
        "line": storable(file.line),
        "points": file.points,
        "pages": file.pages,
        "created": microseconds(file.created),
        "language": storable(file.language),
    }


def _file_of(row: sqlite3.Row) -> QueuedFile:
    return QueuedFile(
        json.loads(row["path"]),
        wishes_of(json.loads(row["wishes"])),
        QueuedId(row["id"]),
        SummaryState(row["state"]),
        row["problem"],
        SummaryId(row["summary"]) if row["summary"] else None,
        row["line"],
        row["points"],
        row["pages"],
        moment(row["created"]),
        row["language"],
    )
