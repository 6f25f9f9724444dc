"""The engine on this computer: a child process does the work, so that no native crash reaches the window."""

from __future__ import annotations

import logging
import math
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import EngineCrashed, EngineError
from chatdesk.domain.generation import (
    AnswerFacts,
    EngineEvent,
    Finished,
    GenerationBatch,
    GenerationRequest,
    ModelReady,
    StopReason,
    TokenProbability,
)
from chatdesk.domain.models import Gpu, Machine, ModelLoad
from chatdesk.domain.words import tr
from chatdesk.engine import wire
from chatdesk.engine.projectors import unusable_projector

if TYPE_CHECKING:
    from chatdesk.engine.process import ChildProcess

_POLL_SECONDS = 0.03
_KILLED = -9  # by SIGKILL
_CANCELLED = Finished(AnswerFacts(StopReason.cancelled, 0, 0, 0, 0.0, 0.0))

log = logging.getLogger(__name__)


class EngineBug(RuntimeError):
    """The model's process met an error that nobody foresaw; its traceback is the text."""


class LocalEngine:
    """The `Engine` port. A model stays loaded from call to call until another is asked for or `unload`.

    `backend` is "module:Class" of a `Backend`, `log` the file that takes what the process prints. A cancelled
    call is asked to end; after `patience` seconds the process is killed and the next call starts another.
    A cancelled `count_tokens`, `next_tokens` or `rate_answer` may return fewer values than asked for.

    A projector or a driver can end the process while a model is loaded. Then the model is loaded again
    without its projector, then without a graphics card, and stays so until this engine ends.
    """

    def __init__(
        self,
        backend: str = "chatdesk.engine.llama:LlamaBackend",
        log: Path | None = None,
        patience: float = 2.0,
    ) -> None:
        self._backend = backend
        self._log = log
        self._patience = patience
        self._busy = threading.Lock()
        self._caller: int | None = None
        self._child: ChildProcess | None = None
        self._last_used = 0.0
        self._closed = False
        self._instead: dict[ModelLoad, ModelLoad] = {}  # of loads that ended the process
        self._gpus: tuple[Gpu, ...] | None = None

    def generate(self, batch: GenerationBatch, cancel: CancelToken) -> Iterator[tuple[int, EngineEvent]]:
        ready = False
        while True:
            try:
                for index, event in self._events(batch, cancel):
                    ready = ready or isinstance(event, ModelReady)
                    yield index, event
                return
            except EngineCrashed as crash:
                other = None if ready else _simpler(batch.load, self._placed(batch.load), crash)
                if other is None:
                    raise
                log.warning("loading ended the process; trying again with %s", other)
                self._instead[batch.load] = other

    def _events(self, batch: GenerationBatch, cancel: CancelToken) -> Iterator[tuple[int, EngineEvent]]:
        unfinished = dict.fromkeys(range(len(batch.requests)))
        placed = replace(batch, load=self._placed(batch.load))
        with closing(self._call(wire.Generate(placed), cancel)) as reports:
            for report in reports:
                if not isinstance(report, wire.Event):
                    continue
                event = report.event
                if isinstance(event, Finished):
                    unfinished.pop(report.index, None)
                if isinstance(event, ModelReady):
                    event = _with_reasons(event, batch.load, placed.load)
                yield report.index, event
        for index in unfinished:
            yield index, _CANCELLED

    def _placed(self, load: ModelLoad) -> ModelLoad:
        other = self._instead.get(load)
        # What two loads are not compared by stays as it is asked for.
        return replace(load, gpu_layers=other.gpu_layers, projector=other.projector) if other else load

    def count_tokens(self, load: ModelLoad, texts: Sequence[str], cancel: CancelToken) -> list[int]:
        with closing(self._call(wire.CountTokens(self._placed(load), tuple(texts)), cancel)) as reports:
            return [n for report in reports if isinstance(report, wire.Counts) for n in report.tokens]

    def next_tokens(
        self, load: ModelLoad, request: GenerationRequest, count: int, cancel: CancelToken
    ) -> list[TokenProbability]:
        with closing(self._call(wire.NextTokens(self._placed(load), request, count), cancel)) as reports:
            return [t for report in reports if isinstance(report, wire.Candidates) for t in report.tokens]

    def rate_answer(
        self, load: ModelLoad, request: GenerationRequest, cancel: CancelToken
    ) -> list[TokenProbability]:
        with closing(self._call(wire.RateAnswer(self._placed(load), request), cancel)) as reports:
            return [t for report in reports if isinstance(report, wire.Candidates) for t in report.tokens]

    def machine(self, with_gpus: bool, cancel: CancelToken) -> Machine:
        from chatdesk.engine.machine import machine_now, made_for_gpus  # psutil takes 16 ms

        if not with_gpus or not made_for_gpus():
            return machine_now(())
        if self._gpus is None or not self._busy.locked():  # rather a little old than after a long answer
            try:
                with closing(self._call(wire.FindGpus(), cancel)) as reports:
                    self._gpus = next((each.gpus for each in reports if isinstance(each, wire.Gpus)), ())
            except EngineError:
                log.warning("the graphics cards could not be asked", exc_info=True)
                self._gpus = ()
        return machine_now(self._gpus)

    def unload(self) -> None:
        """End the child process, which gives all memory back; refused, without waiting, while a call runs."""
        if self._busy.acquire(blocking=False):
            try:
                self._end_child()
            finally:
                self._busy.release()

    def close(self) -> None:
        """Stop for good: a running call ends as cancelled, and so does every later one."""
        self._closed = True
        own = self._caller == threading.get_ident()
        if self._busy.acquire(timeout=0 if own else self._patience + 1):
            try:
                self._end_child()
            finally:
                self._busy.release()
        elif child := self._child:
            child.kill()

    def seconds_idle(self) -> float | None:
        """Return how long the loaded process has had nothing to do; None while it works or none runs."""
        if self._busy.locked() or self.pid is None:
            return None
        return time.monotonic() - self._last_used

    @property
    def pid(self) -> int | None:
        """The child process; None when none runs."""
        child = self._child
        return child.pid if child else None

    def _call(self, call: wire.Call, cancel: CancelToken) -> Generator[wire.Partial, None, None]:
        if not self._wait_for_turn(cancel):
            return
        try:
            yield from self._converse(call, cancel)
        finally:
            if self._closed:
                self._end_child()
            self._last_used = time.monotonic()
            self._caller = None
            self._busy.release()

    def _wait_for_turn(self, cancel: CancelToken) -> bool:
        """Return whether this call has the child for itself now; False when it was cancelled meanwhile."""
        if self._caller == threading.get_ident():
            raise RuntimeError("this thread has a generation open, and would wait for itself")
        while not self._unwanted(cancel):
            if self._busy.acquire(timeout=_POLL_SECONDS):
                self._caller = threading.get_ident()
                return True
        return False

    def _converse(self, call: wire.Call, cancel: CancelToken) -> Generator[wire.Partial, None, None]:
        try:
            child = self._running_child()
            child.send(call)
            yield from self._reports(child, cancel)
        except GeneratorExit:
            self._settle()
            raise
        except (EOFError, OSError):
            exit_code = self._end_child()
            if self._unwanted(cancel):
                return
            log.warning("the model's process ended by itself with code %s", exit_code, exc_info=True)
            raise EngineCrashed(exit_code) from None
        except (EngineError, EngineBug):
            raise
        except BaseException:
            self._end_child()
            raise

    def _reports(self, child: ChildProcess, cancel: CancelToken) -> Generator[wire.Partial, None, None]:
        """Yield what the call brings until its end; once it is unwanted, ask for the end, then enforce it."""
        deadline = math.inf
        while time.monotonic() < deadline:
            if deadline == math.inf and self._unwanted(cancel):
                child.send(wire.Cancel())
                deadline = time.monotonic() + self._patience
            match child.receive(_POLL_SECONDS):
                case None:
                    continue
                case wire.Done():
                    return
                case wire.Failed(error):
                    raise error
                case wire.Broken(traceback):
                    log.error("a bug in the model's process:\n%s", traceback)
                    raise EngineBug(traceback)
                case partial:
                    yield partial
        log.warning("the model's process did not stop within %s s and was killed", self._patience)
        child.kill()
        self._end_child()

    def _settle(self) -> None:
        """Bring the call whose results nobody reads to its end, and keep the loaded model if that works."""
        unwanted = CancelToken()
        unwanted.cancel()
        try:
            if self._child and not sys.is_finalizing():  # at exit the process has been ended already
                deque(self._reports(self._child, unwanted), maxlen=0)
        except (EOFError, OSError):
            self._end_child()
        except (EngineError, EngineBug):
            log.info("a call that nobody waited for ended with an error", exc_info=True)

    def _unwanted(self, cancel: CancelToken) -> bool:
        return cancel.cancelled or self._closed

    def _running_child(self) -> ChildProcess:
        if self._child is None or self._child.pid is None:
            self._end_child()
            from chatdesk.engine.process import ChildProcess  # a window opens before it needs multiprocessing

            self._child = ChildProcess(self._backend, self._log)
        return self._child

    def _end_child(self) -> int | None:
        child, self._child = self._child, None
        return child.end() if child else None


def _simpler(asked: ModelLoad, crashed: ModelLoad, crash: EngineCrashed) -> ModelLoad | None:
    """Return what to try after a load that ended the process; None when another try would not help.

    The system kills processes for want of memory: then only less of the same may help.
    """
    if crashed.projector is not None:
        return replace(crashed, projector=None)
    if crashed.gpu_layers != 0 and crash.exit_code != _KILLED:
        return replace(asked, gpu_layers=0)
    return None


def _with_reasons(ready: ModelReady, asked: ModelLoad, placed: ModelLoad) -> ModelReady:
    """Return the event with what is told of a load that was simplified."""
    if placed.gpu_layers != asked.gpu_layers:
        why = tr("its driver ended the model's process while the model was loaded")
        ready = replace(ready, device=replace(ready.device, reason=why))
    if placed.projector is None and asked.projector is not None:
        why = tr("it ended the model's process")
        ready = replace(ready, projector_problem=unusable_projector(asked.projector, why))
    return ready
