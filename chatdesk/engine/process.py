"""One child process that runs models, and this side of its pipe."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from chatdesk.children import spawn
from chatdesk.engine import child, wire

_READ_AT_ONCE = 256
_POLITE_SECONDS = 0.5
_KILL_SECONDS = 5.0  # longer only while the disk or a driver does not answer


class ChildProcess:
    """Started by its constructor, which raises OSError when that fails. Used by one thread at a time, but
    `kill` and `pid` by any."""

    def __init__(self, backend: str, log: Path | None) -> None:
        self._arrived: deque[wire.Report] = deque()
        self._process, self._pipe = spawn(child.main, (backend, log), "model")

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
