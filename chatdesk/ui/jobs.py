"""The one door from worker threads to the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError

log = logging.getLogger(__name__)

Flow = Callable[[CancelToken], Iterator[object]]


class Job(QObject):
    """One run of a flow. Create it, connect to it, then start it: its signals arrive in the main thread."""

    produced = Signal(object)
    failed = Signal(object)  # the exception
    finished = Signal()  # always the last signal, exactly once

    def __init__(self, flow: Flow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._token = CancelToken()

    def cancel(self) -> None:
        self._token.cancel()

    def run(self) -> None:
        """Called by JobRunner in a worker thread, once."""
        flow = self._flow
        del self._flow  # it may hold a whole document, and the job lives as long as its parent
        try:
            for event in flow(self._token):
                self.produced.emit(event)
        except ChatDeskError as error:
            log.info("a job ended: %s", error)
            self.failed.emit(error)
        except Exception as error:
            log.exception("a job failed")
            self.failed.emit(error)
        finally:
            self.finished.emit()


class JobRunner(QObject):
    """Runs jobs on worker threads."""

    def __init__(self, workers: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="chatdesk-job")
        self._alive: set[Job] = set()  # Qt does not own running jobs, so Python must

    def start(self, job: Job) -> None:
        self._alive.add(job)
        job.finished.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        self._pool.submit(job.run)

    def shutdown(self) -> None:
        """Cancel all jobs and wait until each has stored what it had."""
        for job in self._alive:
            job.cancel()
        self._pool.shutdown(wait=True)
        self._alive.clear()

    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._alive.discard(job)
