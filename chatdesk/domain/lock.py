"""A lock file that one owner holds, and that a killed process gives back."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_FLAGS = os.O_RDWR | os.O_CREAT


class LockFile:
    """Held from `take` to `release`, against other threads and processes alike."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def take(self) -> bool:
        """Take it unless someone else holds it. Raises OSError when the file cannot be made."""
        while True:
            handle = os.open(self._path, _FLAGS, 0o666)
            if not _lock(handle):
                os.close(handle)
                return False
            if self._is_there(handle):
                self._handle = handle
                return True
            os.close(handle)  # its owner removed the file between the two steps above

    def release(self) -> None:
        """Give it back and remove the file."""
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._handle)
        with suppress(OSError):
            self._path.unlink()
        if sys.platform != "win32":
            os.close(self._handle)

    def _is_there(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network disks have no locks; one download at a time is then up to the user.
        return error.errno not in _TAKEN
    return True
