"""What is known of the user's models, beside their files."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from chatdesk.domain.library import ModelRecord, OwnSettings
from chatdesk.domain.models import Adapter, ModelHeader
from chatdesk.storage.database import Database
from chatdesk.storage.rows import microseconds, moment, storable

# A row of its own for each model, and not the settings file: a record changes with every answer.
_SAVE = """
    INSERT INTO model (path, title, favourite, application, left_out, bytes, header, checksums, own)
    VALUES (:path, :title, :favourite, :application, :left_out, :bytes, :header, :checksums, :own)
    ON CONFLICT (path) DO UPDATE SET
        title = excluded.title, favourite = excluded.favourite, application = excluded.application,
        left_out = excluded.left_out, bytes = excluded.bytes, header = excluded.header,
        checksums = excluded.checksums, own = excluded.own
"""
_ADAPTERS = "adapters"  # beside the settings in `own`: a list of {path, name, weight, on}
# The speed follows slowly, as other programs disturb single answers.
_NOTE_USE = """
    INSERT INTO model (path, times_used, last_used, speed, reading)
    VALUES (:path, 1, :when, :speed, :reading)
    ON CONFLICT (path) DO UPDATE SET
        times_used = times_used + 1,
        last_used = excluded.last_used,
        speed = CASE WHEN excluded.speed <= 0 THEN speed
            WHEN speed <= 0 THEN excluded.speed
            ELSE 0.7 * speed + 0.3 * excluded.speed END,
        reading = CASE WHEN excluded.reading <= 0 THEN reading
            WHEN reading <= 0 THEN excluded.reading
            ELSE 0.7 * reading + 0.3 * excluded.reading END
"""


class ModelStore:
    """The ModelRecords of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(self) -> dict[Path, ModelRecord]:
        """Return all of them, also of models that are not in the list or not there."""
        with self._database.reading() as sql:
            records = [_record_of(row) for row in sql.execute("SELECT * FROM model ORDER BY path")]
        return {record.path: record for record in records}

    def record(self, path: Path) -> ModelRecord:
        """Return what is known of the model at `path`, an empty record for nothing."""
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM model WHERE path = ?", (_stored(path),)).fetchone()
        return _record_of(row) if row else ModelRecord(path)

    def save(self, record: ModelRecord) -> None:
        """Store everything but its use."""
        values = {
            "path": _stored(record.path),
            "title": storable(record.title),
            "favourite": record.favourite,
            "application": storable(record.application),
            "left_out": record.left_out,
            "bytes": record.bytes,
            "header": json.dumps(asdict(record.header)) if record.header else "",
            "checksums": json.dumps(record.checksums),
            "own": _own_value(record),
        }
        with self._database.writing() as sql:
            sql.execute(_SAVE, values)

    def note_use(self, path: Path, when: datetime, speed: float, reading: float = 0.0) -> None:
        """Count one answer; speeds of writing and reading in tokens a second, 0 where there was nothing to
        measure.
        """
        values = {
            "path": _stored(path),
            "when": microseconds(when),
            "speed": float(speed),
            "reading": float(reading),
        }
        with self._database.writing() as sql:
            sql.execute(_NOTE_USE, values)

    def remove(self, path: Path) -> None:
        with self._database.writing() as sql:
            sql.execute("DELETE FROM model WHERE path = ?", (_stored(path),))

    def move(self, old: Path, new: Path) -> None:
        """Let every record, chat and download that names the folder or file `old`, or one inside it, name
        the same one at `new`.
        """
        with self._database.writing() as sql:
            for record in self.records().values():
                if any(adapter.path.is_relative_to(old) for adapter in record.adapters):
                    adapters = tuple(_moved_adapter(adapter, old, new) for adapter in record.adapters)
                    self.save(replace(record, adapters=adapters))
                if record.path.is_relative_to(old):
                    sql.execute("DELETE FROM model WHERE path = ?", (_stored(_moved(record.path, old, new)),))
                    _change(sql, "model", "path", record.path, _moved(record.path, old, new))
            for row in sql.execute("SELECT DISTINCT model FROM conversation WHERE model <> ''").fetchall():
                if (path := Path(row["model"])).is_relative_to(old):
                    moved = storable(str(_moved(path, old, new)))
                    sql.execute("UPDATE conversation SET model = ? WHERE model = ?", (moved, row["model"]))
            for row in sql.execute("SELECT DISTINCT folder FROM download").fetchall():
                if (path := Path(json.loads(row["folder"]))).is_relative_to(old):
                    _change(sql, "download", "folder", path, _moved(path, old, new))


def _change(sql: sqlite3.Connection, table: str, column: str, old: Path, new: Path) -> None:
    sql.execute(
        f"UPDATE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608  both are constants above
        (_stored(new), _stored(old)),
    )


def _moved(path: Path, old: Path, new: Path) -> Path:
    return new / path.relative_to(old)


def _moved_adapter(adapter: Adapter, old: Path, new: Path) -> Adapter:
    inside = adapter.path.is_relative_to(old)
    return replace(adapter, path=_moved(adapter.path, old, new)) if inside else adapter


def _stored(path: Path) -> str:
    # A path that is no UTF-8 holds lone surrogates, for which JSON has an escape.
    return json.dumps(str(path))


def _record_of(row: sqlite3.Row) -> ModelRecord:
    own = json.loads(row["own"])
    return ModelRecord(
        path=Path(json.loads(row["path"])),
        title=row["title"],
        favourite=bool(row["favourite"]),
        application=row["application"],
        left_out=bool(row["left_out"]),
        times_used=row["times_used"],
        last_used=None if row["last_used"] is None else moment(row["last_used"]),
        speed=row["speed"],
        reading=row["reading"],
        bytes=row["bytes"],
        header=_header_of(row["header"]),
        checksums=tuple((name, checksum) for name, checksum in json.loads(row["checksums"])),
        own=OwnSettings.of(own),
        adapters=tuple(map(_adapter_of, own.get(_ADAPTERS, ()))),
    )


def _own_value(record: ModelRecord) -> str:
    adapters = [asdict(adapter) | {"path": str(adapter.path)} for adapter in record.adapters]
    return json.dumps(record.own.chosen | ({_ADAPTERS: adapters} if adapters else {}))


def _adapter_of(stored: dict[str, Any]) -> Adapter:
    return Adapter(Path(stored["path"]), stored["name"], stored["weight"], stored["on"])


def _header_of(stored: str) -> ModelHeader | None:
    if not stored:
        return None
    known: dict[str, Any] = json.loads(stored)
    empty = ModelHeader("", "", "", 0, 0, 0, "", False)
    return replace(empty, **{f.name: known[f.name] for f in fields(ModelHeader) if f.name in known})
