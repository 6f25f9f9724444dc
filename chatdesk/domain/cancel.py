"""A token that stops long work from any thread."""

from __future__ import annotations

import threading
from weakref import WeakSet


class CancelToken:
    """Set once by whoever wants to stop, read by whoever works."""

    def __init__(self, parent: CancelToken | None = None) -> None:
        self._parent = parent  # kept alive: it passes a cancellation on
        self._event = threading.Event()
        self._lock = threading.RLock()  # a signal may cancel in the middle of `child`
        self._children: WeakSet[CancelToken] = WeakSet()

    def cancel(self) -> None:
        self._event.set()
        with self._lock:
            children = list(self._children)
        for child in children:
            child.cancel()

    def child(self) -> CancelToken:
        """Return a token that is cancelled with this one, and that can be cancelled alone."""
        child = CancelToken(self)
        with self._lock:
            self._children.add(child)
        if self.cancelled:
            child.cancel()
        return child

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep at most `seconds`; True as soon as the token is cancelled."""
        return self._event.wait(seconds)
