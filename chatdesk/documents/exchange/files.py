"""Reads glossaries and memories in a process of its own within limits, and writes them."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.exchange.entries import Flaw
from chatdesk.documents.exchange.problems import more_of, problem_of
from chatdesk.documents.exchange.writing import csv_pieces, tbx_pieces, tmx_pieces, write_whole
from chatdesk.documents.parts import Refusal
from chatdesk.documents.reader import refusal_error
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.exchange import GlossaryFile, PairsEnded, PairsRead
from chatdesk.domain.glossaries import FileProblem, Glossary, Pair, Term

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

log = logging.getLogger(__name__)

_HERE = "chatdesk.documents.exchange"
_TABLES = (".csv", ".tsv", ".txt")
_LOOK_SECONDS = 0.1  # between two looks at the cancel token, the clock and the memory
_LONGEST = 160_000_000  # bytes of one message
_LATEST = 253_402_300_799  # seconds since 1970: the end of the year 9999


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take."""

    silence: float = 60.0  # seconds without a word from the process
    seconds: float = 1800.0  # of waiting for it, and of its processor time
    memory: int = 1_500_000_000  # bytes


class ExchangeFiles:
    """The TermExchange of the ports. `reader` overrides what the content says; for tests."""

    def __init__(self, limits: Limits | None = None, reader: str = "") -> None:
        self._limits = limits or Limits()
        self._reader = reader

    def read_glossary(
        self, path: Path, source: str, target: str, cancel: CancelToken
    ) -> Iterator[Reading | GlossaryFile]:
        """Yield how many bytes are read, then the terms; nothing after a cancel. Raises DocumentError."""
        size = _size(path)
        reader = f"{_HERE}.tbx:read" if _is_xml(path) else f"{_HERE}.glossary_csv:read"
        terms: list[Term] = []
        problems: list[FileProblem] = []
        languages = ("", "")
        try:
            for message in self._messages(path, reader, source, target, cancel):
                match message:
                    case ["languages", str(first), str(second)]:
                        languages = (first, second)
                    case ["entries", int(done), list(rows)]:
                        terms += (_term(*row) for row in rows)
                        yield Reading(done, size)
                    case ["done"]:
                        _check_content(path, terms, problems)
                        yield GlossaryFile(tuple(terms), tuple(problems), *languages)
                    case _:
                        problems.append(_problem(message))
        except errors.DocumentUnsupported as error:
            raise errors.NoGlossary(path) from error
        except (ValueError, TypeError) as error:  # a hostile file may make it say anything
            raise refusal_error(path, Refusal.crashed, "") from error

    def read_pairs(
        self, path: Path, source: str, target: str, cancel: CancelToken
    ) -> Iterator[Reading | PairsRead | PairsEnded]:
        """Yield how many bytes are read and the pairs as they come; nothing after a cancel.

        Raises DocumentError; the pairs that came before are whole.
        """
        size = _size(path)
        problems: list[FileProblem] = []
        has_pairs = False
        try:
            for message in self._messages(path, f"{_HERE}.tmx:read", source, target, cancel):
                match message:
                    case ["entries", int(done), list(rows)]:
                        yield Reading(done, size)
                        if rows:
                            has_pairs = True
                            yield PairsRead(tuple(_pair(*row) for row in rows))
                    case ["done"]:
                        _check_content(path, has_pairs, problems)
                        yield PairsEnded(tuple(problems))
                    case _:
                        problems.append(_problem(message))
        except errors.DocumentUnsupported as error:
            raise errors.NoMemoryFile(path) from error
        except (ValueError, TypeError) as error:
            raise refusal_error(path, Refusal.crashed, "") from error

    def write_glossary(self, glossary: Glossary, path: Path) -> None:
        """Write a TBX file where the name ends in .tbx, else CSV. Raises DocumentNotSaved."""
        pieces = tbx_pieces if path.suffix.casefold() == ".tbx" else csv_pieces
        write_whole(path, pieces(glossary), CancelToken())

    def write_pairs(self, pairs: Iterable[Pair], path: Path, cancel: CancelToken) -> None:
        """Write a TMX file; not at all when cancelled. Raises DocumentNotSaved."""
        write_whole(path, tmx_pieces(pairs), cancel)

    def _messages(
        self, path: Path, reader: str, source: str, target: str, cancel: CancelToken
    ) -> Iterator[object]:
        """Yield what the process says but for its refusals, until the token is cancelled."""
        from chatdesk.children import spawn  # a window opens before it needs multiprocessing
        from chatdesk.documents.exchange import child

        limits = self._limits
        request = child.Request(
            path, self._reader or reader, source, target, limits.memory, round(limits.seconds)
        )
        try:
            process, pipe = spawn(child.main, (request,), "exchange")
        except OSError as error:
            log.warning("no process for a glossary or memory: %s", error)
            raise errors.DocumentReaderFailed(path) from error
        try:
            for message in self._heard(path, process, pipe, cancel):
                match message:
                    case ["refused", str(code), str(detail)]:
                        raise refusal_error(path, Refusal(code), detail)
                yield message
                if message == ["done"]:
                    return
        except (EOFError, OSError) as error:
            raise refusal_error(path, Refusal.crashed, "") from error
        finally:
            process.kill()
            process.join()
            pipe.close()

    def _heard(
        self, path: Path, process: SpawnProcess, pipe: Connection, cancel: CancelToken
    ) -> Iterator[object]:
        """Time that whoever takes the messages needs counts for nothing: the process waits meanwhile."""
        waited = 0.0
        while not cancel.cancelled:
            silence, start = 0.0, time.monotonic()
            while not pipe.poll(_LOOK_SECONDS) and not cancel.cancelled:
                silence = time.monotonic() - start
                if silence > self._limits.silence or waited + silence > self._limits.seconds:
                    raise refusal_error(path, Refusal.timed_out, "")
                if _used(process) > self._limits.memory:
                    raise refusal_error(path, Refusal.memory, "")
            waited += silence
            if not cancel.cancelled:
                yield json.loads(pipe.recv_bytes(_LONGEST))


def _used(process: SpawnProcess) -> int:
    """Return how many bytes a process has in use, 0 when it ends just now."""
    import psutil

    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:
        return 0


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise errors.DocumentMissing(path)
        return path.stat().st_size
    except OSError as error:
        raise errors.DocumentUnreadable(path, error.strerror or str(error)) from error


def _is_xml(path: Path) -> bool:
    """Whether a glossary is TBX: its name says so where it can, else its content."""
    suffix = path.suffix.casefold()
    if suffix == ".tbx" or suffix in _TABLES:
        return suffix == ".tbx"
    try:
        with path.open("rb") as file:
            head = file.read(200)
    except OSError as error:
        raise errors.DocumentUnreadable(path, error.strerror or str(error)) from error
    return head.translate(None, b"\0\xef\xbb\xbf\xfe\xff").lstrip().startswith(b"<")


def _check_content(path: Path, found: object, problems: list[FileProblem]) -> None:
    if not found and not problems:
        raise errors.DocumentEmpty(path)


def _problem(message: object) -> FileProblem:
    match message:
        case ["problem", str(flaw), int(line), str(detail)]:
            return problem_of(Flaw(flaw), line, detail)
        case ["more", str(flaw), int(count)]:
            return more_of(Flaw(flaw), count)
    raise ValueError(message)


def _term(source: str, target: str, note: str, *_: object) -> Term:
    return Term(str(source), str(target), str(note))


def _pair(
    source: str, target: str, _note: str, source_language: str, target_language: str, seconds: int
) -> Pair:
    is_dated = 0 < seconds <= _LATEST
    when = datetime.fromtimestamp(seconds, UTC) if is_dated else datetime.now(UTC)
    return Pair(str(source), str(target), str(source_language), str(target_language), when)
