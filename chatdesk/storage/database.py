"""The one SQLite file: opened, checked, migrated, and used by one thread at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from chatdesk.domain.storage_errors import DatabaseTooNew, StorageError
from chatdesk.domain.words import tr
from chatdesk.storage import backups as copies
from chatdesk.storage.failures import damaged, readable_errors
from chatdesk.storage.fulltext import spaced
from chatdesk.storage.schema import MIGRATIONS, statements

BUSY_SECONDS = 5.0
IN_MEMORY = Path(":memory:")  # the name of a database that is never on disk
_CHECKED_ALWAYS = 64 << 20  # bytes; checking takes about 0.6 ms a megabyte


class Database:
    """One connection behind one lock. A committed transaction survives a killed process and a power cut.

    Every method raises StorageError; opening also DatabaseTooNew. After DatabaseDamaged the ways on are
    `recovery.set_aside` and `recovery.restore_backup`.
    """

    def __init__(self, path: Path, backups: Path | None = None, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create `path`; `backups` is the folder for copies, None for none.

        `busy_seconds` is how long to wait for another program that holds the file.
        """
        self._path = path
        self._backups = backups
        self._busy_seconds = busy_seconds
        self._lock = threading.RLock()
        with readable_errors(path, backups):
            path.parent.mkdir(parents=True, exist_ok=True)
            left_open = _size(_log_of(path)) > 0
            if path.is_dir() or self._was_emptied():
                raise damaged(path, backups)
            self._connection = _connect(path, busy_seconds)
            try:
                _require_fulltext(self._connection)
                if left_open or _size(path) < _CHECKED_ALWAYS:
                    copies.check(self._connection)
                self._migrate()
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the database for one transaction; an exception undoes all of it.

        May be nested: the outermost counts.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hold one unchanging view of the database; for SELECT only."""
        with self._transaction("BEGIN") as connection:
            yield connection

    def back_up(self, older_than: timedelta = timedelta(0), kept: int | None = None) -> Path | None:
        """Copy the database, checked, into the folder of backups; others go on reading and writing meanwhile.

        Of all backups the newest `kept` stay, and the newest of each of so many days; None keeps all.
        Does nothing when the newest backup is younger than `older_than`, or without a folder for backups.
        """
        if self._backups is None:
            return None
        with readable_errors(self._path, self._backups):
            if copies.age(self._backups) < older_than:
                return None
            with closing(_connect(self._path, self._busy_seconds)) as source:
                return copies.back_up(source, self._path.stem, self._backups, kept)

    def close(self) -> None:
        """Close the file; the database cannot be used afterwards. May be called again."""
        with self._lock, readable_errors(self._path, self._backups):
            self._connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        with self._lock, readable_errors(self._path, self._backups):
            if connection.in_transaction:
                yield connection
                return
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                self._undo()
                raise

    def _undo(self) -> None:
        # After some failures SQLite has undone the transaction itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _was_emptied(self) -> bool:
        """Whether the file has lost all its content: SQLite would take it for a new database."""
        is_empty = self._path.exists() and _size(self._path) == 0
        return is_empty and self._backups is not None and copies.newest_readable(self._backups) is not None

    def _migrate(self) -> None:
        newest = len(MIGRATIONS)
        version = _version(self._connection)
        if version > newest:
            raise DatabaseTooNew(self._path)
        if 0 < version < newest:
            self.back_up()
        for number, script in enumerate(MIGRATIONS, start=1):
            with self.writing() as sql:
                # Another process may have done this step since.
                if _version(sql) < number:
                    for statement in statements(script):
                        sql.execute(statement)
                    sql.execute(f"PRAGMA user_version = {number}")


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.create_function("spaced", 1, spaced, deterministic=True)
        _keep_a_log(connection, busy_seconds)
        # NORMAL would keep what is committed through a killed process but lose the newest in a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = ON")  # the triggers call `spaced`
        if path == IN_MEMORY:
            connection.execute("PRAGMA temp_store = MEMORY")  # else large sorts go through a file
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_a_log(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to write-ahead logging, which is kept in the file.

    When two processes make a new database at once, SQLite refuses one of them without waiting.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _require_fulltext(connection: sqlite3.Connection) -> None:
    if not connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone():
        raise StorageError(
            tr("The SQLite library of this Python cannot search texts (FTS5 is missing)."),
            tr("Install Python from python.org or from your system's packages, and start ChatDesk with it."),
        )


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
