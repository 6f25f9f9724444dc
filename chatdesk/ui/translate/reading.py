"""Reads the source while it is written: cuts it into paragraphs and tells its language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.ports import LanguageDetection
from chatdesk.tasks.segments import Segments, cut
from chatdesk.ui.jobs import Job, JobRunner

PAUSE_MS, LONG_PAUSE_MS = 150, 500  # after the last letter
LONG = 20_000  # characters from which on a text is cut beside the window


class Reading(QObject):
    """`cut_up` gives paragraphs of the text as it is now, `found` the code of its language or ""."""

    cut_up = Signal(object)  # Segments
    found = Signal(str)
    failed = Signal(object)

    def __init__(
        self, text: Callable[[], str], languages: LanguageDetection, runner: JobRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._languages = languages
        self._runner = runner
        self._job: Job | None = None
        self._read = ""
        self._size = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.read)
        self._closed = False

    @property
    def reading(self) -> bool:
        """Whether the paragraphs are not those of the text yet."""
        return self._timer.isActive() or self._job is not None

    def wait(self) -> None:
        """The text has changed: read it after a pause."""
        self._timer.start(LONG_PAUSE_MS if self._size > LONG else PAUSE_MS)

    def read(self) -> None:
        """Read the text now, unless it was read already."""
        self._timer.stop()
        text = self._text()
        if text == self._read:
            return
        self._read, self._size = text, len(text)
        if len(text) <= LONG:
            self.cut_up.emit(cut(text))
        self._look(text)

    def take(self, text: str) -> None:
        """Take a text as read, whose paragraphs are known."""
        self._timer.stop()
        self._read, self._size = text, len(text)
        self._look(text)

    def close(self) -> None:
        """Let nothing come any more."""
        self._closed = True
        self._timer.stop()

    def _look(self, text: str) -> None:
        if self._job is not None:
            self._job.cancel()

        def work(cancel: CancelToken) -> Iterator[object]:
            if len(text) > LONG:
                yield cut(text)
            yield self._languages.detect(text, cancel).language

        job = self._job = Job(work)
        job.produced.connect(lambda result: self._take(job, text, result))
        job.failed.connect(self.failed)
        job.finished.connect(lambda: self._end(job))
        self._runner.start(job)

    def _take(self, job: Job, text: str, result: object) -> None:
        if self._closed or job is not self._job or text != self._read:
            return
        if isinstance(result, Segments) and self._text() == text:
            self.cut_up.emit(result)
        elif isinstance(result, str):
            self.found.emit(result)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
