"""Has pages laid out by a process of its own, which is ended when nobody wants them any more."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.words import tr

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_LOOK_SECONDS = 0.05  # between two looks at the cancel token


class Typesetter:
    """What `paper.laid_out` is, from any thread. Used in a `with`, which ends the process.

    On a worker thread of the window, Qt would lay text out while it holds Python's lock: the window would
    stand still for seconds, and for ever where both threads want one of Qt's locks.
    """

    def __init__(self, fonts: Sequence[str], cancel: CancelToken) -> None:
        """`fonts` are the families of the window's font; the text has that of the system without any."""
        self._fonts = tuple(fonts)
        self._cancel = cancel
        self._child: tuple[SpawnProcess, Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is None:
            return
        process, pipe = self._child
        process.kill()
        process.join()
        pipe.close()

    def __call__(self, html: str, kind: str, title: str) -> bytes:
        """Return a file; b"" once cancelled. Raises OSError."""
        if self._child is None:
            self._child = self._started()
        _, pipe = self._child
        try:
            pipe.send((html, kind, title))
            while not self._cancel.cancelled:
                if pipe.poll(_LOOK_SECONDS):
                    if data := pipe.recv_bytes():
                        return data
                    break
        except (EOFError, OSError):  # it has crashed, or was ended for lack of memory
            pass
        if self._cancel.cancelled:
            return b""
        raise OSError(tr("its pages could not be laid out"))

    def _started(self) -> tuple[SpawnProcess, Connection]:
        from chatdesk.children import spawn
        from chatdesk.ui.export import paper_child

        return spawn(paper_child.main, (self._fonts,), "paper")
