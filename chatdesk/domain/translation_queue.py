"""The list of documents that are translated one after the other, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NewType
from uuid import uuid4

from chatdesk.domain.translations import TranslationId, TranslationState, TranslationWishes

QueuedTranslationId = NewType("QueuedTranslationId", str)


@dataclass(frozen=True, slots=True)
class QueuedTranslation:
    """One document and what has come of it."""

    path: str
    name: str  # of the file, without its folder
    wishes: TranslationWishes
    id: QueuedTranslationId = field(default_factory=lambda: QueuedTranslationId(uuid4().hex))
    state: TranslationState = TranslationState.waiting  # `running` found at start-up: it died meanwhile
    done: int = 0  # segments that have their translation
    total: int = 0  # segments, 0 before the file is read
    target: str = ""  # path of the written file; "" until it is saved
    error: str = ""  # readable: why it failed
    translation: TranslationId | None = None  # once its text has been read
    added: datetime = field(default_factory=lambda: datetime.now(UTC))
