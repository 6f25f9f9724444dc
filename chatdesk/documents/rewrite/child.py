"""The process that reads the texts of one file, or writes it again, within limits, and tells it in a pipe.

Messages are JSON, as those of the process that reads documents: ["texts", [[text, key], ...]],
["note", note], ["simplified", [place, ...]], and at the end ["done"], ["refused", code, detail], ["changed"]
or ["unwritten", number of the error, detail].
"""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from chatdesk.documents.child import forbid_writing, limit, tell_and_end
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.directions import language_code
from chatdesk.documents.rewrite.formats import FormatModule, format_of
from chatdesk.domain.markup import MarkedFile, MarkedText

_AT_ONCE = 500  # texts in one message
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_NO_CHARACTERS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))  # says XML
_UNWRITABLE: dict[int, str | None] = {**_HALVES, **_NO_CHARACTERS}

Message = list[object]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done with a file; only the first four are needed to read it."""

    path: Path
    memory: int  # bytes that the process may take
    seconds: int  # of processor time
    characters: int  # that the texts may have in all
    texts: tuple[str | None, ...] = ()
    sources: tuple[str, ...] = ()  # the texts as they were read; () where nobody knows
    target: Path | None = None  # a file that is there and empty; None to read
    size: int = 0  # bytes that the target may have
    language: str = ""
    module: str = ""  # found by the file's name where it is empty


def main(pipe: Connection, request: Request) -> None:
    """Do it and end the process."""
    gc.disable()  # one file, and the process ends
    tell_and_end(pipe, answers(request))


def answers(request: Request) -> Iterator[Message]:
    """Yield the messages about one file."""
    try:
        limit(request.memory, request.seconds)
        module = _module(request)
        if request.target is None:
            forbid_writing()
            yield from _read(module, request)
        else:
            forbid_writing(request.size)
            yield from _written(module, request, request.target)
    except Refused as refused:
        yield ["refused", refused.code, refused.detail]
    except OSError as error:
        yield ["refused", Refusal.unreadable, error.strerror or str(error)]
    except Exception as error:  # noqa: BLE001  libraries raise whatever they like over a broken file
        out_of_memory = isinstance(error, MemoryError) or "alloc" in str(error)
        code = Refusal.memory if out_of_memory else Refusal.damaged
        yield ["refused", code, f"{type(error).__name__}: {error}"[:500]]


def _module(request: Request) -> FormatModule:
    if request.module:
        return cast(FormatModule, importlib.import_module(request.module))
    return format_of(request.path).load()


def _read(module: FormatModule, request: Request) -> Iterator[Message]:
    file = _texts(module, request)
    for place in range(0, len(file.texts), _AT_ONCE):
        yield ["texts", [[one.text, one.key] for one in file.texts[place : place + _AT_ONCE]]]
    for note in file.notes:
        yield ["note", note]
    yield ["done"]


def _texts(module: FormatModule, request: Request) -> MarkedFile:
    file = module.read(request.path)
    if sum(len(one.text) for one in file.texts) > request.characters:
        raise Refused(Refusal.too_big, f"{len(file.texts)} texts")
    texts = tuple(MarkedText(one.text.translate(_HALVES), one.key) for one in file.texts)
    return MarkedFile(texts, file.notes)


def _written(module: FormatModule, request: Request, target: Path) -> Iterator[Message]:
    before = _state(request.path)
    sources = [one.text for one in _texts(module, request).texts]
    gc.collect()  # it is read once more to be written, and two of the largest do not fit
    if len(sources) != len(request.texts) or (request.sources and sources != list(request.sources)):
        yield ["changed"]
        return
    texts = _writable(request.texts, sources)
    try:
        simplified = module.write(request.path, texts, target, language_code(request.language))
        _flush(target)
    except OSError as error:  # it could be read just now
        yield ["unwritten", error.errno or 0, error.strerror or str(error)]
        return
    if _state(request.path) != before:
        yield ["changed"]
        return
    yield ["simplified", list(simplified)]
    yield ["done"]


def _writable(texts: Sequence[str | None], sources: Sequence[str]) -> list[str | None]:
    """Return the texts without what no file can hold; None for those that change nothing."""
    mended = [text and text.translate(_UNWRITABLE) for text in texts]
    return [
        text if text and text.strip() and text != source else None
        for text, source in zip(mended, sources, strict=True)
    ]


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def _flush(target: Path) -> None:
    with target.open("rb+") as file:
        os.fsync(file.fileno())
