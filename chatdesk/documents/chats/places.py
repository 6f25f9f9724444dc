"""Where chats are read from: one file, a folder, or a ZIP, each a set of named files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from chatdesk.documents.parts import Refusal, Refused

DEEPEST = 6  # folders below the chosen one
MOST = 200_000  # files
_IN_FOLDERS = ("thread.json", "messages.jsonl")  # of Jan: one is nothing without the other
LARGEST_PICTURE = 100_000_000  # bytes


class Place(Protocol):
    """Named files; "/" stands between folders."""

    names: list[str]
    size: int  # bytes that will be read at most

    def open(self, name: str) -> BinaryIO: ...


class FilePlace:
    """One file alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names = [path.name]
        self.size = path.stat().st_size

    def open(self, name: str) -> BinaryIO:  # noqa: ARG002  there is only one
        return self._path.open("rb")


class FolderPlace:
    """A folder with those below it. Raises Refused for one with too much in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names = []
        self.size = 0
        for file in _files_below(path, DEEPEST):
            self.names.append(file.relative_to(path).as_posix())
            self.size += file.stat().st_size
            if len(self.names) > MOST:
                raise Refused(Refusal.too_big, "too many files")
        self.names.sort()

    def open(self, name: str) -> BinaryIO:
        return (self._path / name).open("rb")


class ZipPlace:
    """The members of a ZIP. Raises zipfile.BadZipFile."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        members = [each for each in self._zip.infolist() if not each.is_dir()]
        self.names = [each.filename for each in members]
        self.size = sum(each.file_size for each in members)

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self._zip.open(name))

    def close(self) -> None:
        self._zip.close()


@contextmanager
def place_of(path: Path) -> Iterator[Place]:
    """Give what `path` holds. Raises OSError, Refused, zipfile.BadZipFile."""
    if path.is_dir():
        yield FolderPlace(path)
    elif path.name in _IN_FOLDERS:
        yield FolderPlace(path.parent)
    elif path.exists() and not path.is_file():  # a pipe would be waited for without end
        raise Refused(Refusal.unsupported)
    elif zipfile.is_zipfile(path):
        place = ZipPlace(path)
        try:
            yield place
        finally:
            place.close()
    else:
        yield FilePlace(path)


def finder(place: Place) -> Callable[[str], tuple[str, bytes] | None]:
    """Return what finds a picture by the beginning of its file's name."""
    by_name = {name.rpartition("/")[2]: name for name in place.names}

    def find(beginning: str) -> tuple[str, bytes] | None:
        name = next((each for each in by_name if each.startswith(beginning)), None)
        if name is None:
            return None
        with place.open(by_name[name]) as file:
            data = file.read(LARGEST_PICTURE + 1)
        return (name, data) if len(data) <= LARGEST_PICTURE else None

    return find


def _files_below(folder: Path, deeper: int) -> Iterator[Path]:
    for each in folder.iterdir():
        if each.is_symlink():
            continue
        if each.is_dir():
            if deeper:
                yield from _files_below(each, deeper - 1)
        elif each.is_file():
            yield each
