"""The list of files on the page: added, summarised one after the other, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import SummaryState
from chatdesk.domain.summary_queue import QueuedFile, QueuedId
from chatdesk.domain.words import tr, trn
from chatdesk.flows.summarize import SummaryOptions
from chatdesk.flows.summary_queue import FilesAdded, SummaryQueueFlow
from chatdesk.languages.table import english_name
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.summarize.queue_model import QueueRow, table_text
from chatdesk.ui.summarize.queue_view import QueueView
from chatdesk.ui.summarize.wishes_form import WishesForm
from chatdesk.ui.summarize.words import language_words
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 12
T = TypeVar("T")


class Queueing(QObject):
    """Works on the list until it is done or paused, whether it is shown or not."""

    changed = Signal(int)  # how many files are in the list
    summary_made = Signal()
    opened = Signal(str)  # id of a summary
    open_requested = Signal(object)  # Path of a file to be opened alone, such as one with a password
    export_requested = Signal(str)  # the table as CSV
    failed = Signal(object)  # exception

    def __init__(
        self,
        view: QueueView,
        wishes: WishesForm,
        flow: SummaryQueueFlow,
        runner: JobRunner,
        looks: JobRunner,
        options: Callable[[], SummaryOptions],
    ) -> None:
        """`runner` makes the summaries, `looks` goes through folders meanwhile."""
        super().__init__(view)
        self._view = view
        self._wishes = wishes
        self._flow = flow
        self._runner = runner
        self._looks = looks
        self._options = options
        self._job: Job | None = None
        self._files: list[QueuedFile] = []
        self._goes_on = False  # with the next file, when the one that is being summarised is taken out
        self._closed = False
        view.run_requested.connect(self.run)
        view.pause_requested.connect(self.pause)
        view.remove_requested.connect(self.remove)
        view.opened.connect(self._open)
        view.export_requested.connect(lambda: self.export_requested.emit(table_text(view.table.rows)))
        wishes.changed.connect(self._wish)

    @property
    def running(self) -> bool:
        return self._job is not None

    def begin(self) -> None:
        """Show what the last run of the application left; nothing is summarised before the user says so."""
        self._try(self._flow.repair)
        self.refresh()
        waiting = next((file for file in self._files if file.state is SummaryState.waiting), None)
        if waiting is not None:
            self._wishes.show_wishes(waiting.wishes)

    def add(self, paths: Sequence[Path]) -> None:
        """Put files and folders into the list; those that are in it stay as they are."""
        wishes = self._wishes.wishes()

        def work(cancel: CancelToken) -> Iterator[object]:
            yield self._flow.add(paths, wishes, cancel)

        job = Job(work, self)
        job.produced.connect(self._added)
        job.failed.connect(self._fail)
        job.finished.connect(job.deleteLater)
        if any(path.is_dir() for path in paths):
            self._view.notice.tell(Kind.info, tr("Looking for documents…"))
        self._looks.start(job)

    def run(self) -> None:
        """Summarise what waits, one after the other; where nothing does, try again what has failed."""
        if self._job is not None:
            return
        if not any(file.state is SummaryState.waiting for file in self._files):
            self._try(self._flow.retry)
        self._view.notice.dismiss()
        self._goes_on = False
        options = self._options()
        self._job = job = Job(lambda cancel: self._flow.run(lambda: options, cancel), self)
        job.produced.connect(self._changed)
        job.failed.connect(self._fail)
        job.finished.connect(lambda: self._end(job))
        self._runner.start(job)
        self.refresh()

    def pause(self) -> None:
        """Stop; the file that is being summarised waits with what was done of it."""
        self._goes_on = False
        self._stop()

    def remove(self, files: Sequence[str]) -> None:
        """Take files out of the list; it can be undone."""
        if any(file.id in files and file.state is SummaryState.running for file in self._files):
            self._goes_on = True
            self._stop()
        gone = self._try(lambda: self._flow.remove([QueuedId(file) for file in files]))
        self.refresh()
        if gone:
            sentence = trn(
                "{count} file is out of the list. Its summary stays.",
                "{count} files are out of the list. Their summaries stay.",
                len(gone),
            )
            self._view.notice.tell(Kind.info, sentence, tr("Undo"), UNDO_SECONDS, lambda: self._restore(gone))

    def refresh(self) -> None:
        """Show the list as it is stored."""
        files = self._try(self._flow.files)
        if files is None:
            return
        self._files = files
        self._view.show_rows([_row(file) for file in files], running=self._job is not None)
        self.changed.emit(len(files))

    def close(self) -> None:
        """Let nothing reach the page any more; the store is about to close."""
        self._closed = True

    def _added(self, added: object) -> None:
        if self._closed or not isinstance(added, FilesAdded):
            return
        self.refresh()
        self._view.notice.dismiss()
        if not added.found:
            self._view.notice.tell(
                Kind.warning, tr("There is no document here that can be read."), seconds=12
            )
        elif not added.new:
            self._view.notice.tell(Kind.info, tr("Nothing new: these files are in the list."), seconds=8)

    def _wish(self) -> None:
        self._try(lambda: self._flow.wish(self._wishes.wishes()))
        self.refresh()

    def _changed(self, _: object) -> None:
        if not self._closed:
            self.refresh()
            self.summary_made.emit()

    def _end(self, job: Job) -> None:
        if not self._closed and self._job is job:
            self._job = None
            self.refresh()
            if self._goes_on and any(file.state is SummaryState.waiting for file in self._files):
                self.run()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _fail(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)

    def _open(self, file: str) -> None:
        found = next((each for each in self._files if each.id == file), None)
        if found is None:
            return
        if found.summary is not None:  # it tells itself what is missing of it
            self.opened.emit(found.summary)
        elif found.problem:
            alone = partial(self.open_requested.emit, Path(found.path))
            self._view.notice.tell(Kind.error, found.problem, tr("Open it alone"), then=alone)

    def _restore(self, gone: Sequence[QueuedFile]) -> None:
        self._try(lambda: self._flow.restore(gone))
        self.refresh()

    def _try(self, step: Callable[[], T]) -> T | None:
        try:
            return step()
        except ChatDeskError as error:
            self.failed.emit(error)
            return None


def _row(file: QueuedFile) -> QueueRow:
    summary = language_words(file.wishes.language, file.language)
    return QueueRow(
        file.id,
        Path(file.path).name,
        file.state,
        file.problem or file.line,
        file.points,
        english_name(file.language),
        file.pages,
        file.created,
        file.path,
        tr("Summary {in_language}").format(in_language=summary),
    )
