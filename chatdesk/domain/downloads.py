"""The queue of downloads, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType
from uuid import uuid4

from chatdesk.domain.hub import DownloadRequest

DownloadId = NewType("DownloadId", str)


class DownloadState(StrEnum):
    waiting = "waiting"
    running = "running"
    paused = "paused"  # by the user
    failed = "failed"
    done = "done"


@dataclass(frozen=True, slots=True)
class Download:
    """One entry of the queue."""

    request: DownloadRequest
    state: DownloadState = DownloadState.waiting
    problem: str = ""  # why it failed, readable
    arrived: int = 0  # bytes, as far as it was stored
    id: DownloadId = field(default_factory=lambda: DownloadId(uuid4().hex))

    @property
    def total(self) -> int:
        """How many bytes it has."""
        return sum(file.bytes for file in self.request.files)


@dataclass(frozen=True, slots=True)
class QueueTotal:
    """All downloads that wait or run together: bytes, bytes a second; None while the rest cannot be told."""

    arrived: int
    total: int
    speed: float
    seconds_left: float | None
