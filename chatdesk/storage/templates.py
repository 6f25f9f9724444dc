"""The user's templates and personas, with what each said before."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from chatdesk.domain.templates import RecordVersion, TemplateId, TemplateRecord, WordingKind
from chatdesk.storage.database import Database
from chatdesk.storage.rows import microseconds, moment, storable

VERSIONS_KEPT = 100  # of each, the newest
_INSERT = """
    INSERT INTO template (id, kind, folder, builtin, source, used, created, updated, deleted)
    VALUES (:id, :kind, :folder, :builtin, :source, :used, :created, :updated, :deleted)
    ON CONFLICT (id) DO NOTHING
"""
_UPDATE = """
    UPDATE template SET kind = :kind, folder = :folder, source = :source, updated = :updated, deleted = NULL
    WHERE id = :id
"""
_KEEP = """
    INSERT INTO template_version (template, source, written)
    SELECT id, source, :updated FROM template WHERE id = :id AND source <> :source
"""
_FORGET = """
    DELETE FROM template_version WHERE template = :id AND number NOT IN (
        SELECT number FROM template_version WHERE template = :id ORDER BY number DESC LIMIT :kept
    )
"""


class TemplateStore:
    """The Templates of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(self) -> list[TemplateRecord]:
        """Return all of them in the order in which they were made; deleted ones too."""
        with self._database.reading() as sql:
            rows = sql.execute("SELECT * FROM template ORDER BY number").fetchall()
        return list(map(_record_of, rows))

    def record(self, template: TemplateId) -> TemplateRecord | None:
        """Return it, also when it is deleted; None when it is not there."""
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM template WHERE id = ?", (template,)).fetchone()
        return _record_of(row) if row else None

    def save(self, records: Sequence[TemplateRecord]) -> None:
        """Insert or update source and folder, all or none; a deleted one comes back.

        Another source than before leaves the earlier one as a version. `used` and `created` of one that is
        there stay.
        """
        with self._database.writing() as sql:
            for record in records:
                values = _values(record)
                sql.execute(_KEEP, values)
                sql.execute(_FORGET, {"id": record.id, "kept": VERSIONS_KEPT})
                sql.execute(_INSERT, values)
                sql.execute(_UPDATE, values)

    def move(self, moved: Sequence[TemplateRecord]) -> None:
        """Insert or update the folder alone, all or none; it counts as no change."""
        self._change(moved, "UPDATE template SET folder = :folder WHERE id = :id")

    def note_use(self, record: TemplateRecord) -> None:
        """Count one more use; insert it when it is not there."""
        self._change([record], "UPDATE template SET used = used + 1 WHERE id = :id")

    def delete(self, records: Sequence[TemplateRecord]) -> None:
        """Hide them; insert those that are not there."""
        self._change(records, "UPDATE template SET deleted = :now WHERE id = :id AND deleted IS NULL")

    def restore(self, templates: Sequence[TemplateId]) -> None:
        """Bring deleted ones back."""
        with self._database.writing() as sql:
            sql.executemany(
                "UPDATE template SET deleted = NULL WHERE id = ?", [(each,) for each in templates]
            )

    def purge(self, deleted_before: datetime) -> int:
        """Remove for good the user's own that were deleted before that moment; return how many.

        A built-in one stays hidden.
        """
        with self._database.writing() as sql:
            before = (microseconds(deleted_before),)
            return sql.execute("DELETE FROM template WHERE deleted < ? AND builtin = ''", before).rowcount

    def versions(self, template: TemplateId) -> list[RecordVersion]:
        """Return its earlier texts, newest first."""
        with self._database.reading() as sql:
            rows = sql.execute(
                "SELECT * FROM template_version WHERE template = ? ORDER BY number DESC", (template,)
            ).fetchall()
        return [RecordVersion(row["number"], row["source"], moment(row["written"])) for row in rows]

    def _change(self, records: Sequence[TemplateRecord], statement: str) -> None:
        now = microseconds(datetime.now(UTC))
        with self._database.writing() as sql:
            for record in records:
                values = _values(record)
                sql.execute(_INSERT, values)
                sql.execute(statement, {**values, "now": now})


def _values(record: TemplateRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "kind": record.kind.value,
        "folder": storable(record.folder),
        "builtin": storable(record.builtin),
        "source": storable(record.source),
        "used": record.used,
        "created": microseconds(record.created),
        "updated": microseconds(record.updated),
        "deleted": None if record.deleted is None else microseconds(record.deleted),
    }


def _record_of(row: sqlite3.Row) -> TemplateRecord:
    return TemplateRecord(
        kind=WordingKind(row["kind"]),
        source=row["source"],
        folder=row["folder"],
        builtin=row["builtin"],
        used=row["used"],
        id=TemplateId(row["id"]),
        created=moment(row["created"]),
        updated=moment(row["updated"]),
        deleted=None if row["deleted"] is None else moment(row["deleted"]),
    )
