"""Counts the tokens of a filled template by a job, a moment after the last change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Draft
from chatdesk.ui.jobs import Job, JobRunner

PAUSE_MS = 350

Count = Callable[[Draft, CancelToken], int | None]
"""Returns the tokens of a draft with its documents, None when cancelled. Raises ChatDeskError."""


class TokenCount(QObject):
    """One count at a time; what changes meanwhile is counted after it."""

    counted = Signal(int)
    failed = Signal()

    def __init__(self, count: Count, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._runner = runner
        self._draft = Draft()
        self._job: Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._begin)

    def renew(self, draft: Draft) -> None:
        """Count this draft, a moment from now."""
        self._draft = draft
        self._pause.start()

    def stop(self) -> None:
        """Count no more."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        if self._job is not None:
            self._pause.start()
            return
        draft = self._draft

        def flow(cancel: CancelToken) -> Iterator[object]:
            yield self._count(draft, cancel)

        job = Job(flow)
        self._job = job
        job.produced.connect(lambda tokens: self._tell(job, tokens))
        job.failed.connect(lambda _: self.failed.emit())
        job.finished.connect(lambda: self._end(job))
        self._runner.start(job)

    def _tell(self, job: Job, tokens: object) -> None:
        if job is self._job and isinstance(tokens, int):
            self.counted.emit(tokens)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
