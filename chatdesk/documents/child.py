"""The process that reads one document: runs the extractor within limits and writes what it finds into a pipe.

Messages are JSON, so that a process taken over by a hostile file can send nothing but texts and numbers:
["expected", parts], ["note", kind, number], ["part", kind, label, text], and at the end ["done"] or
["refused", code, detail].
"""

from __future__ import annotations

import gc
import importlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn, cast

from chatdesk.children import ignore_interrupts
from chatdesk.documents.formats import format_of
from chatdesk.documents.parts import Expected, Extractor, Noted, Part, Piece, Refusal, Refused
from chatdesk.domain.documents import NoteKind

MOST_PARTS = 20_000
_MENDED: dict[int, str | None] = dict.fromkeys((*range(9), *range(14, 32), 127)) | {
    11: "\n",
    12: "\n",
    0xFFFE: None,
    0xFFFF: None,
}

Message = list[str | int]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read; `extractor` is "module:function", found by the content where it is empty."""

    path: Path
    password: str
    memory: int  # bytes that the process may take
    seconds: int  # of processor time
    characters: int  # the text is cut behind so many
    extractor: str = ""


def main(pipe: Connection, request: Request) -> None:
    """Read the document and end the process."""
    gc.disable()  # one document, and the process ends
    tell_and_end(pipe, answers(request))


def tell_and_end(pipe: Connection, messages: Iterator[Sequence[object]], errors: str = "strict") -> NoReturn:
    """Send messages as JSON, and end the process; `errors` is what becomes of halves of signs."""
    ignore_interrupts()
    silence()
    try:
        for message in messages:
            pipe.send_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", errors))
    except OSError:  # nobody listens any more
        os._exit(1)
    os._exit(0)  # at once: what an extractor holds need not be taken apart


def silence() -> None:
    """Libraries print about broken files; in a terminal that would stand in the answer."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def answers(request: Request) -> Iterator[Message]:
    """Yield the messages of one document."""
    try:
        limit(request.memory, request.seconds)
        extract = _extractor(request)
        forbid_writing()
        yield from _told(extract(request.path, request.password), request.characters)
        yield ["done"]
    except Exception as error:  # noqa: BLE001  libraries raise whatever they like over a broken file
        refused = refusal_of(error)
        yield ["refused", refused.code, refused.detail]


def refusal_of(error: Exception) -> Refused:
    """Return what it means that reading ended with this error."""
    match error:
        case Refused():
            return error
        case OSError():
            return Refused(Refusal.unreadable, error.strerror or str(error))
    out_of_memory = isinstance(error, MemoryError) or "alloc" in str(error)
    code = Refusal.memory if out_of_memory else Refusal.damaged
    return Refused(code, f"{type(error).__name__}: {error}"[:500])


def _extractor(request: Request) -> Extractor:
    if not request.extractor:
        return format_of(request.path).load()
    module, _, name = request.extractor.partition(":")
    return cast(Extractor, getattr(importlib.import_module(module), name))


def _told(pieces: Iterator[Piece], most: int) -> Iterator[Message]:
    """Turn pieces into messages, at most so many characters of text."""
    left = most
    parts = 0
    for piece in pieces:
        match piece:
            case Expected(total):
                yield ["expected", total]
            case Noted(note):
                yield ["note", note.kind, note.number]
            case Part(kind, label, text):
                parts += 1
                kept = mended(text[:left])
                left -= len(kept)
                yield ["part", kind, mended(label)[:500], kept]
                if len(text) > left + len(kept) or parts == MOST_PARTS:
                    yield ["note", NoteKind.cut, most - left]
                    return


def mended(text: str) -> str:
    """Return a text as documents have it: lines end with a line feed, and there are no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_MENDED)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def limit(memory: int, seconds: int) -> None:
    """Limit memory, in bytes, and processor time where the system can; the other process watches both too."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _set_limit(kind, most)


def forbid_writing(beyond: int = 0) -> None:
    """Let no file grow `beyond` so many bytes. Last: importing an extractor writes its compiled form."""
    try:
        import resource
    except ImportError:
        return
    _set_limit(resource.RLIMIT_FSIZE, beyond)


def _set_limit(kind: int, most: int) -> None:
    import resource

    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):  # macOS refuses some; a lower hard limit is there already
        return
