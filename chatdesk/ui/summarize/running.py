"""The summaries that are being made, whether they are shown or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.generation import LoadProgress, ModelReady, PromptProgress
from chatdesk.domain.summaries import (
    Chunk,
    JoiningStarted,
    PartDone,
    PartFailed,
    PartStarted,
    Point,
    Summary,
    SummaryEnded,
    SummaryGrew,
    SummaryId,
    SummaryPlan,
    SummaryState,
)
from chatdesk.domain.summary_ports import Summaries
from chatdesk.domain.words import tr
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.summarize.parts_view import PartState


@dataclass(slots=True)
class Part:
    """How far a part is."""

    chunk: Chunk
    state: PartState
    points: tuple[Point, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class Run:
    """A summary that is being made, with all that has come of it so far."""

    summary: Summary
    document: Document
    job: Job
    parts: dict[int, Part] = field(default_factory=dict)
    total: int = 0  # parts, as far as it is known
    text: str = ""
    told: str = ""  # what happens now
    stopping: bool = False
    pausing: bool = False
    deleted: bool = False  # by the user, while it was being made

    @property
    def done(self) -> int:
        """How many parts are done."""
        return sum(part.state >= PartState.done for part in self.parts.values())


class Runs(QObject):
    """One after the other: they share the model. A summary belongs to the store, not to the view of it."""

    changed = Signal(object)  # Run: what happens now, or how many parts there are
    part_changed = Signal(object, object)  # Run, Part
    grew = Signal(object, str)  # Run, the text that was added
    ended = Signal(object, object)  # Run, the Summary as it is stored
    failed = Signal(object)  # exception that the summary does not tell itself

    def __init__(
        self, flow: SummarizeFlow, summaries: Summaries, runner: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._summaries = summaries
        self._runner = runner
        self._runs: dict[SummaryId, Run] = {}
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether any summary is being made."""
        return bool(self._runs)

    def run(self, summary: SummaryId) -> Run | None:
        """Return the summary's run while it is being made."""
        return self._runs.get(summary)

    def start(self, summary: Summary, document: Document, options: SummaryOptions) -> Run:
        """Make a stored summary, or go on with it; nothing new happens while it is being made."""
        known = self._runs.get(summary.id)
        if known is not None:
            return known

        def work(cancel: CancelToken) -> Iterator[object]:
            yield from self._flow.plan(document, summary.wishes, options, cancel)
            yield from self._flow.summarize(summary, options, cancel)

        job = Job(work)
        run = Run(summary, document, job)
        run.told = tr("Waiting for the model…")
        self._runs[summary.id] = run
        job.produced.connect(lambda event: self._receive(run, event))
        job.failed.connect(lambda error: self._fail(run, error))
        job.finished.connect(lambda: self._end(run))
        self._runner.start(job)
        return run

    def stop(self, summary: SummaryId, *, pause: bool = False) -> None:
        """Stop making it; what is done is kept."""
        run = self._runs.get(summary)
        if run is not None:
            run.stopping, run.pausing = True, pause
            run.told = tr("Stopping…")
            run.job.cancel()
            self.changed.emit(run)

    def set_deleted(self, summary: SummaryId, deleted: bool) -> None:
        """Stop making a summary that the user has deleted, and let it not come back; or let it, after all."""
        run = self._runs.get(summary)
        if run is not None:
            run.deleted = deleted
            self.stop(summary)

    def close(self) -> None:
        """Let nothing that still comes from a worker thread reach the window; the store is about to close."""
        self._closed = True

    def _receive(self, run: Run, event: object) -> None:
        if self._closed:
            return
        match event:
            case SummaryPlan():
                run.total = event.parts
                self.changed.emit(run)
            case PartStarted(chunk):
                self._part(run, Part(chunk, PartState.running))
            case PartDone(chunk, points, was_stored):
                state = PartState.stored if was_stored else PartState.done
                self._part(run, Part(chunk, state, points))
            case PartFailed(chunk, problem):
                self._part(run, Part(chunk, PartState.failed, problem=problem))
            case SummaryGrew(text):
                run.text += text
                self._tell(run, tr("Writing the summary…"))
                self.grew.emit(run, text)
            case SummaryEnded(summary):
                self._finish(run, summary)
            case _:
                self._tell(run, _sentence(run, event))

    def _part(self, run: Run, part: Part) -> None:
        run.parts[part.chunk.number] = part
        self.part_changed.emit(run, part)
        self._tell(run, _reading(run))

    def _tell(self, run: Run, sentence: str) -> None:
        if sentence and sentence != run.told and not run.stopping:
            run.told = sentence
            self.changed.emit(run)

    def _finish(self, run: Run, summary: Summary) -> None:
        if run.deleted:
            self._summaries.delete(summary.id)
        elif run.pausing and summary.state is SummaryState.stopped:
            summary = replace(summary, state=SummaryState.paused)
            self._summaries.save(summary)
        self._forget(run)
        self.ended.emit(run, summary)

    def _fail(self, run: Run, error: Exception) -> None:
        if self._closed:
            return
        self._forget(run)
        self.failed.emit(error)
        stored = self._summaries.summary(run.summary.id)
        if stored is not None:
            self.ended.emit(run, stored)

    def _end(self, run: Run) -> None:
        """A run that was cancelled before its turn came has no last event."""
        if not self._closed and self._runs.get(run.summary.id) is run:
            state = SummaryState.paused if run.pausing else SummaryState.stopped
            summary = replace(run.summary, state=state)
            self._summaries.save(summary)
            self._finish(run, summary)

    def _forget(self, run: Run) -> None:
        if self._runs.get(run.summary.id) is run:
            del self._runs[run.summary.id]


def _sentence(run: Run, event: object) -> str:
    match event:
        case LoadProgress(fraction):
            return tr("Loading the model… {percent} %").format(percent=round(fraction * 100))
        case ModelReady():
            return _reading(run)
        case PromptProgress(read, total) if run.total <= 1:
            return tr("Reading the document… {percent} %").format(percent=round(100 * read / max(1, total)))
        case JoiningStarted(_, groups) if groups > 1:
            return tr("Joining the points of {count} groups of parts…").format(count=groups)
        case JoiningStarted():
            return tr("Joining the points of all parts…")
    return ""


def _reading(run: Run) -> str:
    if run.total > 1:
        return tr("{done} of {count} parts read").format(done=run.done, count=run.total)
    return tr("Reading the document…")
