"""The files of models on the disk: which they are, how large, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.errors import ModelMissing, ModelUnreadable
from chatdesk.domain.file_names import parts_of

_PIECE = 4 << 20  # bytes read at once
# The Hugging Face cache and Ollama name large files by their checksum.
_NAMED_BY_CHECKSUM = re.compile(r"(?:sha256[-:])?([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class FileProgress:
    """Bytes of all files that are read or moved."""

    done: int
    total: int


def files_of(path: Path) -> list[Path]:
    """Return the file at `path`, or all parts of a split model that are there."""
    try:
        return parts_of(path)
    except OSError:
        return [path]


def all_files_of(path: Path, projector: Path | None) -> list[Path]:
    """Return the model's files, with its projector where that lies beside them and no other model does."""
    files = files_of(path)
    with suppress(OSError):
        beside = {each for each in path.parent.iterdir() if each.suffix.casefold() == ".gguf"}
        if projector is not None and beside - {*files} == {projector}:
            files.append(projector)
    return files


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
