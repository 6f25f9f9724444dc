"""Copies of the database: made, checked, found."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.storage.schema import MIGRATIONS

if TYPE_CHECKING:
    from chatdesk.domain.chat_archive import Backup


def back_up(source: sqlite3.Connection, name: str, folder: Path, kept: int | None = None) -> Path:
    """Copy the whole database into `folder` under a dated name.

    There the newest `kept` copies stay, and the newest of each of so many days; None keeps all.
    The copy gets its name when it is complete and has passed the check: no broken one is ever offered.
    `source` is a connection for this alone. Raises sqlite3.Error, also for a damaged source, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finished = folder / f"{name}-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}.sqlite"
    unfinished = finished.with_suffix(".unfinished")
    try:
        # Python's backup() waits without end for a locked source, so the lock is taken before.
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_schema").fetchone()
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            # One file that stands alone, without a log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
            check(target)
        unfinished.replace(finished)
    finally:
        unfinished.unlink(missing_ok=True)
    if kept is not None:
        for old in _outdated(all_backups(folder), max(1, kept)):
            old.unlink(missing_ok=True)
    return finished


def _outdated(copies: list[Path], kept: int) -> set[Path]:
    """Return those that go: many copies of one day never push out those of the days before."""
    of_days: dict[str, Path] = {}
    for copy in copies:
        of_days.setdefault(copy.stem[: -len("-hhmmss-ffffff")], copy)
    return {*copies} - {*copies[:kept]} - {*list(of_days.values())[:kept]}


def all_backups(folder: Path) -> list[Path]:
    """Return the finished copies, newest first."""
    return sorted(folder.glob("*.sqlite"), reverse=True)


def listed(folder: Path) -> list[Backup]:
    """Return what there is to choose from, newest first, with how many chats each has."""
    from chatdesk.domain.chat_archive import Backup

    found = []
    for path in all_backups(folder):
        with suppress(OSError):  # removed since
            facts = path.stat()
            made = datetime.fromtimestamp(facts.st_mtime, UTC)
            found.append(Backup(path, made, facts.st_size, _chats(path)))
    return found


def _chats(path: Path) -> int | None:
    """Return how many chats a copy has, None when it cannot be read or is of a newer version."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(MIGRATIONS):
                return None
            query = "SELECT count(*) FROM conversation WHERE deleted IS NULL"
            (count,) = connection.execute(query).fetchone()
            return int(count)
    except sqlite3.Error:
        return None


def age(folder: Path) -> timedelta:
    """Return how long ago the newest copy was made; a very long time when there is none."""
    newest = next(iter(all_backups(folder)), None)
    if newest is None:
        return timedelta.max
    return datetime.now(UTC) - datetime.fromtimestamp(newest.stat().st_mtime, UTC)


def newest_readable(folder: Path) -> Path | None:
    """Return the newest copy that passes the check."""
    return next((backup for backup in all_backups(folder) if is_readable(backup)), None)


def is_readable(path: Path) -> bool:
    """Say whether `path` is a whole database."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            check(connection)
            return True
    except (sqlite3.Error, OSError):
        return False


def check(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError with SQLite's code for damage when a page of the database is damaged."""
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        error = sqlite3.DatabaseError(answer)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
