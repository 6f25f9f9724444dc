"""A run over the text: its events reach the page at most thirty times a second."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import LoadProgress, ModelReady
from chatdesk.domain.translations import (
    LanguageFound,
    NamesFixed,
    SegmentAgain,
    SegmentDone,
    SegmentGrew,
    Translation,
    TranslationEnded,
    TranslationWishes,
)
from chatdesk.domain.words import tr
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translating import TranslationOptions
from chatdesk.ui.jobs import Flow, Job, JobRunner

FLUSH_MS = 33


class Run(QObject):
    """One at a time. Signals give what the flow's events say."""

    begun = Signal(object)  # Translation as it was stored
    grew = Signal(int, str)
    again = Signal(int, object)  # FindingKind
    done = Signal(object)  # Segment
    found = Signal(str)  # code of the language
    named = Signal(object)  # tuple of Terms: how the names of the text are written
    told = Signal(str)  # what happens now, "" for what the number of paragraphs tells
    ended = Signal(object)  # Translation, None where it did not begin
    failed = Signal(object)  # exception that the translation does not tell itself

    def __init__(self, flow: TranslateFlow, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._runner = runner
        self._job: Job | None = None
        self._closed = False
        self._result: Translation | None = None
        self._waiting: list[SegmentGrew | SegmentAgain | SegmentDone] = []
        self._timer = QTimer(self, interval=FLUSH_MS)
        self._timer.timeout.connect(self._flush)

    @property
    def busy(self) -> bool:
        """Whether a text is being translated."""
        return self._job is not None

    def start(
        self,
        text: str,
        wishes: TranslationWishes,
        options: TranslationOptions,
        earlier: Translation | None,
    ) -> None:
        """Translate a text; nothing happens while another one is being translated."""

        def work(cancel: CancelToken) -> Iterator[object]:
            translation = self._flow.begin(text, wishes, options, earlier)
            yield translation
            yield from self._flow.translate(translation, options, cancel)

        self._begin(work)

    def go_on(self, translation: Translation, options: TranslationOptions) -> None:
        """Translate what waits of a translation, whose paragraphs stay those that they are."""

        def work(cancel: CancelToken) -> Iterator[object]:
            yield translation
            yield from self._flow.translate(translation, options, cancel)

        self._begin(work)

    def stop(self) -> None:
        """Stop; what is done is kept."""
        if self._job is not None:
            self.told.emit(tr("Stopping…"))
            self._job.cancel()

    def close(self) -> None:
        """Let nothing reach the page any more."""
        self._closed = True
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _begin(self, work: Flow) -> None:
        if self._job is not None:
            return
        job = self._job = Job(work)
        self._result = None
        job.produced.connect(self._receive)
        job.failed.connect(self._fail)
        job.finished.connect(self._end)
        self._timer.start()
        self.told.emit(tr("Waiting for the model…"))
        self._runner.start(job)

    def _receive(self, event: object) -> None:
        if self._closed:
            return
        match event:
            case Translation():
                self._result = event
                self.begun.emit(event)
            case SegmentGrew() | SegmentAgain() | SegmentDone():
                self._waiting.append(event)
            case LanguageFound(language):
                self.found.emit(language)
            case NamesFixed(names):
                self.named.emit(names)
            case LoadProgress(fraction):
                self.told.emit(tr("Loading the model… {percent} %").format(percent=round(fraction * 100)))
            case ModelReady():
                self.told.emit("")
            case TranslationEnded(translation):
                self._result = translation

    def _flush(self) -> None:
        """Hand on what has come since the last time, what belongs together at once."""
        waiting, self._waiting = self._waiting, []
        grown: dict[int, list[str]] = {}
        for event in waiting:
            if isinstance(event, SegmentGrew):
                grown.setdefault(event.number, []).append(event.text)
            elif isinstance(event, SegmentAgain):
                grown.pop(event.number, None)
                self.again.emit(event.number, event.kind)
            else:
                grown.pop(event.segment.number, None)
                self.done.emit(event.segment)
        for number, texts in grown.items():
            self.grew.emit(number, "".join(texts))

    def _fail(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)

    def _end(self) -> None:
        self._timer.stop()
        if self._closed:
            return
        self._flush()
        self._job = None
        self.ended.emit(self._result)
