"""Reads and writes the texts of files in a process of its own, within limits of time and memory."""

from __future__ import annotations

import errno
import json
import logging
import os
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.parts import Refusal
from chatdesk.documents.reader import refusal_error
from chatdesk.documents.rewrite.formats import SUFFIXES
from chatdesk.documents.rewrite.notes import sentence
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.errors import DocumentError
from chatdesk.domain.markup import MarkedFile, MarkedText, Rewritten

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from chatdesk.documents.rewrite.child import Request

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1  # between two looks at the cancel token, the clock and the memory
_LONGEST = 160_000_000  # bytes of one message
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take."""

    seconds: float = 300.0
    memory: int = 1_500_000_000  # bytes
    characters: int = 20_000_000  # of all its texts
    size: int = 4_000_000_000  # bytes of the written file


class FileRewriter:
    """The FileRewriting of the ports. `module` overrides what the file's name says; for tests."""

    def __init__(self, limits: Limits | None = None, module: str = "") -> None:
        self._limits = limits or Limits()
        self._module = module

    def takes(self, path: Path) -> bool:
        """Whether files of this kind can be written again in their format."""
        return path.suffix.casefold() in SUFFIXES

    def read(self, path: Path, cancel: CancelToken) -> Iterator[Reading | MarkedFile]:
        """Yield progress, then the texts; nothing more when cancelled. Raises DocumentError."""
        from chatdesk.documents.rewrite.child import Request

        _check(path)
        limits = self._limits
        request = Request(path, limits.memory, round(limits.seconds), limits.characters, module=self._module)
        texts: list[MarkedText] = []
        notes: list[str] = []
        yield Reading(0, 0)
        for message in self._messages(request, path, cancel):
            match message:
                case ["texts", list(more)]:
                    texts.extend(MarkedText(str(text), str(key)) for text, key in more)
                    yield Reading(len(texts), 0)
                case ["note", str(note)]:
                    notes.append(sentence(note))
                case ["done"]:
                    yield MarkedFile(tuple(texts), tuple(notes))
                case _:
                    raise refusal_error(path, Refusal.crashed, "")

    def write(
        self,
        path: Path,
        texts: Sequence[str | None],
        target: Path,
        language: str,
        cancel: CancelToken,
        *,
        sources: Sequence[str] = (),
    ) -> Iterator[Reading | Rewritten]:
        """Write `path` as `target` with these texts, see the ports. Raises DocumentError."""
        from chatdesk.documents.rewrite.child import Request

        _check(path)
        limits = self._limits
        yield Reading(0, len(texts))
        with _unfinished(target) as unfinished:
            request = Request(
                path, limits.memory, round(limits.seconds), limits.characters, tuple(texts), tuple(sources),
                unfinished, limits.size, language, self._module,
            )  # fmt: skip
            simplified: tuple[int, ...] = ()
            for message in self._messages(request, target, cancel):
                match message:
                    case ["simplified", list(places)]:
                        simplified = tuple(int(place) for place in places)
                    case ["done"]:
                        _put_in_place(unfinished, target, path)
                        yield Reading(len(texts), len(texts))
                        yield Rewritten(simplified)
                    case _:
                        raise refusal_error(path, Refusal.crashed, "")

    def _messages(self, request: Request, path: Path, cancel: CancelToken) -> Iterator[object]:
        """Yield what the process says but for its refusals. `path` is the file that these are about."""
        from chatdesk.children import spawn
        from chatdesk.documents.rewrite import child

        try:
            process, pipe = spawn(child.main, (request,), "rewriting")
        except OSError as error:
            log.warning("no process for a document: %s", error)
            raise errors.DocumentReaderFailed(request.path) from error
        start = time.monotonic()
        try:
            while not cancel.cancelled:
                if not pipe.poll(_LOOK_SECONDS):
                    self._check(request.path, process, time.monotonic() - start)
                    continue
                message = json.loads(pipe.recv_bytes(_LONGEST))
                yield _allowed(message, request.path, path)
                if message == ["done"]:
                    return
        except (EOFError, OSError, ValueError) as error:
            raise refusal_error(request.path, Refusal.crashed, str(error)) from error
        finally:
            process.kill()
            process.join()
            pipe.close()

    def _check(self, path: Path, process: SpawnProcess, seconds: float) -> None:
        """Where the system itself sets no limit, memory is watched from here."""
        import psutil

        if seconds > self._limits.seconds:
            raise refusal_error(path, Refusal.timed_out, f"{seconds:.0f} s")
        try:
            used = psutil.Process(process.pid).memory_info().rss
        except psutil.Error:  # it ends just now
            return
        if used > self._limits.memory:
            raise refusal_error(path, Refusal.memory, f"{used} bytes")


def _allowed(message: object, path: Path, target: Path) -> object:
    """Return a message, raise what it refuses."""
    match message:
        case ["refused", str(code), str(detail)]:
            raise refusal_error(path, Refusal(code), detail)
        case ["changed"]:
            raise errors.DocumentChanged(path)
        case ["unwritten", int(number), str(detail)]:
            raise _not_saved(target, OSError(number, detail))
    return message


def _not_saved(target: Path, error: OSError) -> DocumentError:
    if error.errno in _FULL:
        return errors.DocumentDiskFull(target)
    if error.errno == errno.EFBIG:
        return errors.DocumentTooLarge(target)
    return errors.DocumentNotSaved(target, error.strerror or str(error))


def _check(path: Path) -> None:
    try:
        if not path.is_file():
            raise errors.DocumentMissing(path)
    except OSError as error:
        raise errors.DocumentUnreadable(path, error.strerror or str(error)) from error


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """Make a file beside the target, and remove it in the end if it still is there."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".new", dir=target.parent)
    except OSError as error:
        raise _not_saved(target, error) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def _put_in_place(unfinished: Path, target: Path, source: Path) -> None:
    """Let the target be the finished file, with the permissions of its source, but one's own to change."""
    try:
        unfinished.chmod(stat.S_IMODE(source.stat().st_mode) | stat.S_IRUSR | stat.S_IWUSR)
        unfinished.replace(target)
    except OSError as error:
        raise _not_saved(target, error) from error
