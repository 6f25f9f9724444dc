"""The way out when the database is damaged: keep the file, begin anew or go on with a backup."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.storage.failures import readable_errors

_COMPANIONS = ("", "-wal", "-shm")  # the database and the two files that SQLite keeps beside it


def set_aside(path: Path) -> Path:
    """Rename the database and the files that belong to it; return its new name.

    Nothing may have it open. Raises StorageError.
    """
    aside = path.with_name(f"{path.stem}-damaged-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}{path.suffix}")
    with readable_errors(path):
        for companion in _COMPANIONS:
            old = path.with_name(path.name + companion)
            if old.exists():
                old.rename(aside.with_name(aside.name + companion))
    return aside


def restore_backup(backup: Path, path: Path) -> None:
    """Put a copy of `backup` in the place of the database; what stands there is set aside.

    Nothing may have it open. Raises StorageError; what stood there is kept then, under its old or new name.
    """
    arriving = path.with_name(path.name + ".restored")
    with readable_errors(path):
        try:
            shutil.copyfile(backup, arriving)
            with arriving.open("rb+") as file:
                os.fsync(file.fileno())
            set_aside(path)
            arriving.replace(path)
        finally:
            arriving.unlink(missing_ok=True)
