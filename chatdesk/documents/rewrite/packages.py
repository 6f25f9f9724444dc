"""Opens a zip file whose members are XML, and writes it again with some of them changed."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from chatdesk.documents.archives import Archive, opened
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.xml import Element
from chatdesk.documents.zip_faults import FAULTS

MOST_COPIED = 4 << 30  # bytes unpacked, of all members together
_RATIO = 200  # unpacked to packed, beyond which a member that is not small is a bomb
_SMALL = 16 << 20  # bytes
_CHUNK = 1 << 20  # bytes
_FIRST = "mimetype"  # stands first and unpacked, so that the kind of file can be seen at its beginning
# Comments and instructions stay: the file is written again.
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Package:
    """The members of an open file, those that are XML as trees that may be changed. Raises Refused."""

    def __init__(self, path: Path, archive: Archive) -> None:
        self.archive = archive
        self._path = path
        self._roots: dict[str, Element] = {}
        self._changed: dict[str, bytes | None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.archive

    def root(self, name: str) -> Element:
        """Return the tree of a member, the same each time."""
        if name not in self._roots:
            self._roots[name] = parsed(self.archive.read(name))
        return self._roots[name]

    def touch(self, name: str) -> None:
        """Note that the tree of a member has been changed."""
        self._changed[name] = None

    def is_touched(self, name: str) -> bool:
        return name in self._changed

    @property
    def is_changed(self) -> bool:
        return bool(self._changed)

    def replace(self, name: str, content: bytes) -> None:
        """Give a member other bytes."""
        self._changed[name] = content

    def save(self, target: Path) -> None:
        """Write the file with what was changed. Raises Refused, OSError."""
        contents = {
            name: serialised(self._roots[name]) if content is None else content
            for name, content in self._changed.items()
        }
        try:
            _copy(self._path, target, contents)
        except FAULTS as error:
            raise Refused(Refusal.damaged, str(error)) from error


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """Open a file to be written again. Raises Refused, OSError."""
    with opened(path) as archive:
        yield Package(path, archive)


def parsed(content: bytes) -> Element:
    """Return the root of a document that may be hostile, comments kept. Raises Refused, MemoryError."""
    try:
        return etree.fromstring(content, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        if "alloc" in str(error):
            raise MemoryError(str(error)) from error
        raise Refused(Refusal.damaged, str(error)) from error


def serialised(root: Element) -> bytes:
    tree = root.getroottree()
    says: dict[str, Any] = {} if tree.docinfo.standalone is None else {"standalone": tree.docinfo.standalone}
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, **says))


def _copy(path: Path, target: Path, contents: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        members = {member.filename: member for member in source.infolist()}
        left = MOST_COPIED
        for name in sorted(members, key=lambda name: name != _FIRST):  # stable: the others keep their order
            member = members[name]
            new = _like(member)
            if name in contents:
                copy.writestr(new, contents[name])
                continue
            left -= member.file_size
            is_bomb = member.file_size > _SMALL and member.file_size > _RATIO * max(1, member.compress_size)
            if is_bomb or left < 0:
                raise Refused(Refusal.too_big, f"{name} has {member.file_size} bytes")
            with (
                source.open(member) as old,
                copy.open(new, "w", force_zip64=member.file_size > 1 << 30) as out,
            ):
                shutil.copyfileobj(old, out, _CHUNK)


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    new = zipfile.ZipInfo(member.filename, member.date_time)
    new.compress_type = zipfile.ZIP_STORED if member.filename == _FIRST else member.compress_type
    new.external_attr = member.external_attr
    new.create_system = member.create_system
    new.comment = member.comment
    return new
