"""Moves files from one folder to another so that all of them arrive, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ModelsNotMoved
from chatdesk.domain.words import tr
from chatdesk.flows.model_files import pieces, size_of

_ARRIVING = ".moving"  # what is not whole yet


class FolderMove:
    """`files` below `old` go to the same places below `new`, which has to be new or empty.

    The order is `copy`, `place`, then `leave`; `undo` brings everything back before `leave`. Within one disk
    nothing is copied. Each method but `undo` and `leave` raises ModelsNotMoved.
    """

    def __init__(self, old: Path, new: Path, files: Sequence[Path]) -> None:
        self.places = {file: new / file.relative_to(old) for file in files}
        self._old = old
        self._new = new
        self._made: set[Path] = set()  # folders
        self._copied: list[Path] = []
        self._placed: list[Path] = []

    @property
    def total(self) -> int:
        """The bytes of all files."""
        return sum(map(size_of, self.places))

    def prepare(self) -> None:
        """Make the new folder, and refuse one that cannot be used."""
        new, old = self._new.resolve(), self._old.resolve()
        if new.is_relative_to(old) or old.is_relative_to(new):
            raise ModelsNotMoved(self._new, tr("it is the folder of now, inside it or around it"))
        try:
            self._make(self._new)
            if any(not each.name.endswith(_ARRIVING) for each in self._new.iterdir()):
                raise ModelsNotMoved(
                    self._new, tr("it is not empty; make a new folder in it and choose that")
                )
            if not os.access(self._new, os.W_OK | os.X_OK):
                raise ModelsNotMoved(self._new, tr("you have no permission to write there"))
            needed = sum(size_of(file) for file in self.places if not self._stays_on_disk(file))
            free = shutil.disk_usage(self._new).free
        except OSError as error:
            raise ModelsNotMoved(self._new, error.strerror or str(error)) from error
        if free < needed:
            room = tr("there is not enough room: {needed:.2f} GB are needed, {free:.2f} GB are free")
            raise ModelsNotMoved(self._new, room.format(needed=needed / 1e9, free=free / 1e9))

    def copy(self, cancel: CancelToken) -> Iterator[int]:
        """Bring what goes to another disk beside its new place; yield the bytes as they are done."""
        try:
            for file, place in self.places.items():
                self._make(place.parent)
                if self._stays_on_disk(file):
                    yield size_of(file)
                else:
                    yield from self._copy(file, place, cancel)
                if cancel.cancelled:
                    return
        except OSError as error:
            raise ModelsNotMoved(self._new, error.strerror or str(error)) from error

    def place(self) -> None:
        """Give every file its name at the new place."""
        try:
            for file, place in self.places.items():
                if os.path.lexists(place):
                    raise ModelsNotMoved(self._new, tr("“{name}” is there already").format(name=place.name))
                (_arriving(place) if file in self._copied else file).rename(place)
                self._placed.append(file)
        except OSError as error:
            raise ModelsNotMoved(self._new, error.strerror or str(error)) from error

    def undo(self) -> None:
        """Bring everything back to where it was."""
        for file, place in self.places.items():
            with suppress(OSError):
                if file in self._copied:
                    (place if file in self._placed else _arriving(place)).unlink(missing_ok=True)
                elif file in self._placed:
                    place.rename(file)
        _remove_empty(self._made)

    def leave(self) -> None:
        """Delete what was copied, and folders that are empty now; what cannot be deleted stays."""
        for file in self._copied:
            with suppress(OSError):
                file.unlink()
        folders = {folder for file in self.places for folder in file.parents}
        _remove_empty(folder for folder in folders if folder.is_relative_to(self._old))

    def _make(self, folder: Path) -> None:
        self._made.update(each for each in (folder, *folder.parents) if not each.exists())
        folder.mkdir(parents=True, exist_ok=True)

    def _copy(self, file: Path, place: Path, cancel: CancelToken) -> Iterator[int]:
        self._copied.append(file)
        with _arriving(place).open("wb") as target:
            for piece in pieces(file):
                target.write(piece)
                yield len(piece)
                if cancel.cancelled:
                    return
            target.flush()
            os.fsync(target.fileno())
        shutil.copystat(file, _arriving(place))

    def _stays_on_disk(self, file: Path) -> bool:
        return file.stat().st_dev == self._new.stat().st_dev


def _arriving(place: Path) -> Path:
    return place.with_name(place.name + _ARRIVING)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):  # it is not empty
            folder.rmdir()
