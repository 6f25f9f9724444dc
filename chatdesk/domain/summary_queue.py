"""The list of files that are summarised one after the other, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NewType
from uuid import uuid4

from chatdesk.domain.summaries import SummaryId, SummaryState, SummaryWishes

QueuedId = NewType("QueuedId", str)


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """One file and what has come of it."""

    path: str
    wishes: SummaryWishes
    id: QueuedId = field(default_factory=lambda: QueuedId(uuid4().hex))
    state: SummaryState = SummaryState.waiting  # `running` found at start-up: the application died meanwhile
    problem: str = ""  # why it failed, readable
    summary: SummaryId | None = None  # once its text has been read
    line: str = ""  # the summary's first words
    points: int = 0
    pages: int = 0  # units of the document, 0 where it has none
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    language: str = ""  # code of the one that the document is in; "": it is not known
