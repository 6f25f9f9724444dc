"""Requests on threads of their own: whoever waits can leave at once, whatever the line does."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import HubAccess
from chatdesk.hub.connection import connect

T = TypeVar("T")
_ROOM = 8  # items that may wait to be taken
_FAREWELL = 0.1  # seconds in which a thread that was hung up on usually ends


@dataclass(frozen=True, slots=True)
class _End:
    errors: list[Exception]  # none or one; taken out when it is raised, else it would keep its own frames


class Wire:
    """One client and its sockets, for one try; `with` hangs up at the end."""

    def __init__(self, access: HubAccess, patience: float) -> None:
        """`patience` is how many seconds without a sign of life count as no answer. Raises HubUnreachable."""
        self.patience = patience
        self.client = connect(access, patience)
        self.extensions = {"trace": self._note}  # to be given with each request
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._left = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        if any(thread.is_alive() for thread in self._threads):
            self._hang_up()
        for thread in self._threads:
            thread.join(_FAREWELL)
        self.client.close()

    def receive(
        self, work: Callable[[], Generator[T, None, None]], cancel: CancelToken, tick: float
    ) -> Iterator[T | None]:
        """Yield what `work` yields on its thread, and None after each `tick` seconds without anything.

        Ends within `tick` seconds of a cancellation. Raises what `work` raises.
        """
        box: queue.Queue[T | _End] = queue.Queue(_ROOM)
        thread = threading.Thread(
            target=_Worker(work, box, self._left), name="chatdesk-download", daemon=True
        )
        self._threads.append(thread)
        thread.start()
        while not cancel.cancelled:
            try:
                item = box.get(timeout=tick)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, _End):
                if item.errors:
                    raise item.errors.pop()
                return
            yield item

    def _note(self, event: str, details: dict[str, Any]) -> None:
        """Remember each new socket; called by httpx2 within the thread of the request."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.add(details["return_value"].get_extra_info("socket"))
            if self._left.is_set():
                self._hang_up()

    def _hang_up(self) -> None:
        """Wake a thread that waits for data."""
        for each in list(self._sockets):
            with suppress(OSError):
                # TLS sockets have a `shutdown` that must not be called while another thread reads.
                socket.socket.shutdown(each, socket.SHUT_RDWR)


class _Worker(Generic[T]):
    """What the thread does: put everything into the box until nobody takes it any more."""

    def __init__(
        self, work: Callable[[], Generator[T, None, None]], box: queue.Queue[T | _End], left: threading.Event
    ) -> None:
        self._work, self._box, self._left = work, box, left

    def __call__(self) -> None:
        errors: list[Exception] = []
        try:
            with closing(self._work()) as items:
                for item in items:
                    if not self._put(item):
                        return
        except Exception as error:  # noqa: BLE001  it is raised again where the result is waited for
            errors.append(error)
        self._put(_End(errors))

    def _put(self, item: T | _End) -> bool:
        while not self._left.is_set():
            try:
                self._box.put(item, timeout=_FAREWELL)
            except queue.Full:
                continue
            return True
        return False
