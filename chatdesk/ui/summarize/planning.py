"""The document that is open and not summarised yet: what is wished of it, and what that will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.languages import Detected
from chatdesk.domain.summaries import SummaryPlan
from chatdesk.domain.words import tr
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.shortcuts import bind_within
from chatdesk.ui.summarize.plan_view import PlanView
from chatdesk.ui.summarize.words import count_of_units, plan_sentence
from chatdesk.ui.widgets.banner import Kind


class Planning(QObject):
    """Each choice makes another plan; the one before is given up."""

    begun = Signal(object, object)  # Summary that is stored and waits, its Document
    failed = Signal(object)  # exception that is no ChatDeskError

    def __init__(
        self,
        view: PlanView,
        flow: SummarizeFlow,
        runner: JobRunner,
        options: Callable[[], SummaryOptions],
        busy: Callable[[], bool],
    ) -> None:
        """`busy` says whether the model makes a summary now, so that counting has to wait."""
        super().__init__(view)
        self._view = view
        self._flow = flow
        self._runner = runner
        self._options = options
        self._busy = busy
        self._document: Document | None = None
        self._path = ""
        self._language = ""  # code of the document's, "" where it is not known
        self._job: Job | None = None
        self._looking: Job | None = None
        view.wishes.changed.connect(self.plan)
        view.run_requested.connect(self.begin)
        bind_within(view, "translate", self.begin)

    @property
    def document(self) -> Document | None:
        """The document that is open, None before the first one and once its summary has begun."""
        return self._document

    def show(self, document: Document, path: str) -> None:
        """Plan another document; `path` is of its file, "" for a text that was pasted."""
        self._document, self._path = document, path
        self._view.show_document(document)
        self._look_for_language(document)
        self._view.run.setFocus(Qt.FocusReason.OtherFocusReason)
        self.plan()

    def plan(self) -> None:
        """Say what the summary will take as it is wished now."""
        if self._job is not None:
            self._job.cancel()
        if self._document is None:
            return
        document, wishes, options = self._document, self._view.wishes.wishes(), self._options()

        def work(cancel: CancelToken) -> Iterator[object]:
            yield from self._flow.plan(document, wishes, options, cancel)

        job = self._job = Job(work, self)
        units, title = count_of_units(document), options.model_title
        job.produced.connect(lambda plan: self._planned(job, plan, units, title))
        job.failed.connect(lambda error: self._fail(job, error))
        waits = self._busy()
        self._view.show_plan(tr("Counting, once the model is free…") if waits else tr("Counting…"))
        self._runner.start(job)

    def begin(self) -> None:
        """Store the summary as one that waits; `begun` follows."""
        if self._document is None:
            return
        document, self._document = self._document, None
        if self._job is not None:
            self._job.cancel()
        try:
            wishes = self._view.wishes.wishes()
            summary = self._flow.begin(document, wishes, self._options(), self._path, self._language)
        except ChatDeskError as error:
            self._document = document
            self._view.notice.tell(Kind.error, f"{error.sentence} {error.hint}".strip())
            return
        self.begun.emit(summary, document)

    def _look_for_language(self, document: Document) -> None:
        self._language = ""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = job = Job(lambda cancel: self._flow.language(document, cancel), self)
        job.produced.connect(lambda found: self._found_language(job, found))
        job.failed.connect(self.failed)
        self._runner.start(job)

    def _found_language(self, job: Job, found: object) -> None:
        if job is self._looking and isinstance(found, Detected):
            self._language = found.language
            self._view.show_language(found.language)

    def _planned(self, job: Job, plan: object, units: str, model: str) -> None:
        if job is self._job and isinstance(plan, SummaryPlan):
            self._view.show_plan(plan_sentence(plan, units, model))

    def _fail(self, job: Job, error: Exception) -> None:
        if job is not self._job:
            return
        if isinstance(error, ChatDeskError):
            self._view.show_plan(f"{error.sentence} {error.hint}".strip())
        else:
            self.failed.emit(error)
