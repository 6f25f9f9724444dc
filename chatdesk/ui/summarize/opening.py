"""Reads the document that was dropped, pasted or chosen, on a worker thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.documents import Document, Reading
from chatdesk.domain.ports import DocumentReading
from chatdesk.domain.recognition import Recognising
from chatdesk.domain.words import tr
from chatdesk.ui.jobs import Flow, Job, JobRunner


class Opening(QObject):
    """One document at a time: the next one takes the place of what is still being read."""

    progressed = Signal(str)  # a sentence, "" when nothing is read
    opened = Signal(object, str)  # Document, path
    failed = Signal(object, str)  # exception, path

    def __init__(self, reader: DocumentReading, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._runner = runner
        self._job: Job | None = None

    @property
    def reading(self) -> bool:
        return self._job is not None

    def open(self, path: Path, password: str = "") -> None:
        """Read a file; `opened` or `failed` follows."""
        self.open_with(path, lambda cancel: self._reader.read(path, password, cancel))

    def open_with(self, path: Path, flow: Flow) -> None:
        """Have a file read by something else than the reader."""
        self.stop()
        job = Job(flow, self)
        self._job = job
        self.progressed.emit(tr("Reading “{name}”…").format(name=path.name))
        job.produced.connect(lambda event: self._receive(job, event, path))
        job.failed.connect(lambda error: self._fail(job, error, path))
        job.finished.connect(lambda: self._end(job))
        self._runner.start(job)

    def stop(self) -> None:
        """Give up what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.progressed.emit("")

    def _receive(self, job: Job, event: object, path: Path) -> None:
        if job is not self._job:
            return
        match event:
            case Reading(done, total):
                self.progressed.emit(_progress(path.name, done, total))
            case Recognising(done, total):
                self.progressed.emit(_recognised(path.name, done, total))
            case Document():
                self._job = None
                self.progressed.emit("")
                self.opened.emit(event, str(path))

    def _fail(self, job: Job, error: Exception, path: Path) -> None:
        if job is self._job:
            self._job = None
            self.progressed.emit("")
            self.failed.emit(error, str(path))

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.progressed.emit("")


def _recognised(name: str, done: int, total: int) -> str:
    sentence = tr("Recognising the text of “{name}”: {done} of {total} pages are done")
    return sentence.format(name=name, done=done, total=total)


def _progress(name: str, done: int, total: int) -> str:
    if total:
        return tr("Reading “{name}”: {done} of {total}").format(name=name, done=done, total=total)
    return tr("Reading “{name}”: {done}").format(name=name, done=done)
