"""Starts child processes: spawned, with a pipe, out of the reach of Ctrl+C, which their parent handles."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess


def spawn(
    target: Callable[..., None], arguments: tuple[object, ...], name: str
) -> tuple[SpawnProcess, Connection]:
    """Run `target(pipe, *arguments)` in a new process; return it and the near end of its pipe.

    Spawned, never forked: the window's process has threads and open connections. It works from a frozen build
    too. `target` calls `ignore_interrupts` first. Raises OSError.
    """
    context = get_context("spawn")
    pipe, far_end = context.Pipe()
    # As a daemon it is ended, not waited for, when the interpreter exits without ending it.
    process = context.Process(target=target, args=(far_end, *arguments), name=name, daemon=True)
    try:
        with _interrupts_held():
            process.start()
    except BaseException:
        pipe.close()
        raise
    finally:
        far_end.close()
    return process, pipe


def ignore_interrupts() -> None:
    """Called in the child, which has been started with the signal held back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


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
