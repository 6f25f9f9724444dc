"""What the child process can be asked to do, and the contract of what does it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from chatdesk.domain.generation import EngineEvent, GenerationBatch, GenerationRequest, TokenProbability
from chatdesk.domain.models import Gpu, ModelLoad
from chatdesk.engine.abort import AbortFlag

Emit = Callable[[int, EngineEvent], None]


class Backend(Protocol):
    """Runs in the child process: one call at a time, on its main thread. Raises EngineError.

    `emit` sends an event to the window at once, also from inside a native progress callback. A raised `abort`
    ends each call soon: `generate` then still emits Finished(cancelled) for every index, the others return
    what they have.
    """

    def generate(self, batch: GenerationBatch, emit: Emit, abort: AbortFlag) -> None: ...

    def count_tokens(self, load: ModelLoad, texts: Sequence[str], abort: AbortFlag) -> list[int]: ...

    def next_tokens(
        self, load: ModelLoad, request: GenerationRequest, count: int, abort: AbortFlag
    ) -> list[TokenProbability]: ...

    def rate_answer(
        self, load: ModelLoad, request: GenerationRequest, abort: AbortFlag
    ) -> list[TokenProbability]: ...

    def gpus(self) -> list[Gpu]: ...
