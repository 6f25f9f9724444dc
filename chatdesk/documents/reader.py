"""Reads a document in a process of its own, which is ended when it takes too long or too much."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.parts import Refusal
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, NoteKind, Reading, ReadingNote, Unit, UnitKind
from chatdesk.domain.errors import DocumentError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

log = logging.getLogger(__name__)

BETWEEN = "\n\n"  # units
_LOOK_SECONDS = 0.1  # between two looks at the cancel token, the clock and the memory
_TELL_SECONDS = 0.05  # between two words about how far it is
_LONGEST = 160_000_000  # bytes of one message: the longest text in the widest letters
_ERRORS: dict[Refusal, Callable[[Path], DocumentError]] = {
    Refusal.encrypted: errors.DocumentEncrypted,
    Refusal.wrong_password: lambda path: errors.DocumentEncrypted(path, wrong=True),
    Refusal.locked: errors.DocumentLocked,
    Refusal.damaged: errors.DocumentDamaged,
    Refusal.too_big: errors.DocumentTooLarge,
    Refusal.unsupported: errors.DocumentUnsupported,
    Refusal.no_text: errors.DocumentHasNoText,
    Refusal.memory: errors.DocumentTooLarge,
    Refusal.timed_out: errors.DocumentTimedOut,
    Refusal.crashed: errors.DocumentReaderFailed,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take."""

    silence: float = 60.0  # seconds without a word from the process
    seconds: float = 300.0  # in all
    memory: int = 1_500_000_000  # bytes
    characters: int = 20_000_000  # the rest of the text is left out


class DocumentReader:
    """The DocumentReading of the ports. `extractor` overrides what the content says; for tests."""

    def __init__(
        self, limits: Limits | None = None, extractor: str = "", *, may_be_empty: bool = False
    ) -> None:
        self._limits = limits or Limits()
        self._extractor = extractor
        self._may_be_empty = may_be_empty

    def read(self, path: Path, password: str, cancel: CancelToken) -> Iterator[Reading | Document]:
        """Yield how far it is, then the document; nothing more when cancelled. Raises DocumentError."""
        from chatdesk.children import spawn  # a window opens before it needs multiprocessing
        from chatdesk.documents import child

        try:
            if not path.is_file():
                raise errors.DocumentMissing(path)
        except OSError as error:
            raise errors.DocumentUnreadable(path, error.strerror or str(error)) from error
        limits = self._limits
        request = child.Request(
            path, password, limits.memory, round(limits.seconds), limits.characters, self._extractor
        )
        try:
            process, pipe = spawn(child.main, (request,), "document")
        except OSError as error:
            log.warning("no process for a document: %s", error)
            raise errors.DocumentReaderFailed(path) from error
        try:
            for event in _Gathering(path, process, pipe, limits).run(cancel):
                if isinstance(event, Document) and not (self._may_be_empty or event.text.strip()):
                    raise errors.DocumentEmpty(path)
                yield event
        finally:
            process.kill()
            process.join()
            pipe.close()


def scan_survey() -> DocumentReader:
    """Return what reads documents and notes which of their pages are pictures, be it all of them."""
    return DocumentReader(extractor="chatdesk.documents.scans:survey", may_be_empty=True)


class _Gathering:
    """Puts together what one process sends."""

    def __init__(self, path: Path, process: SpawnProcess, pipe: Connection, limits: Limits) -> None:
        self._path = path
        self._process = process
        self._pipe = pipe
        self._limits = limits
        self._texts: list[str] = []
        self._units: list[Unit] = []
        self._notes: list[ReadingNote] = []
        self._length = 0

    def run(self, cancel: CancelToken) -> Iterator[Reading | Document]:
        """Yield what the reader yields. Raises DocumentError."""
        try:
            yield from self._understood(cancel)
        except ValueError as error:  # a hostile file may have made it say anything
            raise self._error(Refusal.crashed, str(error)) from error

    def _understood(self, cancel: CancelToken) -> Iterator[Reading | Document]:
        total, told = 0, 0.0
        for message in self._messages(cancel):
            match message:
                case ["expected", int(total)]:
                    yield Reading(len(self._units), total)
                case ["note", str(kind), int(number)]:
                    self._notes.append(ReadingNote(NoteKind(kind), number))
                case ["part", str(kind), str(label), str(text)]:
                    self._add(UnitKind(kind), label, text)
                    if time.monotonic() - told > _TELL_SECONDS:
                        told = time.monotonic()
                        yield Reading(len(self._units), total)
                case ["refused", str(code), str(detail)]:
                    raise self._error(Refusal(code), detail)
                case ["done"]:
                    yield self._document()
                    return
                case _:
                    raise ValueError(message)

    def _messages(self, cancel: CancelToken) -> Iterator[object]:
        """Yield what the process sends until the token is cancelled. Raises DocumentError."""
        start = heard = time.monotonic()
        while not cancel.cancelled:
            now = time.monotonic()
            if now - start > self._limits.seconds or now - heard > self._limits.silence:
                raise self._error(Refusal.timed_out, f"{now - start:.0f} s")
            try:
                if not self._pipe.poll(_LOOK_SECONDS):
                    self._check_memory()
                    continue
                content = self._pipe.recv_bytes(_LONGEST)
            except (EOFError, OSError) as error:
                self._process.join()
                raise self._error(Refusal.crashed, f"exit code {self._process.exitcode}") from error
            heard = time.monotonic()
            yield json.loads(content)

    def _check_memory(self) -> None:
        """Where the system itself sets no limit, memory is watched from here."""
        import psutil

        try:
            used = psutil.Process(self._process.pid).memory_info().rss
        except psutil.Error:  # it ends just now
            return
        if used > self._limits.memory:
            raise self._error(Refusal.memory, f"{used} bytes")

    def _add(self, kind: UnitKind, label: str, text: str) -> None:
        if text and self._texts:
            self._texts.append(BETWEEN)
            self._length += len(BETWEEN)
        start = self._length
        if text:
            self._texts.append(text)
            self._length += len(text)
        self._units.append(Unit(kind, len(self._units) + 1, label, start, self._length))

    def _document(self) -> Document:
        text = "".join(self._texts)
        return Document(self._path.name, text, tuple(self._units), tuple(self._notes))

    def _error(self, refusal: Refusal, detail: str) -> DocumentError:
        return refusal_error(self._path, refusal, detail)


def refusal_error(path: Path, refusal: Refusal, detail: str) -> DocumentError:
    """Return what to tell the user."""
    # The detail may quote the document, and a log never tells what was written.
    log.info("a document was refused: %s", refusal)
    if refusal is Refusal.unreadable:
        return errors.DocumentUnreadable(path, detail)
    return _ERRORS[refusal](path)
