"""What happens when the user has a document summarised."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation, DocumentId
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.languages import UNSURE, Detected
from chatdesk.domain.models import AUTOMATIC_TOKENS, InstalledModel, ModelLoad
from chatdesk.domain.ports import Engine, LanguageDetection, ModelRecords
from chatdesk.domain.settings import Settings
from chatdesk.domain.summaries import (
    Differences,
    Form,
    PartDone,
    Summary,
    SummaryEnded,
    SummaryEvent,
    SummaryGrew,
    SummaryPlan,
    SummaryState,
    SummaryWishes,
)
from chatdesk.domain.summary_errors import NothingBorneOut
from chatdesk.domain.summary_ports import Summaries
from chatdesk.flows.asking import Asking
from chatdesk.flows.chat import readable
from chatdesk.flows.options import options_for
from chatdesk.flows.summary_cuts import KnownCuts
from chatdesk.flows.summary_layout import lay_out, part_sizes, room_for
from chatdesk.flows.summary_parts import EarlierVersion
from chatdesk.flows.summary_plan import plan_of
from chatdesk.flows.summary_requests import SummaryRequests, asked_of
from chatdesk.flows.summary_run import ShorterContext, SummaryRun, part_requests
from chatdesk.languages.table import is_translation
from chatdesk.tasks.chunks import Measure
from chatdesk.tasks.strangers import Source
from chatdesk.tasks.tracing import borrowed, traced, without_unverified
from chatdesk.tasks.versions import differences

STORE_SECONDS = 1.0


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

    def __init__(
        self,
        engine: Engine,
        summaries: Summaries,
        models: ModelRecords | None = None,
        languages: LanguageDetection | None = None,
    ) -> None:
        """`models` know speeds and checksums and are told of answers; `languages` those of texts."""
        self._engine = engine
        self._summaries = summaries
        self._models = models
        self._languages = languages

    def begin(
        self,
        document: Document,
        wishes: SummaryWishes,
        options: SummaryOptions,
        path: str = "",
        language: str = "",
    ) -> Summary:
        """Store a document and a summary of it that is waiting; nothing is asked yet.

        `path` is of the file that it was read from, `language` the code of the document's, "" where it is not
        known yet. Raises StorageError.
        """
        ident = self._summaries.keep(document)
        summary = Summary(ident, document.name, wishes, options.model_title, path, language=language)
        self._summaries.save(summary)
        return summary

    def plan(
        self, document: Document, wishes: SummaryWishes, options: SummaryOptions, cancel: CancelToken
    ) -> Iterator[SummaryPlan]:
        """Yield one plan, none when cancelled. Takes up to seconds. Raises EngineError, StorageError."""
        wishes = asked_of(wishes, self._detected(document, cancel).language)
        # The document has no id before it is kept: the newest version by that name is the earlier one.
        planned = Summary(DocumentId(""), document.name, wishes, options.model_title)
        cuts = self._cuts(wishes, options)
        parts = cuts.parts(document) or cuts.earlier_parts(self._summaries.earlier(planned))
        measure = self._measure(options, cancel)
        layout = lay_out(document, wishes, options.context_tokens, measure, parts)
        if layout is None:
            return
        stored = self._asking(options).stored(part_requests(SummaryRequests(wishes), document, layout))
        record = self._models.record(options.load.model.path) if self._models is not None else None
        speeds = (record.reading, record.speed) if record is not None else (0.0, 0.0)
        yield plan_of(document, wishes, layout, len(stored), speeds)

    def language(self, document: Document, cancel: CancelToken) -> Iterator[Detected]:
        """Yield the language of a document once, nothing when cancelled. Takes up to seconds."""
        found = self._detected(document, cancel)
        if not cancel.cancelled:
            yield found

    def summarize(
        self, summary: Summary, options: SummaryOptions, cancel: CancelToken
    ) -> Iterator[SummaryEvent]:
        """Make a stored summary, or go on with it: what was done before is not asked again.

        It is `running` in the store meanwhile, with its text at least once a second. When cancelled it ends
        `stopped`, and everything that was finished is kept. An error ends it `failed` and is not raised.
        """
        growing = _Growing(summary, options, self._summaries)
        failure: Exception | None = None
        try:
            for event in self._events(growing, options, cancel):
                growing.take(event)
                yield event
        except ChatDeskError as error:
            failure = error
        except Exception as error:
            failure = error
            raise
        finally:
            ended = growing.finish(failure)
        yield SummaryEnded(ended)

    def differences(self, summary: Summary) -> Differences | None:
        """Return what the points of a finished summary have that those of the newest one before it, of
        another text with the same name, have not; None where there is none. Raises StorageError."""
        earlier = self._summaries.earlier(summary)
        return differences(earlier.points, summary.points) if earlier is not None else None

    def _events(
        self, growing: _Growing, options: SummaryOptions, cancel: CancelToken
    ) -> Iterator[SummaryEvent]:
        document = self._summaries.document(growing.summary.document, growing.summary.name)
        assert document is not None
        growing.learn(growing.summary.language or self._detected(document, cancel).language)
        wishes = asked_of(growing.summary.wishes, growing.summary.language)
        measure = self._measure(options, cancel)
        earlier = self._summaries.earlier(growing.summary)
        while True:
            cuts = self._cuts(wishes, options)
            before = EarlierVersion(cuts.earlier_parts(earlier), earlier.text if earlier is not None else "")
            parts = cuts.parts(document) or before.parts
            layout = lay_out(document, wishes, options.context_tokens, measure, parts)
            if layout is None:
                return
            if not layout.at_once:
                cuts.remember(document, layout.chunks)  # at once: going on has to find the same parts
            run = SummaryRun(document, wishes, layout, self._asking(options), measure, before)
            try:
                yield from run.events(options.context_tokens, cancel)
            except ShorterContext as shorter:
                options = replace(options, context_tokens=shorter.tokens)
                continue
            if run.complete:
                growing.conclude(run, document)
            return

    def _cuts(self, wishes: SummaryWishes, options: SummaryOptions) -> KnownCuts:
        sizes = part_sizes(room_for(options.context_tokens, wishes))
        return KnownCuts(
            self._summaries, self._asking(options).model, sizes, by_chapters=wishes.form is Form.chapters
        )

    def _detected(self, document: Document, cancel: CancelToken) -> Detected:
        return self._languages.detect(document.text, cancel) if self._languages is not None else UNSURE

    def _asking(self, options: SummaryOptions) -> Asking:
        return Asking(self._engine, self._summaries, self._models, options.load)

    def _measure(self, options: SummaryOptions, cancel: CancelToken) -> Measure:
        return lambda texts: self._engine.count_tokens(options.load, texts, cancel)


class _Growing:
    """A summary in the making, stored at least once a second."""

    def __init__(self, summary: Summary, options: SummaryOptions, summaries: Summaries) -> None:
        self.summary = replace(
            summary, state=SummaryState.running, text="", points=(), sentences=(), error="",
            model=options.model_title,
        )  # fmt: skip
        self._summaries = summaries
        self._complete = False
        self._text: list[str] = []
        self._stored = time.monotonic()
        summaries.save(self.summary)

    def learn(self, language: str) -> None:
        """Keep which language the document is in, "" where that is not known."""
        self.summary = replace(self.summary, language=language)

    def take(self, event: SummaryEvent) -> None:
        """Add what has come."""
        if isinstance(event, PartDone):
            self.summary = replace(self.summary, points=(*self.summary.points, *event.points))
        if isinstance(event, SummaryGrew):
            self._text.append(event.text)
        now = time.monotonic()
        if now - self._stored >= STORE_SECONDS:
            self._stored = now
            self._summaries.save(self._current())

    def conclude(self, run: SummaryRun, document: Document) -> None:
        """Lead the finished text back to the document; leave out what that does not bear out if so wished."""
        text = "".join(self._text).strip()
        points = run.points or borrowed(text, document.text)
        source = Source(document.text)
        translated = is_translation(self.summary.wishes.language, self.summary.language)
        sentences = traced(text, points, source, translated=translated)
        if self.summary.wishes.drops_unverified:
            text = without_unverified(text, sentences)
            if not text:
                raise NothingBorneOut
            sentences = traced(text, points, source, translated=translated)
        self._text = [text]
        self._complete = True
        self.summary = replace(self.summary, points=points, sentences=sentences, error=run.problem)

    def finish(self, failure: Exception | None) -> Summary:
        """Store the summary in its last state and return it."""
        state = SummaryState.done if self._complete else SummaryState.stopped
        error = self.summary.error
        if failure is not None:
            state, error = SummaryState.failed, readable(failure)
        summary = replace(self._current(), state=state, error=error)
        # A full disk must not hide the first failure, nor take away the text that stands in the window.
        with suppress(ChatDeskError):
            self._summaries.save(summary)
        return summary

    def _current(self) -> Summary:
        return replace(self.summary, text="".join(self._text))
