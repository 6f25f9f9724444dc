"""A token that stops long work from any thread."""

from __future__ import annotations

import threading


class CancelToken:
    """Set once by whoever wants to stop, read by whoever works."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep at most `seconds`; True as soon as the token is cancelled."""
        return self._event.wait(seconds)
