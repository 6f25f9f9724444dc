"""Opens zip files and reads their members within limits, so that no small file becomes a huge one."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.xml import Element, parsed
from chatdesk.documents.zip_faults import FAULTS

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 64 << 20  # bytes unpacked; the tree of such an XML file takes up to 15 times as much
MOST_READ = 256 << 20  # bytes unpacked, of all members together
_RATIO = 200  # unpacked to packed; text packs to a tenth, a bomb to a thousandth
_SMALL = 16 << 20  # bytes unpacked below which the ratio does not matter


class Archive:
    """The members of an open zip file. All its methods raise Refused: `too_big` where a limit is passed."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._read = 0
        members = file.infolist()
        if len(members) > MOST_MEMBERS:
            raise Refused(Refusal.too_big, f"{len(members)} members")
        self._members = {member.filename: member for member in members}

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self, folder: str = "") -> list[str]:
        """Return the names that begin with `folder`, in the order of the archive."""
        return [name for name in self._members if name.startswith(folder) and not name.endswith("/")]

    def read(self, name: str) -> bytes:
        """Return a member's bytes, at most LARGEST_MEMBER of them."""
        self._check(name, LARGEST_MEMBER)
        with self.opened(name) as member:
            try:
                return member.read()
            except FAULTS as error:
                raise Refused(Refusal.damaged, f"{name}: {error}") from error

    def xml(self, name: str) -> Element:
        return parsed(self.read(name))

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member to be read as a stream, of at most MOST_READ bytes."""
        self._check(name, MOST_READ)
        member = self._members[name]
        self._read += member.file_size
        try:
            stream = self._file.open(member)
        except FAULTS as error:
            raise Refused(Refusal.damaged, f"{name}: {error}") from error
        with stream:
            yield stream

    def _check(self, name: str, largest: int) -> None:
        member = self._members.get(name)
        if member is None:
            raise Refused(Refusal.damaged, f"{name} is missing")
        if member.flag_bits & 1:
            raise Refused(Refusal.locked, f"{name} is encrypted")
        size = member.file_size
        is_bomb = size > _SMALL and size > _RATIO * max(1, member.compress_size)
        if is_bomb or size > largest or self._read + size > MOST_READ:
            raise Refused(Refusal.too_big, f"{name} has {size} bytes")

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return where the part of an Office file points: {id: (last word of the kind, name of the member)}.

        Addresses outside the file are left out.
        """
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if place not in self:
            return {}
        return {
            one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], resolved(name, one.get("Target", "")))
            for one in self.xml(place)
            if one.get("TargetMode") != "External"
        }


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a zip file. Raises Refused, OSError."""
    try:
        file = zipfile.ZipFile(path)
    except FAULTS as error:
        raise Refused(Refusal.damaged, str(error)) from error
    with file:
        yield Archive(file)


def resolved(base: str, reference: str) -> str:
    """Return the member that `reference` means inside the member `base`, both as they stand in the archive.

    What points out of the archive names no member, so that it is simply not found.
    """
    target = unquote(reference.partition("#")[0])
    folder = "" if target.startswith("/") else posixpath.dirname(base)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
