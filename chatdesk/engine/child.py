"""The model's process: runs the calls that come over the pipe, one at a time, on its main thread."""

from __future__ import annotations

import faulthandler
import importlib
import os
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import NoReturn, cast

from chatdesk.children import ignore_interrupts
from chatdesk.domain.errors import EngineError
from chatdesk.domain.generation import EngineEvent
from chatdesk.engine import wire
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.backend import Backend

_LOG_BYTES = 1_000_000


def main(pipe: Connection, backend_path: str, log: Path | None) -> None:
    """Serve until the other end of the pipe is closed or its process dies.

    `backend_path` is "module:Class" of a `Backend` without constructor arguments, imported at the first call.
    What this process prints goes to the file `log`; the one before is kept beside it when it has grown large.
    """
    ignore_interrupts()
    _redirect_output(log)
    # Otherwise an abort in native code starts a debugger where one is installed, and hangs for seconds.
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    calls: SimpleQueue[wire.Call | wire.Broken] = SimpleQueue()
    abort = AbortFlag()
    threading.Thread(target=_listen, args=(pipe, calls, abort), daemon=True).start()
    try:
        _serve(pipe, backend_path, calls, abort)
    except OSError:  # nobody listens any more
        _leave()


def _redirect_output(log: Path | None) -> None:
    output = open(_ready_log(log), "a", buffering=1, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115, PTH123  open until the process ends
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    sys.stdout = sys.stderr = output
    faulthandler.enable(output)


def _ready_log(log: Path | None) -> Path:
    """Return a file that can be written; a log must never be the reason that no model runs."""
    if log is None:
        return Path(os.devnull)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_name(log.name + ".old"))
        log.open("a").close()
    except OSError:
        return Path(os.devnull)
    return log


def _listen(pipe: Connection, calls: SimpleQueue[wire.Call | wire.Broken], abort: AbortFlag) -> None:
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            abort.set()
            _leave()
        except Exception:  # noqa: BLE001  a call that cannot be read is answered like one that breaks
            message = _broken()
        if isinstance(message, wire.Cancel):
            abort.set()
        else:
            # The call before has been answered, so a flag raised until now was meant for it.
            abort.clear()
            calls.put(message)


def _serve(
    pipe: Connection, backend_path: str, calls: SimpleQueue[wire.Call | wire.Broken], abort: AbortFlag
) -> None:
    backend: Backend | None = None
    while True:
        call = calls.get()
        end: wire.Report
        try:
            backend = backend or _import_backend(backend_path)
            end = call if isinstance(call, wire.Broken) else _run(pipe, backend, call, abort)
        except EngineError as error:
            end = wire.Failed(error)
        except Exception:  # noqa: BLE001  the window's process logs and shows it
            end = _broken()
        pipe.send(end)


def _import_backend(path: str) -> Backend:
    module, _, name = path.partition(":")
    return cast(Backend, getattr(importlib.import_module(module), name)())


def _run(pipe: Connection, backend: Backend, call: wire.Call, abort: AbortFlag) -> wire.Done:
    def emit(index: int, event: EngineEvent) -> None:
        pipe.send(wire.Event(index, event))

    match call:
        case wire.Generate(batch):
            backend.generate(batch, emit, abort)
        case wire.CountTokens(load, texts):
            pipe.send(wire.Counts(tuple(backend.count_tokens(load, texts, abort))))
        case wire.NextTokens(load, request, count):
            pipe.send(wire.Candidates(tuple(backend.next_tokens(load, request, count, abort))))
        case wire.RateAnswer(load, request):
            pipe.send(wire.Candidates(tuple(backend.rate_answer(load, request, abort))))
        case wire.FindGpus():
            pipe.send(wire.Gpus(tuple(backend.gpus())))
    return wire.Done()


def _broken() -> wire.Broken:
    import traceback  # needed for bugs only, and the process has to start fast

    return wire.Broken(traceback.format_exc())


def _leave() -> NoReturn:
    """End at once, whatever the main thread is doing; the operating system takes all memory back."""
    os._exit(0)
