"""Translations as the history keeps them, a row for each of their segments."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from chatdesk.domain.translations import (
    Segment,
    Translation,
    TranslationEntry,
    TranslationHit,
    TranslationId,
)
from chatdesk.storage import fulltext
from chatdesk.storage.database import Database
from chatdesk.storage.rows import moment
from chatdesk.storage.translation_rows import (
    START,
    entry_of,
    segment_values,
    translation_of,
    translation_values,
)

_SAVE = """
    INSERT INTO translation (id, wishes, model, language, state, name, path, error, created, segments, done,
        gaps, names)
    VALUES (:id, :wishes, :model, :language, :state, :name, :path, :error, :created, :segments, 0, :gaps,
        :names)
    ON CONFLICT (id) DO UPDATE SET
        wishes = excluded.wishes, model = excluded.model, language = excluded.language,
        state = excluded.state, name = excluded.name, path = excluded.path, error = excluded.error,
        segments = excluded.segments, gaps = excluded.gaps, names = excluded.names
"""
_SAVE_SEGMENT = """
    INSERT INTO segment (translation, number, source, text, state, origin, findings, error)
    VALUES (:translation, :number, :source, :text, :state, :origin, :findings, :error)
    ON CONFLICT (translation, number) DO UPDATE SET
        source = excluded.source, text = excluded.text, state = excluded.state, origin = excluded.origin,
        findings = excluded.findings, error = excluded.error
    WHERE source <> excluded.source OR text <> excluded.text OR state <> excluded.state
        OR origin <> excluded.origin OR findings <> excluded.findings OR error <> excluded.error
"""
_UPDATE_SEGMENT = """
    UPDATE segment SET source = :source, text = :text, state = :state, origin = :origin,
        findings = :findings, error = :error
    WHERE translation = :translation AND number = :number
"""
_COUNT = """
    UPDATE translation SET done = (
        SELECT COUNT(*) FROM segment
        WHERE segment.translation = translation.id AND segment.state IN ('done', 'confirmed')
    ) WHERE id = ?
"""
_LIST = """
    SELECT translation.id, wishes, model, language, translation.state, name, path, translation.error, created,
        segments, done, substr(source, 1, :start) AS source_start, substr(text, 1, :start) AS start
    FROM translation LEFT JOIN segment ON segment.translation = translation.id AND segment.number = 0
    WHERE :among IS NULL OR translation.id IN (SELECT value FROM json_each(:among))
    ORDER BY created DESC, translation.number DESC LIMIT :newest
"""
_FIND = "SELECT id, created FROM translation WHERE {} ORDER BY created DESC, number DESC LIMIT ?"
_WITH_WORD = """
    id IN (
        SELECT translation FROM segment_index JOIN segment ON segment.row = segment_index.rowid
        WHERE segment_index MATCH ?
    )
"""
_PLACES = """
    SELECT translation, segment.source, segment.text, MIN(segment.number)
    FROM segment_index JOIN segment ON segment.row = segment_index.rowid
    WHERE segment_index MATCH ? AND translation IN (SELECT value FROM json_each(?)) GROUP BY translation
"""


class TranslationStore:
    """The Translations of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def repair(self) -> int:
        """Mark translations that a dead process left running as stopped, with their text; return how many.

        Called once at start by the process that alone may write them.
        """
        with self._database.writing() as sql:
            return sql.execute("UPDATE translation SET state = 'stopped' WHERE state = 'running'").rowcount

    def translations(
        self, newest: int = -1, among: Sequence[TranslationId] | None = None
    ) -> list[TranslationEntry]:
        """Return them without their texts, newest first; not more than `newest`, only those `among` some."""
        wanted = {"start": START, "newest": newest, "among": None if among is None else json.dumps(among)}
        with self._database.reading() as sql:
            return [entry_of(row) for row in sql.execute(_LIST, wanted)]

    def translation(self, translation: TranslationId) -> Translation | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM translation WHERE id = ?", (translation,)).fetchone()
            segments = sql.execute(
                "SELECT * FROM segment WHERE translation = ? ORDER BY number", (translation,)
            ).fetchall()
        return translation_of(row, segments) if row else None

    def save(self, translation: Translation) -> None:
        """Insert or update it, writing what has changed of its segments; a deleted one comes back."""
        count = len(translation.segments)
        with self._database.writing() as sql:
            sql.execute(_SAVE, translation_values(translation))
            sql.executemany(
                _SAVE_SEGMENT, (segment_values(translation.id, each) for each in translation.segments)
            )
            sql.execute("DELETE FROM segment WHERE translation = ? AND number >= ?", (translation.id, count))
            sql.execute(_COUNT, (translation.id,))

    def save_segments(self, translation: TranslationId, segments: Sequence[Segment]) -> None:
        """Store how far some segments are; nothing happens to those that are not there any more."""
        with self._database.writing() as sql:
            sql.executemany(_UPDATE_SEGMENT, (segment_values(translation, each) for each in segments))
            sql.execute(_COUNT, (translation,))

    def delete(self, translations: Sequence[TranslationId]) -> None:
        with self._database.writing() as sql:
            sql.executemany("DELETE FROM translation WHERE id = ?", ((each,) for each in translations))

    def search(self, words: str, limit: int = 50) -> list[TranslationHit]:
        """Find translations with all the words (prefixes count for the last), newest first.

        A word may stand in the source or in the translation, in any paragraph.
        """
        expressions = fulltext.match_expressions(words)
        if not expressions:
            return []
        conditions = " AND ".join(_WITH_WORD for _ in expressions)
        with self._database.reading() as sql:
            found = sql.execute(_FIND.format(conditions), (*expressions, limit)).fetchall()
            hits = json.dumps([row["id"] for row in found])
            places = sql.execute(_PLACES, (" OR ".join(expressions), hits)).fetchall()
        texts = {row["translation"]: f"{row['source']}\n{row['text']}" for row in places}
        return [_hit(row, texts[row["id"]], words) for row in found]


def _hit(row: sqlite3.Row, text: str, words: str) -> TranslationHit:
    snippet, marks = fulltext.snippet(text, words)
    return TranslationHit(TranslationId(row["id"]), snippet, marks, moment(row["created"]))
