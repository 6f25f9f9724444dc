"""The files of models on the disk: which they are, how large, and how they move to another place."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ModelMissing, ModelsNotMoved, ModelUnreadable
from chatdesk.domain.file_names import parts_of
from chatdesk.domain.words import tr

_PIECE = 4 << 20  # bytes read at once
# The Hugging Face cache and Ollama name large files by their checksum.
_NAMED_BY_CHECKSUM = re.compile(r"(?:sha256[-:])?([0-9a-f]{64})")


def files_of(path: Path) -> list[Path]:
    """Return the file at `path`, or all parts of a split model that are there."""
    try:
        return parts_of(path)
    except OSError:
        return [path]


def checksum_in_name(file: Path) -> str:
    """Return the SHA-256 that the name of the file, or of what it links to, tells; "" for none."""
    with suppress(OSError, RuntimeError):
        if match := _NAMED_BY_CHECKSUM.fullmatch(file.resolve().name):
            return match[1]
    return ""


def pieces(file: Path) -> Iterator[bytes]:
    """Yield the content in pieces of 4 MiB. Raises ModelMissing, ModelUnreadable."""
    try:
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                yield piece
    except FileNotFoundError:
        raise ModelMissing(file) from None
    except OSError as error:
        raise ModelUnreadable(file, error.strerror or str(error)) from None


def size_of(file: Path) -> int:
    """Return its bytes, 0 when it is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def links_of(file: Path) -> int:
    """Return how many names the file has."""
    try:
        return file.stat().st_nlink
    except OSError:
        return 1


def require_room(old: Path, new: Path, needed: int) -> None:
    """Make the folder `new`. Raises ModelsNotMoved when `needed` bytes of `old` cannot be moved there."""
    if new.resolve().is_relative_to(old.resolve()) or old.resolve().is_relative_to(new.resolve()):
        raise ModelsNotMoved(new, tr("it is the folder of now, inside it or around it"))
    try:
        new.mkdir(parents=True, exist_ok=True)
        same_disk = old.exists() and old.stat().st_dev == new.stat().st_dev
        if not same_disk and shutil.disk_usage(new).free < needed:
            raise ModelsNotMoved(new, tr("there is not enough room"))
        if not os.access(new, os.W_OK | os.X_OK):
            raise ModelsNotMoved(new, tr("you have no permission to write there"))
    except OSError as error:
        raise ModelsNotMoved(new, error.strerror or str(error)) from error


def move(file: Path, place: Path, cancel: CancelToken) -> Iterator[int]:
    """Move one file, also to another disk, and yield the bytes as they are done; cancelled, it stays.

    A file that stands there already is never overwritten. Raises ModelsNotMoved.
    """
    if cancel.cancelled:
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(place):
            raise ModelsNotMoved(place.parent, tr("“{name}” is there already").format(name=place.name))
        if file.stat().st_dev == place.parent.stat().st_dev:
            whole = size_of(file)
            file.rename(place)
            yield whole
        else:
            yield from _move_to_other_disk(file, place, cancel)
    except OSError as error:
        raise ModelsNotMoved(place.parent, error.strerror or str(error)) from error


def _move_to_other_disk(file: Path, place: Path, cancel: CancelToken) -> Iterator[int]:
    """The file has its new name only when it is whole there."""
    arriving = place.with_name(f"{place.name}.moving")
    try:
        with arriving.open("wb") as target:
            for piece in pieces(file):
                target.write(piece)
                yield len(piece)
                if cancel.cancelled:
                    return
            target.flush()
            os.fsync(target.fileno())
        arriving.rename(place)
        file.unlink()
    finally:
        arriving.unlink(missing_ok=True)


def remove_empty(folder: Path) -> None:
    """Remove a folder in which nothing but empty folders is left. Raises OSError."""
    for inside in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        inside.rmdir()
    folder.rmdir()
