"""The process that reads one glossary or memory within limits and writes what it finds into a pipe.

Messages are JSON: ["languages", source, target], ["entries", bytes read, [[source, target, note, source's
language, target's language, seconds], ...]], ["problem", flaw, line, detail], ["more", flaw, count], and at
the end ["done"] or ["refused", code, detail].
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO, cast

from chatdesk.documents.child import forbid_writing, limit, tell_and_end
from chatdesk.documents.exchange.entries import Entry, EntryReader, Flaw, Found, Languages, Problem
from chatdesk.documents.parts import Refusal, Refused

AT_ONCE = 1_000  # entries in one message
_CHARACTERS = 2_000_000  # of the entries in one message
_TOLD = 10  # problems of one kind with their lines; of more their number is told

Message = list[object]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read; `reader` is "module:function"."""

    path: Path
    reader: str
    source: str
    target: str
    memory: int  # bytes that the process may take
    seconds: int  # of processor time


def main(pipe: Connection, request: Request) -> None:
    """Read the file and end the process."""
    tell_and_end(pipe, answers(request), errors="replace")


def answers(request: Request) -> Iterator[Message]:
    """Yield the messages of one file."""
    try:
        limit(request.memory, request.seconds)
        module, _, name = request.reader.partition(":")
        read = cast(EntryReader, getattr(importlib.import_module(module), name))
        forbid_writing()
        with request.path.open("rb") as stream:
            yield from _told(stream, read(stream, request.source, request.target))
        yield ["done"]
    except Refused as refused:
        yield ["refused", refused.code, refused.detail]
    except OSError as error:
        yield ["refused", Refusal.unreadable, error.strerror or str(error)]
    except Exception as error:  # noqa: BLE001  libraries raise whatever they like over a broken file
        out_of_memory = isinstance(error, MemoryError) or "alloc" in str(error)
        code = Refusal.memory if out_of_memory else Refusal.damaged
        yield ["refused", code, type(error).__name__]


def _told(stream: BinaryIO, found: Iterator[Found]) -> Iterator[Message]:
    flaws: Counter[Flaw] = Counter()
    entries: list[Message] = []
    characters = 0
    try:
        for one in found:
            match one:
                case Entry():
                    entries.append(_row(one))
                    characters += len(one.source) + len(one.target) + len(one.note)
                case Problem(flaw, line, detail):
                    flaws[flaw] += 1
                    if flaws[flaw] <= _TOLD:
                        yield ["problem", flaw, line, detail]
                case Languages(source, target):
                    yield ["languages", source, target]
            if len(entries) == AT_ONCE or characters > _CHARACTERS:
                yield ["entries", stream.tell(), entries]
                entries, characters = [], 0
    except Refused:
        yield ["entries", stream.tell(), entries]  # what is whole of a damaged file
        raise
    yield ["entries", stream.tell(), entries]
    for flaw, count in flaws.items():
        if count > _TOLD:
            yield ["more", flaw, count - _TOLD]


def _row(entry: Entry) -> Message:
    return [
        entry.source, entry.target, entry.note, entry.source_language, entry.target_language, entry.seconds
    ]  # fmt: skip
