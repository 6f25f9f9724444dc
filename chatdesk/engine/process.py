"""One child process that runs models, and this side of its pipe."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from pathlib import Path

from chatdesk.engine import child, wire

_READ_AT_ONCE = 256
_POLITE_SECONDS = 0.5
_KILL_SECONDS = 5.0  # longer only while the disk or a driver does not answer


class ChildProcess:
    """Started by its constructor, which raises OSError when that fails. Used by one thread at a time, but
    `kill` and `pid` by any."""

    def __init__(self, backend: str, log: Path | None) -> None:
        # Spawned, never forked: the window's process has threads and open connections.
        context = get_context("spawn")
        self._arrived: deque[wire.Report] = deque()
        self._pipe, far_end = context.Pipe()
        # As a daemon it is ended, not waited for, when the interpreter exits without `end`.
        self._process = context.Process(
            target=child.main, args=(far_end, backend, log), name="model", daemon=True
        )
        try:
            with _interrupts_held():
                self._process.start()
        except BaseException:
            self._pipe.close()
            raise
        finally:
            far_end.close()

    @property
    def pid(self) -> int | None:
        """None when the process has ended."""
        return self._process.pid if self._process.is_alive() else None

    def send(self, message: wire.Call | wire.Cancel) -> None:
        """Raises OSError when the process is gone."""
        self._pipe.send(message)

    def receive(self, seconds: float) -> wire.Report | None:
        """Return the next report, None after so many seconds without one.

        Raises EOFError or OSError when the process is gone and everything it sent has been returned.
        """
        if not self._arrived and self._pipe.poll(seconds):
            self._arrived.append(self._pipe.recv())
            self._read_what_is_there()
        return self._arrived.popleft() if self._arrived else None

    def _read_what_is_there(self) -> None:
        try:
            while len(self._arrived) < _READ_AT_ONCE and self._pipe.poll():
                self._arrived.append(self._pipe.recv())
        except (EOFError, OSError):
            return  # met again by the next `receive`

    def end(self) -> int | None:
        """End the process within half a second and return its exit code, negative for a signal."""
        self._pipe.close()
        self._process.join(_POLITE_SECONDS)
        return self.kill()

    def kill(self) -> int | None:
        """End the process now, in whatever native call it is, and return its exit code."""
        self._process.kill()
        self._process.join(_KILL_SECONDS)
        return self._process.exitcode


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl+C from a process that starts until it can ignore it: it inherits what its thread blocks."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # started later, it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
