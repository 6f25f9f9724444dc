"""The list of documents on the page: added, planned, translated one after the other, taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translation_queue import QueuedTranslation, QueuedTranslationId
from chatdesk.domain.translations import TranslationState, TranslationWishes
from chatdesk.domain.words import tr, trn
from chatdesk.flows.summary_queue import FilesAdded
from chatdesk.flows.translating import TranslationOptions
from chatdesk.flows.translation_queue import FilePlanned, QueueChanged, TranslationQueueFlow
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.translate.documents_told import DocumentsTold
from chatdesk.ui.translate.documents_view import DocumentsView
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 12
SOON_MS = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Workers:
    """`runs` translates; `looks` goes through folders, plans and writes meanwhile."""

    runs: JobRunner
    looks: JobRunner


class Documents(QObject):
    """Works on the list until it is done or paused, whether it is shown or not."""

    changed = Signal(int)  # how many documents are in the list
    translated = Signal(object)  # TranslationId of a document of which something was translated
    review_requested = Signal(object)  # TranslationId
    failed = Signal(object)  # exception

    def __init__(
        self,
        view: DocumentsView,
        flow: TranslationQueueFlow,
        workers: Workers,
        options: Callable[[], TranslationOptions],
        wishes: Callable[[], TranslationWishes],
    ) -> None:
        super().__init__(view)
        self.view = view
        self._flow = flow
        self._workers = workers
        self._options = options
        self._wishes = wishes
        self._job: Job | None = None
        self._planning: Job | None = None
        self._told = DocumentsTold(view)
        self._run_next = False  # when the plan that is being made has ended
        self._goes_on = False  # with the next document, when the one that is translated is left out
        self._held: list[QueuedTranslationId] = []
        self._closed = False
        self._fresh: dict[QueuedTranslationId, QueuedTranslation] = {}  # not shown yet
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._show_fresh)
        view.run_requested.connect(self.run)
        view.pause_requested.connect(self.pause)
        view.stop_requested.connect(self.stop)
        view.retry_requested.connect(self.retry)
        view.remove_requested.connect(self.remove)
        view.review_requested.connect(self._review)
        view.table.opened.connect(self._open)
        view.dropped.connect(self.add)
        view.table.selectionModel().selectionChanged.connect(lambda *_: self._told.tell_notes())

    @property
    def running(self) -> bool:
        return self._job is not None

    def begin(self) -> None:
        """Show what the last run of the application left; nothing is translated before the user says so."""
        self._try(self._flow.repair)
        self.refresh()

    def add(self, paths: Sequence[Path]) -> None:
        """Put documents and folders into the list; those that wait in it stay as they are."""
        wishes = self._wishes()

        def work(cancel: CancelToken) -> Iterator[object]:
            yield self._flow.add(paths, wishes, cancel)

        job = Job(work, self)
        job.produced.connect(self._added)
        job.failed.connect(self._fail)
        job.finished.connect(job.deleteLater)
        if any(path.is_dir() for path in paths):
            self.view.notice.tell(Kind.info, tr("Looking for documents…"))
        self._workers.looks.start(job)

    def run(self) -> None:
        """Translate what waits, one after the other; where nothing does, try again what has failed."""
        if self._job is not None:
            return
        if self._planning is not None:
            self._run_next = True
            self._planning.cancel()
            return
        if not self._waiting():
            self._try(self._flow.retry)
        self.view.notice.dismiss()
        self.view.tell_plan("")
        self._goes_on = False
        options = self._options()
        self._job = job = Job(lambda cancel: self._flow.run(lambda: options, cancel), self)
        job.produced.connect(self._happened)
        job.failed.connect(self._fail)
        job.finished.connect(lambda: self._end(job))
        self._workers.runs.start(job)
        self.refresh()

    def pause(self) -> None:
        """Stop; the document that is being translated waits with what was done of it."""
        self._goes_on = False
        self._run_next = False
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """Leave the chosen documents out until they are tried again; the others are gone on with."""
        chosen = [file.id for file in self.view.table.files]
        self._interrupt(chosen)
        if not self._goes_on:
            self._try(lambda: self._flow.hold(chosen))
        else:
            self._held += chosen
        self.refresh()

    def retry(self) -> None:
        """Let the chosen documents wait again."""
        chosen = [file.id for file in self.view.table.files]
        self._try(lambda: self._flow.retry(chosen))
        self.refresh()
        self.plan()

    def afresh(self, file: QueuedTranslationId) -> None:
        """Read and translate a document anew that has changed."""
        self._try(lambda: self._flow.afresh(file))
        self.refresh()
        self.run()

    def remove(self) -> None:
        """Take the chosen documents out of the list; it can be undone."""
        chosen = [file.id for file in self.view.table.files]
        self._interrupt(chosen)
        gone = self._try(lambda: self._flow.remove(chosen))
        self.refresh()
        if gone:
            words = trn(
                "{count} document is out of the list. Its translation stays in the history.",
                "{count} documents are out of the list. Their translations stay in the history.",
                len(gone),
            )
            self.tell(Kind.info, words, tr("Undo"), lambda: self._restore(gone), UNDO_SECONDS)

    def plan(self) -> None:
        """Find out what the documents that wait will take; not while they are translated."""
        if self._job is not None or self._planning is not None or not self._waiting():
            self._told.tell_plan(running=self._job is not None)
            return
        options = self._options()
        self._planning = job = Job(lambda cancel: self._flow.plan(options, cancel), self)
        self.view.tell_plan(tr("Reading the documents…"))
        job.produced.connect(self._happened)
        job.failed.connect(self._fail)
        job.finished.connect(self._planned)
        self._workers.looks.start(job)

    def refresh(self) -> None:
        """Show the list as it is stored."""
        files = self._try(self._flow.files)
        if files is not None:
            self._fresh = {}
            self.view.show_files(files, running=self._job is not None)
            self.changed.emit(len(files))

    def tell(
        self,
        kind: Kind,
        words: str,
        action: str = "",
        then: Callable[[], object] | None = None,
        seconds: float = 0,
    ) -> None:
        """Say something above the list, with a button that does `then`."""
        self.view.notice.tell(kind, words, action, seconds, then)

    def close(self) -> None:
        """Let nothing reach the page any more; the store is about to close."""
        self._closed = True
        self._soon.stop()

    def _waiting(self) -> list[QueuedTranslation]:
        return [file for file in self.view.model.files if file.state is TranslationState.waiting]

    def _interrupt(self, chosen: Sequence[QueuedTranslationId]) -> None:
        """Let the run go on with the next document if the one at hand is among these."""
        if self._job is None:
            return
        # What is shown is a little behind.
        files = self._try(self._flow.files) or []
        if any(file.id in chosen and file.state is TranslationState.running for file in files):
            self._goes_on = True
            self._job.cancel()

    def _added(self, added: object) -> None:
        if self._closed or not isinstance(added, FilesAdded):
            return
        self.view.notice.dismiss()
        self.refresh()
        if not added.found:
            words = tr("There is no document here that can be translated into one of its kind.")
            self.tell(Kind.warning, words, seconds=12)
        elif not added.new:
            self.tell(Kind.info, tr("Nothing new: these documents are in the list."), seconds=8)
        self.plan()

    def _happened(self, event: object) -> None:
        if self._closed:
            return
        if isinstance(event, FilePlanned):
            self._told.take(event)
        elif isinstance(event, QueueChanged):
            self._fresh[event.file.id] = event.file
            if not self._soon.isActive():
                self._soon.start()

    def _show_fresh(self) -> None:
        """Show what has come since the last time, once for each document."""
        fresh, self._fresh = self._fresh, {}
        for file in fresh.values():
            self.view.show_file(file)
            if self._job is not None and file.translation is not None:
                self.translated.emit(file.translation)

    def _planned(self) -> None:
        if self._closed:
            return
        self._planning = None
        self.refresh()
        self._told.tell_plan(running=False)
        if self._run_next:
            self._run_next = False
            self.run()
        elif self._came_later():
            self.plan()

    def _came_later(self) -> bool:
        """Whether a document was added while the plan was made."""
        return any(file.translation is None for file in self._waiting())

    def _end(self, job: Job) -> None:
        if self._closed or self._job is not job:
            return
        self._show_fresh()
        self._job = None
        if self._held:
            held, self._held = self._held, []
            self._try(lambda: self._flow.hold(held))
        self.refresh()
        if self._goes_on and self._waiting():
            self.run()

    def _review(self) -> None:
        if chosen := self.view.table.files:
            self._open(chosen[0])

    def _open(self, file: QueuedTranslation) -> None:
        if file.translation is not None and file.total:
            self.review_requested.emit(file.translation)
        elif file.error:
            self.tell(Kind.error, file.error)
        else:
            self.tell(Kind.info, tr("This document has not been read yet."), seconds=8)

    def _restore(self, gone: Sequence[QueuedTranslation]) -> None:
        self._try(lambda: self._flow.restore(gone))
        self.refresh()
        self.plan()

    def _fail(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)

    def _try(self, step: Callable[[], T]) -> T | None:
        try:
            return step()
        except ChatDeskError as error:
            self.failed.emit(error)
            return None
