"""What has arrived of a file: kept beside its final place, locked, and put there when it is whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import Promised
from chatdesk.domain.hub_errors import DiskTooSmall, DownloadBusy, ModelsFolderUnusable
from chatdesk.domain.lock import LockFile
from chatdesk.domain.words import tr
from chatdesk.hub.fetch import Version

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 20  # bytes that are hashed at once
_FOLDERS = threading.Lock()  # one that was made just now is not removed before something is in it


class Overfull(Exception):
    """More bytes came than the file has; told within this room only."""


class Part:
    """The bytes of one file that have arrived, with their running checksum.

    `name.part` has the bytes, `name.part.json` says of which version. Both stay when the download stops.
    Every method raises DiskTooSmall and ModelsFolderUnusable.
    """

    def __init__(self, target: Path, file: BinaryIO) -> None:
        self._target = target
        self._file = file
        self._version = Version("", 0)
        self._hash = hashlib.sha256()
        self.done = 0

    @classmethod
    @contextmanager
    def of(cls, target: Path) -> Iterator[Part]:
        """Hold what has arrived for `target`, in folders that are made and, left empty, removed again.

        Raises DownloadBusy.
        """
        with _folders_of(target), _held(target):
            with _readable_errors(target.parent):
                # Unbuffered: what was written is there after a kill as well.
                file = os.fdopen(os.open(_part(target), _FLAGS, 0o666), "r+b", buffering=0)
            try:
                with file:
                    yield cls(target, file)
            finally:
                with _readable_errors(target.parent):
                    _remove_if_empty(target)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    @property
    def complete(self) -> bool:
        return self.done == self._version.size

    def take_up(self, version: Version, cancel: CancelToken) -> Iterator[int]:
        """Get ready to go on with `version`: yield how many bytes have been read again so far.

        What is there of another version is thrown away. Cancelled, it can be called again.
        """
        if version == self._version:
            return
        with _readable_errors(self._target.parent):
            arrived = self._file.seek(0, os.SEEK_END)
            if _stored_version(self._target) != version or arrived > version.size:
                self.clear()
                _side(self._target).write_text(json.dumps(asdict(version)), encoding="utf-8")
                arrived = 0
            hashed = hashlib.sha256()
            self._file.seek(0)
            yield from _hash(self._file, hashed, cancel)
        if not cancel.cancelled:
            self._hash, self._version, self.done = hashed, version, arrived

    def write(self, data: bytes) -> None:
        """Add bytes at the end. Raises Overfull."""
        if self.done + len(data) > self._version.size:
            raise Overfull
        rest = memoryview(data)
        with _readable_errors(self._target.parent, self._version.size - self.done):
            while rest:
                # A disk that gets full takes a part first; that part counts.
                count = self._file.write(rest)
                self._hash.update(rest[:count])
                self.done += count
                rest = rest[count:]

    def clear(self) -> None:
        """Throw away what has arrived."""
        with _readable_errors(self._target.parent):
            self._file.seek(0)
            self._file.truncate()
        self._hash = hashlib.sha256()
        self.done = 0

    def finish(self) -> None:
        """Put the whole file into its place; what was there is replaced. The part is closed."""
        with _readable_errors(self._target.parent):
            os.fsync(self._file.fileno())
            self._file.close()
            _part(self._target).replace(self._target)
            _side(self._target).unlink(missing_ok=True)


def discard(target: Path, top: Path) -> None:
    """Delete what has arrived for `target`, and the folders below `top` that this leaves empty.

    Raises DownloadBusy, ModelsFolderUnusable.
    """
    if not target.parent.is_dir():
        return
    with _held(target), _readable_errors(target.parent):
        _remove(target)
    _remove_empty(folder for folder in target.parents if folder.is_relative_to(top) and folder != top)


def read_again(path: Path, cancel: CancelToken) -> Iterator[tuple[int, str]]:
    """Yield (bytes read so far, checksum of them in hexadecimal digits) until the end of the file.

    Raises ModelsFolderUnusable.
    """
    hashed = hashlib.sha256()
    with _readable_errors(path.parent), path.open("rb", buffering=0) as file:
        for done in _hash(file, hashed, cancel):
            yield done, hashed.hexdigest()


def size_of(path: Path) -> int | None:
    """Return the size of the file there, None when there is none. Raises ModelsFolderUnusable."""
    with _readable_errors(path.parent):
        return path.stat().st_size if path.is_file() else None


def require_room(folder: Path, needed: int, reserve: int, promised: Iterable[Promised] = ()) -> None:
    """Raise DiskTooSmall unless `needed` and `reserve` bytes are free beside what is `promised` to others on
    the same disk; no folder need be there yet."""
    folder = _existing(folder)
    with _readable_errors(folder):
        free, disk = shutil.disk_usage(folder).free, folder.stat().st_dev
        taken = sum(each.bytes for each in promised if _existing(each.folder).stat().st_dev == disk)
    if free < needed + reserve + taken:
        raise DiskTooSmall(folder, needed + reserve, free, taken)


def _existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _side(target: Path) -> Path:
    return target.with_name(f"{target.name}.part.json")


def _remove_if_empty(target: Path) -> None:
    if _part(target).exists() and not _part(target).stat().st_size:
        _remove(target)


def _remove(target: Path) -> None:
    _part(target).unlink(missing_ok=True)
    _side(target).unlink(missing_ok=True)


@contextmanager
def _folders_of(target: Path) -> Iterator[None]:
    """Remove those folders at the end that are missing now and empty then, the innermost first."""
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        yield
    finally:
        _remove_empty(missing)


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders, the innermost first, up to one that something is in."""
    with suppress(OSError), _FOLDERS:
        for folder in folders:
            folder.rmdir()


@contextmanager
def _held(target: Path) -> Iterator[None]:
    """Make the folders for `target` and take its lock. Raises DownloadBusy."""
    with _readable_errors(target.parent), _FOLDERS:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = LockFile(target.with_name(f"{target.name}.part.lock"))
        if not lock.take():
            raise DownloadBusy(target.name)
    try:
        yield
    finally:
        lock.release()


def _stored_version(target: Path) -> Version | None:
    try:
        return Version(**json.loads(_side(target).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _hash(file: BinaryIO, hashed: hashlib._Hash, cancel: CancelToken) -> Iterator[int]:
    """Add the rest of `file` to `hashed`, yielding the number of bytes after each block."""
    done = 0
    while not cancel.cancelled and (block := file.read(_BLOCK)):
        hashed.update(block)
        done += len(block)
        yield done


@contextmanager
def _readable_errors(folder: Path, needed: int = 0) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise DiskTooSmall(folder, needed, shutil.disk_usage(folder).free) from error
        if error.errno == errno.EFBIG:
            raise ModelsFolderUnusable(folder, tr("this disk cannot hold files of that size")) from error
        raise ModelsFolderUnusable(folder, error.strerror or str(error)) from error
