"""The model that is examined, asked through the application's own engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from starter_text.conversation import Message

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import (
    Finished,
    GenerationBatch,
    GenerationRequest,
    Sampling,
    TextDelta,
    Turn,
)
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.engine.local import LocalEngine

_GREEDY = Sampling(temperature=0.0, answer_tokens=512)


class Candidate:
    """A GGUF file in the engine, with the tokens that it read and wrote and the seconds that this took."""

    def __init__(self, path: Path, threads: int) -> None:
        self._load = ModelLoad(LocalModel(path.resolve()), 2048, 0, threads)
        self._engine = LocalEngine()
        self.read_tokens, self.written_tokens, self.seconds = 0, 0, 0.0

    def __enter__(self) -> Candidate:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.close()

    def answers(self, questions: Sequence[Sequence[Message]]) -> list[str]:
        """Return the greedy answer to the last message of each question. Raises EngineError."""
        requests = tuple(GenerationRequest(_turns(messages), _GREEDY) for messages in questions)
        written = [""] * len(requests)
        for index, event in self._engine.generate(GenerationBatch(self._load, requests), CancelToken()):
            match event:
                case TextDelta(text):
                    written[index] += text
                case Finished(facts):
                    self.read_tokens += facts.prompt_tokens - facts.reused_tokens
                    self.written_tokens += facts.answer_tokens
                    self.seconds += facts.seconds
        return [text.strip() for text in written]


def _turns(messages: Sequence[Message]) -> tuple[Turn, ...]:
    return tuple(Turn(message.role, message.content) for message in messages)  # type: ignore[arg-type]
