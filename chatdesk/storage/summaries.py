"""Summaries, the documents that they are of, and the answers of models that need not be asked again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Summary, SummaryHit, SummaryId
from chatdesk.storage import fulltext
from chatdesk.storage.database import Database
from chatdesk.storage.documents import document_of, keep_document
from chatdesk.storage.rows import microseconds, moment, storable
from chatdesk.storage.summary_rows import summary_of, summary_values

LARGEST = 64 << 20  # bytes of answers that are kept: some 60,000 parts
KEPT = timedelta(days=180)  # after their last use
_OFTEN = 60.0  # seconds between two purges while answers come in

_SAVE = """
    INSERT INTO summary (id, document, name, path, wishes, model, state, text, points, sentences, error,
        created, language)
    VALUES (:id, :document, :name, :path, :wishes, :model, :state, :text, :points, :sentences, :error,
        :created, :language)
    ON CONFLICT (id) DO UPDATE SET
        document = excluded.document, name = excluded.name, path = excluded.path, wishes = excluded.wishes,
        model = excluded.model, state = excluded.state, text = excluded.text, points = excluded.points,
        sentences = excluded.sentences, error = excluded.error, language = excluded.language
"""
_EARLIER = """
    SELECT * FROM summary
    WHERE name = :name AND document <> :document AND state = 'done' AND created < :created
    ORDER BY path = :path DESC, created DESC, number DESC LIMIT 1
"""
_FIND = """
    WITH best AS MATERIALIZED (
        SELECT summary.number, bm25(summary_index) AS rank
        FROM summary_index JOIN summary ON summary.number = summary_index.rowid
        WHERE summary_index MATCH :expression
        ORDER BY rank, created DESC, summary.number DESC LIMIT :limit
    )
    SELECT id, name, text, created FROM best CROSS JOIN summary USING (number)
    ORDER BY rank, created DESC, number DESC
"""
_FINISH = """
    INSERT INTO finished (key, answer, bytes, used) VALUES (:key, :answer, :bytes, :used)
    ON CONFLICT (key) DO UPDATE SET
        answer = excluded.answer, bytes = excluded.bytes, used = excluded.used
"""
_MAKE_ROOM = """
    DELETE FROM finished WHERE key IN (
        SELECT key FROM (
            SELECT key, SUM(bytes) OVER (ORDER BY used DESC, key) AS with_newer FROM finished
        ) WHERE with_newer > ?
    )
"""


class SummaryStore:
    """The Summaries of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database, largest: int = LARGEST) -> None:
        """`largest` is how many bytes of finished answers are kept."""
        self._database = database
        self._largest = largest
        self._purged = float("-inf")

    def repair(self) -> int:
        """Mark summaries that a dead process left running as stopped, with their text; return how many.

        Called once at start by the process that alone may write them.
        """
        with self._database.writing() as sql:
            return sql.execute("UPDATE summary SET state = 'stopped' WHERE state = 'running'").rowcount

    def keep(self, document: Document) -> DocumentId:
        """Store a document with its units and notes, once however often it is summarised."""
        with self._database.writing() as sql:
            return keep_document(sql, document)

    def document(self, document: DocumentId, name: str) -> Document | None:
        """Return it under the name that it had where it was used."""
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM document WHERE id = ?", (document,)).fetchone()
        return document_of(row, name) if row else None

    def summaries(self) -> list[Summary]:
        """Return all of them, newest first."""
        with self._database.reading() as sql:
            rows = sql.execute("SELECT * FROM summary ORDER BY created DESC, number DESC").fetchall()
        return [summary_of(row) for row in rows]

    def summary(self, summary: SummaryId) -> Summary | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM summary WHERE id = ?", (summary,)).fetchone()
        return summary_of(row) if row else None

    def save(self, summary: Summary) -> None:
        """Insert or update it; a deleted one comes back."""
        with self._database.writing() as sql:
            sql.execute(_SAVE, summary_values(summary))

    def delete(self, summary: SummaryId) -> None:
        with self._database.writing() as sql:
            sql.execute("DELETE FROM summary WHERE id = ?", (summary,))

    def earlier(self, summary: Summary) -> Summary | None:
        """Return the newest finished summary, made before this one, of a document with the same name and
        another text; one of the same file comes first.
        """
        with self._database.reading() as sql:
            row = sql.execute(_EARLIER, summary_values(summary)).fetchone()
        return summary_of(row) if row else None

    def search(self, words: str, limit: int = 50) -> list[SummaryHit]:
        """Find summaries with all the words (prefixes count) in their name or text, best first."""
        expression = fulltext.match_expression(words)
        if not expression:
            return []
        with self._database.reading() as sql:
            rows = sql.execute(_FIND, {"expression": expression, "limit": limit}).fetchall()
        return [_hit(row, words) for row in rows]

    def finished(self, keys: Sequence[str]) -> dict[str, str]:
        """Return those of the answers stored under `keys` that are there; they count as used now."""
        now = microseconds(datetime.now(UTC))
        found: dict[str, str] = {}
        with self._database.writing() as sql:
            for key in dict.fromkeys(keys):
                row = sql.execute("SELECT answer FROM finished WHERE key = ?", (key,)).fetchone()
                if row:
                    found[key] = row["answer"]
                    sql.execute("UPDATE finished SET used = ? WHERE key = ?", (now, key))
        return found

    def finish(self, key: str, answer: str) -> None:
        """Store an answer of a model under what decided it; old ones make room."""
        text = storable(answer)
        now = datetime.now(UTC)
        values = {"key": key, "answer": text, "bytes": len(text.encode()), "used": microseconds(now)}
        with self._database.writing() as sql:
            sql.execute(_FINISH, values)
            self._make_room(sql, now)

    def _make_room(self, sql: sqlite3.Connection, now: datetime) -> None:
        if self._largest == LARGEST and time.monotonic() - self._purged < _OFTEN:
            return
        self._purged = time.monotonic()
        sql.execute("DELETE FROM finished WHERE used < ?", (microseconds(now - KEPT),))
        sql.execute(_MAKE_ROOM, (self._largest,))


def _hit(row: sqlite3.Row, words: str) -> SummaryHit:
    snippet, marks = fulltext.snippet(row["text"], words)
    return SummaryHit(SummaryId(row["id"]), row["name"], snippet, marks, moment(row["created"]))
