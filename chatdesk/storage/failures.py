"""Turns what SQLite and the system report into errors that the user can act on."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatdesk.domain.storage_errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DiskFull,
    FolderUnusable,
    StorageError,
)
from chatdesk.domain.words import tr
from chatdesk.storage.backups import newest_readable

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_LITTLE_SPACE = 1 << 20  # bytes; with less than this a failed write means a full disk
# Which codes mean what: https://www.sqlite.org/rescode.html
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_UNUSABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}


@contextmanager
def readable_errors(path: Path, backups: Path | None = None) -> Iterator[None]:
    """Raise StorageError in place of the errors of SQLite and of the system that concern the file `path`.

    `backups` is the folder from which DatabaseDamaged names the newest readable copy.
    Errors that only a bug can cause pass unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        readable = _of_sqlite(error, path, backups)
        if readable is None:
            raise
        raise readable from error
    except OSError as error:
        raise _of_system(error, path) from error


def _of_sqlite(error: sqlite3.Error, path: Path, backups: Path | None) -> StorageError | None:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    primary = code & 0xFF  # the upper bits say how exactly
    if primary in _DAMAGED or code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return damaged(path, backups)
    if primary in _BUSY:
        return DatabaseBusy(path)
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(path.parent)
    if primary in _UNUSABLE:
        full = primary == sqlite3.SQLITE_IOERR and _is_full(path.parent)
        return DiskFull(path.parent) if full else FolderUnusable(path.parent, _reason(primary))
    return None


def _of_system(error: OSError, path: Path) -> StorageError:
    if error.errno in _NO_SPACE:
        return DiskFull(path.parent)
    return FolderUnusable(path.parent, error.strerror or str(error))


def _reason(primary: int) -> str:
    if primary == sqlite3.SQLITE_READONLY:
        return tr("it is read-only")
    if primary == sqlite3.SQLITE_IOERR:
        return tr("the disk reports an error")
    return tr("the file with your chats cannot be opened")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE_SPACE
    except OSError:
        return False


def damaged(path: Path, backups: Path | None) -> DatabaseDamaged:
    """Return the error for the damaged file `path`, with the newest backup that can be read."""
    return DatabaseDamaged(path, newest_readable(backups) if backups else None)
