"""Tells which language a text is in, by a process that is started when it is first asked."""

from __future__ import annotations

import logging
import re
import threading
import time
from typing import TYPE_CHECKING

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.languages import UNSURE, Detected

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

log = logging.getLogger(__name__)

IDLE_SECONDS = 60.0
SURE = 0.5  # probability from which on a language is told
_PIECES, _PIECE = 8, 600  # pieces of a long text, and characters of each: some kB in all
_SHORTEST_PIECE = 60  # characters; a shorter text is one piece
_FEWEST_LETTERS = 2
_KEPT = 200  # texts whose languages are remembered
_ANSWER_SECONDS = 30.0
_LOOK_SECONDS = 0.05  # between two looks at the cancel token
_NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")


class LanguageDetector:
    """The LanguageDetection of the ports. Safe from any thread."""

    def __init__(self, idle: float = IDLE_SECONDS) -> None:
        """`idle` are seconds without a question after which the process ends."""
        self._idle = idle
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._known: dict[tuple[str, ...], Detected] = {}

    def detect(self, text: str, cancel: CancelToken) -> Detected:
        """Return the language of a text; UNSURE when cancelled, and when no process can be had.

        Takes a second at first, then milliseconds. Not sure are also texts that are too short, of several
        languages, or of none, such as tables of numbers.
        """
        pieces = sample(text)
        if not pieces:
            return UNSURE
        with self._lock:
            known = self._known.get(pieces)
            if known is None and (found := self._asked(pieces, cancel)) is not None:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                known = self._known[pieces] = found
        return known or UNSURE

    def close(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._end()

    def _asked(self, pieces: tuple[str, ...], cancel: CancelToken) -> Detected | None:
        """Return what the process says, None where it says nothing. It may have ended with nothing to do."""
        for _ in range(2):
            try:
                return self._answer(pieces, cancel)
            except (EOFError, OSError) as error:
                log.info("the process that knows languages has ended: %s", type(error).__name__)
                self._end()
        return None

    def _answer(self, pieces: tuple[str, ...], cancel: CancelToken) -> Detected | None:
        """Raises EOFError, OSError."""
        pipe = self._pipe or self._start()
        pipe.send(pieces)
        end = time.monotonic() + _ANSWER_SECONDS
        while not pipe.poll(_LOOK_SECONDS):
            if cancel.cancelled or time.monotonic() > end:
                self._end()  # its answer must not be taken for that to the next question
                return None
        code, probability = pipe.recv()
        return Detected(code if probability >= SURE else "", probability)

    def _start(self) -> Connection:
        """Raises OSError."""
        from chatdesk.children import spawn  # a window opens before it needs multiprocessing
        from chatdesk.languages import child

        self._process, self._pipe = spawn(child.main, (self._idle,), "languages")
        return self._pipe

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def sample(text: str) -> tuple[str, ...]:
    """Return pieces from the whole length of a text, without numbers and addresses; none without letters."""
    count = max(1, min(_PIECES, len(text) // _SHORTEST_PIECE))
    size = min(_PIECE, -(-len(text) // count))
    step = (len(text) - size) / (count - 1) if count > 1 else 0
    pieces = (
        " ".join(_NO_WORDS.sub(" ", text[start : start + size]).split())
        for start in (round(number * step) for number in range(count))
    )
    return tuple(piece for piece in pieces if sum(sign.isalpha() for sign in piece) >= _FEWEST_LETTERS)
