"""What the view of downloads does: lets the queue run, and changes it as the user asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from chatdesk.domain.downloads import DownloadId, DownloadState
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.hub import DownloadChecks, DownloadProgress, DownloadRequest, DownloadWaits
from chatdesk.domain.words import tr
from chatdesk.flows.downloads import (
    DownloadDone,
    DownloadFailed,
    DownloadFlow,
    DownloadMoved,
    DownloadStarted,
)
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.models.downloads.words import Live, file_of, title_of
from chatdesk.ui.models.numbers import time_words
from chatdesk.ui.models.state_panel import failure_words
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.ui.models.downloads.view import DownloadsView

AT_ONCE = 2  # downloads that run beside each other
TOTAL_MS = 1000  # between two looks at how far all of them are


class DownloadsController(QObject):
    """Runs the queue while there is something to fetch; shows it once `view` has been asked for."""

    running_changed = Signal(int)
    queue_changed = Signal(object)  # list of Download
    begun = Signal(str)  # title
    arrived = Signal(object, str)  # Path of the file to load, title
    gave_up = Signal(object, str, str)  # the same and why, when the view is not in sight
    measured = Signal(float)  # bytes a second that the line brought during a download
    use_requested = Signal(object)  # Path
    find_requested = Signal()
    look_requested = Signal(str)  # at the repository "owner/name"
    failed = Signal(object)  # the exception, when the view is not in sight

    def __init__(self, flow: DownloadFlow, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._runner = runner
        self._jobs: set[Job] = set()
        self._live: dict[str, Live] = {}
        self._running = 0
        self._troubled = False  # a worker has failed; the next thing the user does starts others
        self._closed = False
        self._view: DownloadsView | None = None
        self._tick = QTimer(self, interval=TOTAL_MS)
        self._tick.timeout.connect(self._show_total)

    def view(self) -> DownloadsView:
        """Return the view, made at the first call."""
        if self._view is None:
            from chatdesk.ui.models.downloads.view import DownloadsView

            self._view = view = DownloadsView()
            flow = self._flow
            view.pause_requested.connect(lambda key: self._change(lambda: flow.pause(DownloadId(key))))
            view.resume_requested.connect(lambda key: self._change(lambda: flow.resume(DownloadId(key))))
            view.remove_requested.connect(
                lambda key: self._change(lambda: flow.remove(DownloadId(key), delete_part=True))
            )
            view.move_requested.connect(self.move)
            view.pause_all_requested.connect(lambda: self._change(self._pause_all))
            view.resume_all_requested.connect(lambda: self._change(self._resume_all))
            view.use_requested.connect(lambda download: self.use_requested.emit(file_of(download)))
            view.folder_requested.connect(
                lambda each: QDesktopServices.openUrl(QUrl.fromLocalFile(str(each.request.folder)))
            )
            view.find_requested.connect(self.find_requested)
            view.look_requested.connect(lambda each: self.look_requested.emit(each.request.repository))
            self.refresh()
            view.shown.connect(self.refresh)
        return self._view

    def begin(self) -> None:
        """Go on with what the last run of the application left waiting."""
        self._change(self._flow.repair)

    def go_on(self) -> None:
        """Let what waits run, as after the end of offline mode."""
        self._change(lambda: None)

    def stop(self) -> None:
        """Let nothing run; what ran waits for `go_on`."""
        self._troubled = True
        for job in self._jobs:
            job.cancel()

    def close(self) -> None:
        """Let nothing that still comes from a worker thread reach the window; the store is about to close."""
        self._closed = True
        self._tick.stop()

    def add(self, request: DownloadRequest) -> None:
        """Take a download into the queue and let it run when its turn comes."""
        self._change(lambda: self._flow.add(request))

    def move(self, key: str, step: int) -> None:
        """Bring a download before the one above it (-1), or behind the one below it (1)."""
        active = [each.id for each in self._flow.queue() if each.state is not DownloadState.done]
        everything = [each.id for each in self._flow.queue()]
        place = active.index(DownloadId(key)) + step
        if 0 <= place < len(active):
            self._change(lambda: self._flow.move(DownloadId(key), everything.index(active[place])))

    def refresh(self) -> None:
        """Show the queue as it is now."""
        if self._closed:
            return
        downloads = self._flow.queue()
        running = sum(each.state is DownloadState.running for each in downloads)
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)
        self._live = {each.id: self._live[each.id] for each in downloads if each.id in self._live}
        self.queue_changed.emit(downloads)
        if self._view is not None:
            self._view.show_queue(downloads)
            self._show_total()

    def _change(self, step: Callable[[], object]) -> None:
        self._troubled = False
        try:
            step()
            self.refresh()
            self._run()
        except ChatDeskError as error:
            self._fail(error)

    def _run(self) -> None:
        """Start as many workers as there is work for."""
        waiting = sum(each.state is DownloadState.waiting for each in self._flow.queue())
        for _ in range(min(waiting, AT_ONCE - len(self._jobs))):
            job = Job(self._flow.run)
            self._jobs.add(job)
            job.produced.connect(self._receive)
            job.failed.connect(self._job_failed)
            job.finished.connect(lambda job=job: self._end(job))
            self._runner.start(job)
        if self._jobs:
            self._tick.start()

    def _receive(self, event: object) -> None:
        if self._closed:
            return
        if isinstance(event, DownloadMoved):
            self._live[event.download] = live = _live(event, self._live.get(event.download, Live()))
            if self._view is not None:
                self._view.show_live(event.download, live)
            return
        match event:
            case DownloadStarted(download):
                self.begun.emit(title_of(download.request))
            case DownloadDone(download, paths, speed):
                if speed:
                    self.measured.emit(speed)
                self.arrived.emit(paths[0], title_of(download.request))
            case DownloadFailed(download):
                seen = self._view is not None and self._view.isVisible() and self._view.isActiveWindow()
                if not seen:
                    self.gave_up.emit(file_of(download), title_of(download.request), download.problem)
        self.refresh()

    def _end(self, job: Job) -> None:
        self._jobs.discard(job)
        if self._closed:
            return
        if not self._jobs:
            self._tick.stop()
        self.refresh()
        if not self._troubled:
            self._run()

    def _job_failed(self, error: Exception) -> None:
        self._troubled = True
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        if self._closed:
            return
        if self._view is not None and self._view.isVisible():
            self._view.notice.tell(Kind.error, " ".join(failure_words(error)).strip())
        else:
            self.failed.emit(error)

    def _pause_all(self) -> None:
        for download in self._flow.queue():
            self._flow.pause(download.id)

    def _resume_all(self) -> None:
        for download in self._flow.queue():
            self._flow.resume(download.id)

    def _show_total(self) -> None:
        if self._view is not None and self._running:
            self._view.show_total(self._running, self._flow.total())


def _live(event: DownloadMoved, before: Live) -> Live:
    match event.event:
        case DownloadProgress(done, _, speed):
            return Live(done, speed)
        case DownloadWaits(reason, seconds):
            words = tr("Waiting for the server: {reason}; next try in {time}.")
            again = words.format(reason=reason, time=time_words(seconds))
            return Live(before.arrived, note=tr("Interrupted"), reason=again)
        case DownloadChecks(done, total):
            percent = round(100 * done / max(1, total))
            return Live(before.arrived, note=tr("Checking… {percent} %").format(percent=percent))
