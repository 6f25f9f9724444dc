"""What happens when the user has a document summarised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from chatdesk import paths
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.models import AUTOMATIC_TOKENS, InstalledModel, ModelLoad
from chatdesk.domain.ports import Engine, ModelRecords, Summaries
from chatdesk.domain.settings import Settings
from chatdesk.domain.summaries import (
    Chunk,
    Differences,
    PartDone,
    PartStarted,
    Point,
    Summary,
    SummaryEnded,
    SummaryEvent,
    SummaryGrew,
    SummaryPlan,
    SummaryState,
    SummaryWishes,
)
from chatdesk.domain.words import tr
from chatdesk.flows.asking import Answered, Asking, Told
from chatdesk.flows.options import options_for
from chatdesk.tasks.points import as_bullets, read_points
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import request_for


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """With which model a document is summarised."""

    load: ModelLoad
    model_title: str
    context_tokens: int  # as many as the model will have; it may turn out to be fewer where memory is short


def summary_options(settings: Settings, model: InstalledModel) -> SummaryOptions:
    """Return how documents are summarised with this model."""
    load = options_for(Conversation(), settings, model).load
    trained = model.header.context_tokens if model.header is not None else 0
    context = load.context_tokens or min(trained or AUTOMATIC_TOKENS, AUTOMATIC_TOKENS)
    return SummaryOptions(load, model.title, context)


class SummarizeFlow:
    """Summaries of documents: planned, made, stopped and gone on with, compared."""

    def __init__(self, engine: Engine, summaries: Summaries, models: ModelRecords | None = None) -> None:
        """`models` know speeds and checksums, and are told of each answer."""
        self._engine = engine
        self._summaries = summaries
        self._models = models

    def begin(
        self, document: Document, wishes: SummaryWishes, options: SummaryOptions, path: str = ""
    ) -> Summary:
        """Store a document and a summary of it that is waiting; nothing is asked yet.

        `path` is of the file that it was read from. Raises StorageError.
        """
        ident = self._summaries.keep(document)
        summary = Summary(ident, document.name, wishes, options.model_title, path)
        self._summaries.save(summary)
        return summary

    def plan(
        self, document: Document, wishes: SummaryWishes, options: SummaryOptions, cancel: CancelToken
    ) -> Iterator[SummaryPlan]:
        """Yield one plan, none when cancelled. Takes up to seconds. Raises EngineError, StorageError."""
        (tokens,) = self._engine.count_tokens(options.load, [document.text], cancel) or (0,)
        if not cancel.cancelled:
            yield SummaryPlan(len(document.units), tokens, 1, 0, 0, None)

    def summarize(
        self, summary: Summary, options: SummaryOptions, cancel: CancelToken
    ) -> Iterator[SummaryEvent]:
        """Make a stored summary, or go on with it: what was done before is not asked again.

        It is `running` in the store meanwhile, with its text at least once a second. When cancelled it ends
        `stopped`, and everything that was finished is kept. An error ends it `failed` and is not raised.
        """
        summary = replace(summary, state=SummaryState.running, text="", error="", model=options.model_title)
        self._summaries.save(summary)
        try:
            document = self._summaries.document(summary.document, summary.name)
            assert document is not None
            chunk = Chunk(1, 0, len(document.text))
            yield PartStarted(chunk)
            task = read_task(paths.task_file("points"))
            wishes = summary.wishes
            values = {"text": document.text, "language": wishes.language, "focus": wishes.focus}
            request = request_for(task, values, {"length": wishes.length.value})
            asking = Asking(self._engine, self._summaries, self._models, options.load)
            for event in asking.answers([request], lambda text: bool(read_points(text)), cancel):
                match event:
                    case Answered(_, text):
                        points = tuple(Point(each.text, each.quote) for each in read_points(text))
                        yield PartDone(chunk, points, event.was_stored)
                        bullets = as_bullets([point.text for point in points])
                        yield SummaryGrew(bullets)
                        summary = replace(summary, state=SummaryState.done, text=bullets, points=points)
                    case Told():
                        pass
        except ChatDeskError as error:
            summary = replace(summary, state=SummaryState.failed, error=f"{error.sentence} {error.hint}")
        except Exception:
            sentence = tr("Something went wrong inside ChatDesk. The log in the data folder has the details.")
            summary = replace(summary, state=SummaryState.failed, error=sentence)
            raise
        finally:
            if summary.state is SummaryState.running:
                summary = replace(summary, state=SummaryState.stopped)
            with suppress(ChatDeskError):
                self._summaries.save(summary)
        yield SummaryEnded(summary)

    def differences(self, summary: Summary) -> Differences | None:
        """Return what the points of a finished summary have that those of the newest one before it, of
        another text with the same name, have not; None where there is none."""
        return None
