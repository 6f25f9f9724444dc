"""Recognises the text of pages in a process of its own, with what the extra “ocr” installs."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.parts import Refusal
from chatdesk.documents.reader import refusal_error
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.recognition import RecognisedPage, TextLine

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

RAPID = "chatdesk.documents.rapid"
_LOOK_SECONDS = 0.1
_LONGEST = 20_000_000  # bytes of one message


def extra_installed() -> bool:
    """Whether the libraries of the extra are there; imports none of them."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@dataclass(frozen=True, slots=True)
class RecognitionLimits:
    """What recognising may take."""

    page_seconds: float = 300.0  # for one page; the first one loads the models too
    memory: int = 3_000_000_000  # bytes in use
    space: int = 8_000_000_000  # bytes of addresses: its libraries reserve more than they use


class OcrRecognition:
    """The TextRecognition of the ports."""

    def __init__(self, limits: RecognitionLimits | None = None, recogniser: str = RAPID) -> None:
        """`recogniser` is the module that does it; another one is for tests."""
        self._limits = limits or RecognitionLimits()
        self._recogniser = recogniser

    def pages(
        self, path: Path, numbers: Sequence[int], password: str, cancel: CancelToken
    ) -> Iterator[RecognisedPage]:
        """Yield the pages in this order, fewer when cancelled. Raises DocumentError."""
        from chatdesk.children import spawn
        from chatdesk.documents import recognition_child as child

        if not numbers:
            return
        limits = self._limits
        seconds = math.ceil(limits.page_seconds * len(numbers)) * (os.cpu_count() or 1)
        request = child.Request(path, tuple(numbers), password, limits.space, seconds, self._recogniser)
        try:
            process, pipe = spawn(child.main, (request,), "recognition")
        except OSError as error:
            raise refusal_error(path, Refusal.crashed, "") from error
        try:
            yield from self._received(path, process, pipe, cancel)
        except (EOFError, OSError, ValueError, TypeError) as error:  # a hostile file may make it say anything
            raise refusal_error(path, Refusal.crashed, "") from error
        finally:
            process.kill()
            process.join()
            pipe.close()

    def _received(
        self, path: Path, process: SpawnProcess, pipe: Connection, cancel: CancelToken
    ) -> Iterator[RecognisedPage]:
        heard = time.monotonic()
        while not cancel.cancelled:
            if time.monotonic() - heard > self._limits.page_seconds:
                raise refusal_error(path, Refusal.timed_out, "")
            if not pipe.poll(_LOOK_SECONDS):
                if _used(process) > self._limits.memory:
                    raise refusal_error(path, Refusal.memory, "")
                continue
            message = json.loads(pipe.recv_bytes(_LONGEST))
            heard = time.monotonic()
            match message:
                case ["page", int(number), str(text), list(lines)]:
                    yield RecognisedPage(number, text, tuple(_line(*line) for line in lines))
                case ["refused", str(code), str(detail)]:
                    raise refusal_error(path, Refusal(code), detail)
                case ["done"]:
                    return
                case _:
                    raise ValueError(message)


def _used(process: SpawnProcess) -> int:
    """Return how many bytes a process has in use, 0 when it ends just now."""
    import psutil

    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:
        return 0


def _line(text: str, left: float, top: float, width: float, height: float) -> TextLine:
    if not all(0 <= share <= 1 for share in (left, top, width, height)):
        raise ValueError("a line beside the page")
    return TextLine(str(text), left, top, width, height)
