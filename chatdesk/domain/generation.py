"""What an engine is asked and what it answers: pure values, sent over a pipe as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from chatdesk.domain.models import DeviceReport, ModelLoad
from chatdesk.domain.pictures import Picture

WHOLE_BATCH = -1  # the index of events that concern the model and not one request
_MEASURED_TOKENS = 64  # the reading speed of a shorter prompt says little


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["system", "user", "assistant"]
    text: str
    pictures: tuple[Picture, ...] = ()  # what the model looks at before it reads the text
    pinned: bool = False  # it stays in the view when those around it no longer fit

    @property
    def without_pictures(self) -> Turn:
        """The same for a model that cannot see: each picture is named in the text."""
        marks = [f"[Here is the picture “{each.name}”, which you cannot see.]" for each in self.pictures]
        return replace(self, text="\n".join((*marks, self.text)), pictures=()) if marks else self


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. To switch a step off: top_k 0, top_p 1, min_p 0, penalties 1, 0, 0."""

    temperature: float = 0.7  # 0 or more; 0 always takes the likeliest token
    top_k: int = 40  # 0 or more
    top_p: float = 0.95  # 0 to 1
    min_p: float = 0.05  # 0 to 1
    repeat_penalty: float = 1.0  # 1 or more
    presence_penalty: float = 0.0  # -2 to 2
    frequency_penalty: float = 0.0  # -2 to 2
    seed: int | None = None  # None: a new one each time
    answer_tokens: int = 0  # longest answer, thinking included; 0: as many as the context still holds
    stop: tuple[str, ...] = ()  # strings that end the answer and are not part of it


PRESETS: Mapping[str, Sampling] = {
    "precise": Sampling(temperature=0.2, top_k=20, top_p=0.9),
    "balanced": Sampling(),
    "creative": Sampling(temperature=1.0, top_k=80, top_p=0.98, min_p=0.03),
}


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """Everything that decides one answer; engines read nothing else.

    The last turn is the user's, or the assistant's when its answer is to be continued.
    `first_turn` is where the view began last time, an index into `turns`: when the whole does not fit,
    the view starts there again, so that the prompt's beginning stays the same from answer to answer.
    """

    turns: tuple[Turn, ...]
    sampling: Sampling = field(default_factory=Sampling)
    thinking: bool | None = None  # None: as the model's template decides
    first_turn: int = 0
    schema: Mapping[str, object] | None = None  # JSON schema that the answer has to follow
    grammar: str = ""  # GBNF; at most one of schema and grammar
    framed: bool = True  # False: the turns' texts are the prompt as they stand, without the chat template
    likely_answer: str = ""  # one that may come again in large parts; it changes the speed alone

    @property
    def continues(self) -> bool:
        """Whether the last turn is an answer that the model goes on writing."""
        return bool(self.turns) and self.turns[-1].role == "assistant"

    @property
    def asks_about_pictures(self) -> bool:
        """Whether the newest question brings pictures along."""
        question = next((turn for turn in reversed(self.turns) if turn.role == "user"), None)
        return question is not None and bool(question.pictures)


@dataclass(frozen=True, slots=True)
class GenerationBatch:
    """Requests that share one model."""

    load: ModelLoad
    requests: tuple[GenerationRequest, ...]


class StopReason(StrEnum):
    """The values are stored: never rename one."""

    end = "end"  # the model ended its turn
    stop = "stop"  # a stop string was written
    length = "length"  # the longest allowed answer was reached
    context = "context"  # the context is full
    cancelled = "cancelled"


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """How an answer came about: tokens, and seconds from the request to the first token and to the end."""

    reason: StopReason
    prompt_tokens: int
    reused_tokens: int  # of the prompt's, those that did not have to be read again
    answer_tokens: int
    first_token_seconds: float  # loading the model not included
    seconds: float  # loading the model not included
    device: str = ""

    @property
    def tokens_per_second(self) -> float:
        """Writing speed after the first token; 0 where there is nothing to measure."""
        writing = self.seconds - self.first_token_seconds
        return (self.answer_tokens - 1) / writing if self.answer_tokens > 1 and writing > 0 else 0.0

    @property
    def tokens_read_per_second(self) -> float:
        """Reading speed up to the first token; 0 where too little was read to measure it."""
        read = self.prompt_tokens - self.reused_tokens
        enough = read >= _MEASURED_TOKENS and self.first_token_seconds > 0
        return read / self.first_token_seconds if enough else 0.0


@dataclass(frozen=True, slots=True)
class LoadProgress:
    fraction: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class ModelReady:
    """The model is in memory; sent once at the start of every batch, also when it was loaded already."""

    device: DeviceReport
    context_tokens: int
    thinking_switch: bool  # whether its template can turn thinking off and on
    template_problem: str = ""  # readable: what failed in its chat template and what is used instead
    memory_factor: float = 0.0  # what it takes by what was estimated; 0 where that is not known
    # Readable: which adapters are left out, and why; it says nothing of how the model was loaded.
    adapter_problem: str = field(default="", compare=False)
    projector_problem: str = ""  # readable: why its projector cannot be used, so that it sees nothing


@dataclass(frozen=True, slots=True)
class PromptProgress:
    """How much of the prompt has been read; sent a few times a second while it is long."""

    read: int
    total: int


@dataclass(frozen=True, slots=True)
class ViewStarts:
    """Older turns no longer fit: the model sees system turns and those from index `turn` on."""

    turn: int


@dataclass(frozen=True, slots=True)
class ThinkingDelta:
    text: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Always the last event of its index."""

    facts: AnswerFacts


EngineEvent = LoadProgress | ModelReady | PromptProgress | ViewStarts | ThinkingDelta | TextDelta | Finished


@dataclass(frozen=True, slots=True)
class TokenProbability:
    """A candidate for the next token; `probability` is 0 to 1 before any sampling step."""

    token: int
    text: str
    probability: float


def preset(name: str, **changes: object) -> Sampling:
    """Return the named preset ("balanced" for an unknown name) with some values changed."""
    return replace(PRESETS.get(name, PRESETS["balanced"]), **changes)  # type: ignore[arg-type]
