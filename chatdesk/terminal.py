"""What the commands share that print into a terminal or a pipe."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.words import tr

CANCELLED = 130  # what shells expect after Ctrl+C
_BAR = 24  # characters
_USUAL_WIDTH = 80


def printable(text: str) -> str:
    """Return `text` without control characters: a terminal would obey them."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and not "\x7f" <= c <= "\x9f"))


def print_any_letter() -> None:
    """Let no letter end a command: Windows gives pipes one alphabet, and others have what `LANG` says.

    Pipes on Windows get UTF-8; elsewhere a letter that cannot be written becomes a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            piped = os.name == "nt" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if piped else None, errors="replace")


def complain(sentence: str, hint: str = "") -> None:
    """Say on the error output what went wrong, and what to do about it."""
    print(printable(f"{sentence} {hint}".strip()), file=sys.stderr)


def leave_closed_pipe() -> None:
    """Whoever read the output has gone: keep Python from flushing into the closed pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def stopped_by_ctrl_c() -> Iterator[CancelToken]:
    """Give a token that Ctrl+C cancels."""
    cancel = CancelToken()
    before = signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def read_piped(cancel: CancelToken) -> bytes:
    """Return all that is piped or typed in; Ctrl+C cancels, and what has come until then is dropped."""
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        keys = "Ctrl+Z, Enter" if os.name == "nt" else "Ctrl+D"
        print(tr("Write the text; {keys} on a line of its own ends it.").format(keys=keys), file=sys.stderr)
    # A handler that only cancels would let Python go on reading.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return sys.stdin.buffer.read()
    except KeyboardInterrupt:
        cancel.cancel()
        return b""
    finally:
        signal.signal(signal.SIGINT, before)


class ProgressLine:
    """One line of the error output, written over again and again; without a terminal, a line each tenth."""

    def __init__(self) -> None:
        self._in_place = sys.stderr.isatty()
        self._length = 0
        self._tenth = -1

    def show(self, done: int, total: int, facts: str) -> None:
        """Show a bar for `done` of `total`, and `facts` beside it."""
        share = done / total if total else 1.0
        if self._in_place:
            full = round(share * _BAR)
            self._write(f"[{'#' * full}{'-' * (_BAR - full)}] {share:4.0%}  {facts}")
        elif int(share * 10) != self._tenth:
            self._tenth = int(share * 10)
            print(f"{share:4.0%}  {facts}", file=sys.stderr)

    def note(self, text: str) -> None:
        """Show `text` in place of the bar until there is something new."""
        if self._in_place:
            self._write(text)
        else:
            print(text, file=sys.stderr)

    def end(self) -> None:
        """Leave the line as it stands; what is shown next begins anew."""
        self._tenth = -1
        if self._length:
            print(file=sys.stderr)
            self._length = 0

    def _write(self, text: str) -> None:
        width = os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_WIDTH
        text = printable(text)[: width - 1]
        print(f"\r{text:<{self._length}}", end="", file=sys.stderr, flush=True)
        self._length = len(text)


def time_left(seconds: float) -> str:
    """Return "0:42" or "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return tr("{time} left").format(time=clock)
