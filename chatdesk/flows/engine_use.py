"""What each flow does at the end of an answer: the engine's events are closed, and its speed is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.generation import AnswerFacts, EngineEvent
from chatdesk.domain.ports import ModelRecords

MEASURED_TOKENS = 16  # the writing speed of a shorter answer says little


def close(events: Iterator[tuple[int, EngineEvent]]) -> None:
    """Stop the work behind the events; nothing happens when it has ended, or cannot be stopped."""
    end = getattr(events, "close", None)
    if end is not None:
        end()


def note_use(models: ModelRecords | None, path: Path, facts: AnswerFacts | None) -> None:
    """Tell the records of an answer of the model at `path`; one that failed or said nothing does not count.

    An answer is worth more than its record: that a record cannot be kept is no failure.
    """
    if models is None or facts is None or not facts.answer_tokens:
        return
    speed = facts.tokens_per_second if facts.answer_tokens >= MEASURED_TOKENS else 0.0
    with suppress(ChatDeskError):
        models.note_use(path, datetime.now(UTC), speed, facts.tokens_read_per_second)
