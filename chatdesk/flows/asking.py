"""Asks a model for answers that are kept: what was answered before is not asked again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import (
    ChatDeskError,
    EngineError,
    EngineUnusable,
    ModelInvalid,
    ModelMissing,
    ModelTooLarge,
    ModelUnreadable,
)
from chatdesk.domain.generation import (
    EngineEvent,
    Finished,
    GenerationBatch,
    GenerationRequest,
    StopReason,
    TextDelta,
)
from chatdesk.domain.models import ModelLoad
from chatdesk.domain.ports import Engine, ModelRecords
from chatdesk.domain.translation_ports import FinishedAnswers
from chatdesk.flows.engine_use import close, note_use

_SECOND_TRY = 0.4  # temperature: at 0 the model would say the same again
_FAILURES = 3  # requests in a row that fail alone: then it is the model, not what it reads
_NOTHING_HELPS = (ModelMissing, ModelUnreadable, ModelInvalid, ModelTooLarge, EngineUnusable)

Usable = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the request of that index; `usable` is False when two tries gave nothing of use."""

    index: int
    text: str
    was_stored: bool = False
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The model failed at this request; the others go on."""

    index: int
    error: ChatDeskError


@dataclass(frozen=True, slots=True)
class Told:
    """What the engine says of the request of that index, or of the model (WHOLE_BATCH)."""

    index: int
    event: EngineEvent


AskingEvent = Answered | Unanswered | Told


class Asking:
    """One model and the answers that are kept of it."""

    def __init__(
        self, engine: Engine, answers: FinishedAnswers, models: ModelRecords | None, load: ModelLoad
    ) -> None:
        self._engine = engine
        self._kept_answers = answers
        self._models = models
        self._load = load
        self._identity = _identity(load, models)

    @property
    def model(self) -> str:
        """What tells the model from others."""
        return json.dumps(self._identity)

    def stored(self, requests: Sequence[GenerationRequest]) -> dict[int, str]:
        """Return the answers that are kept, by the index of the request."""
        keys = [self._key(request) for request in requests]
        found = self._kept_answers.finished(keys)
        return {index: found[key] for index, key in enumerate(keys) if found.get(key)}

    def keep(self, request: GenerationRequest, answer: str) -> None:
        """Store an answer."""
        self._kept_answers.finish(self._key(request), answer)

    def answers(
        self, requests: Sequence[GenerationRequest], usable: Usable, cancel: CancelToken
    ) -> Iterator[AskingEvent]:
        """Yield one Answered or Unanswered for each request, fewer when cancelled; each is stored at once.

        What is not usable is asked once more, and so is all that is left when a batch breaks, one by one.
        Raises EngineError when the model cannot be used, and after three requests that failed in a row.
        """
        stored = self.stored(requests)
        for index, text in stored.items():
            yield Answered(index, text, was_stored=True)
        open_ = {index: request for index, request in enumerate(requests) if index not in stored}
        again: dict[int, GenerationRequest] = {}
        for event in self._resilient(open_, cancel):
            if isinstance(event, Answered) and not usable(event.text):
                again[event.index] = _warmer(open_[event.index])
                continue
            yield self._kept(event, open_)
        for event in self._resilient(again, cancel):
            if isinstance(event, Answered) and not usable(event.text):
                yield replace(event, usable=False)
                continue
            yield self._kept(event, open_)

    def _kept(self, event: AskingEvent, requests: dict[int, GenerationRequest]) -> AskingEvent:
        if isinstance(event, Answered) and event.text:  # nothing is asked for again the next time
            self.keep(requests[event.index], event.text)
        return event

    def _resilient(
        self, requests: dict[int, GenerationRequest], cancel: CancelToken
    ) -> Iterator[AskingEvent]:
        """Ask all as one batch; when that breaks, ask those that are left one by one."""
        left = dict(requests)
        try:
            yield from self._batch(left, cancel)
            return
        except _NOTHING_HELPS:
            raise
        except EngineError:
            pass  # one of those that are left has broken it
        failures = 0
        for index, request in list(left.items()):
            try:
                yield from self._batch({index: request}, cancel)
                failures = 0
            except _NOTHING_HELPS:
                raise
            except EngineError as error:
                failures += 1
                yield Unanswered(index, error)
                if failures == _FAILURES:
                    raise

    def _batch(self, left: dict[int, GenerationRequest], cancel: CancelToken) -> Iterator[AskingEvent]:
        """Ask what is in `left`, and take out what was answered."""
        if not left or cancel.cancelled:
            return
        order = list(left)
        texts: dict[int, list[str]] = {index: [] for index in order}
        events = self._engine.generate(GenerationBatch(self._load, tuple(left.values())), cancel)
        try:
            for place, event in events:
                index = order[place] if place >= 0 else place
                if isinstance(event, Finished):
                    note_use(self._models, self._load.model.path, event.facts)
                    if event.facts.reason is not StopReason.cancelled:
                        del left[index]
                        yield Answered(index, "".join(texts[index]).strip())
                    continue
                if isinstance(event, TextDelta):
                    texts[index].append(event.text)
                yield Told(index, event)
        finally:
            close(events)

    def _key(self, request: GenerationRequest) -> str:
        """Return a hash of all that decides an answer: words, text, sampling, schema, model."""
        decided = (
            self._identity,
            [(turn.role, turn.text) for turn in request.turns],
            repr(request.sampling),
            request.schema,
            request.grammar,
            request.thinking,
            request.framed,
        )
        return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()


def _warmer(request: GenerationRequest) -> GenerationRequest:
    return replace(request, sampling=replace(request.sampling, temperature=_SECOND_TRY, seed=1))


def _identity(load: ModelLoad, models: ModelRecords | None) -> list[object]:
    """Return what tells a model from others: its checksum where that is known, else how its file looks."""
    path = load.model.path
    record = models.record(path) if models is not None else None
    adapters: list[object] = [
        (str(adapter.path), adapter.weight, _look(adapter.path))
        for adapter in load.adapters
        if adapter.counts
    ]
    if record is not None and record.checksums:
        return [sorted(record.checksums), _look(path)[:1], adapters]
    return [str(path), _look(path), adapters]


def _look(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]
