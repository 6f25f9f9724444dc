"""The way out when the database is damaged: keep the file, begin anew or go on with a backup."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.storage.failures import readable_errors

_COMPANIONS = ("", "-wal", "-shm")  # the database and the two files that SQLite keeps beside it


def set_aside(path: Path, why: str = "damaged") -> Path:
    """Rename the database and the files that belong to it; return its new name, which has `why` in it.

    Nothing may have it open. Raises StorageError.
    """
    aside = path.with_name(f"{path.stem}-{why}-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}{path.suffix}")
    with readable_errors(path):
        for companion in _COMPANIONS:
            old = path.with_name(path.name + companion)
            if old.exists():
                old.rename(aside.with_name(aside.name + companion))
    return aside


def restore_backup(backup: Path, path: Path, why: str = "damaged") -> Path:
    """Put a copy of `backup` in the place of the database; what stands there is set aside.

    Returns its new name, which has `why` in it. Nothing may have it open. Raises StorageError; what stood
    there is in its place again then.
    """
    arriving = path.with_name(path.name + ".restored")
    with readable_errors(path):
        try:
            shutil.copyfile(backup, arriving)
            with arriving.open("rb+") as file:
                os.fsync(file.fileno())
            aside = set_aside(path, why)
            try:
                arriving.replace(path)
            except OSError:
                _bring_back(aside, path)
                raise
            return aside
        finally:
            arriving.unlink(missing_ok=True)


def _bring_back(aside: Path, path: Path) -> None:
    for companion in _COMPANIONS:
        old = aside.with_name(aside.name + companion)
        if old.exists():
            old.rename(path.with_name(path.name + companion))
