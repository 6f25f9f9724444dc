"""Runs one question at a time: a new one makes the answer to the old one of no interest."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chatdesk.ui.jobs import Flow, Job, JobRunner


class Latest(QObject):
    """Signals come for the job that was started last, and for no other."""

    produced = Signal(object)
    failed = Signal(object)  # the exception

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None

    def start(self, flow: Flow) -> None:
        """Run `flow` in place of what runs."""
        self.stop()
        job = self._job = Job(flow)
        job.produced.connect(lambda event: self._pass(job, event))
        job.failed.connect(lambda error: self._fail(job, error))
        job.finished.connect(lambda: self._end(job))
        self._runner.start(job)

    def stop(self) -> None:
        """Forget what runs; nothing of it arrives any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _pass(self, job: Job, event: object) -> None:
        if job is self._job:
            self.produced.emit(event)

    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self.failed.emit(error)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
