"""Waits for what cannot be stopped, in such a way that whoever waits can leave at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from chatdesk.domain.cancel import CancelToken

T = TypeVar("T")


def wait_for(work: Callable[[], T], cancel: CancelToken, seconds: float = threading.TIMEOUT_MAX) -> T | None:
    """Return what `work` returns on a thread of its own; None when cancelled before.

    Raises what `work` raises, and TimeoutError after `seconds`. Work that was left goes on until it ends by
    itself, or until the process does; nobody hears of it.
    """
    if cancel.cancelled:
        return None
    over = cancel.child()  # wakes for the end of the work and for a cancellation alike
    results: list[T] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001  raised again by whoever waits
            failures.append(error)
        finally:
            over.cancel()

    threading.Thread(target=run, name="chatdesk-wait", daemon=True).start()
    in_time = over.wait(seconds)
    if failures:
        raise failures.pop()  # kept here, it would keep its own frames
    if results:
        return results[0]
    if not in_time:
        raise TimeoutError
    return None
