"""What travels over the pipe between the window's process and the model's."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.errors import EngineError
from chatdesk.domain.generation import EngineEvent, GenerationBatch, GenerationRequest, TokenProbability
from chatdesk.domain.models import Gpu, ModelLoad


@dataclass(frozen=True, slots=True)
class Generate:
    batch: GenerationBatch


@dataclass(frozen=True, slots=True)
class CountTokens:
    load: ModelLoad
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextTokens:
    load: ModelLoad
    request: GenerationRequest
    count: int


@dataclass(frozen=True, slots=True)
class RateAnswer:
    load: ModelLoad
    request: GenerationRequest


@dataclass(frozen=True, slots=True)
class FindGpus:
    pass


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the call that runs; without meaning between calls."""


Call = Generate | CountTokens | NextTokens | RateAnswer | FindGpus
"""The next call is sent only after Done, Failed or Broken has answered the one before."""


@dataclass(frozen=True, slots=True)
class Event:
    index: int
    event: EngineEvent


@dataclass(frozen=True, slots=True)
class Counts:
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    tokens: tuple[TokenProbability, ...]


@dataclass(frozen=True, slots=True)
class Gpus:
    gpus: tuple[Gpu, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The call has ended well; nothing more comes for it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The call has ended with an error that the user can act on."""

    error: EngineError


@dataclass(frozen=True, slots=True)
class Broken:
    """The call has ended with a bug."""

    traceback: str


Partial = Event | Counts | Candidates | Gpus
Report = Partial | Done | Failed | Broken
