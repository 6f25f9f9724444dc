"""What the user can do with a list of files: add, remove, and have one after the other summarised."""

from __future__ import annotations

import mimetypes
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, UnitKind
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.ports import DocumentReading
from chatdesk.domain.summaries import Summary, SummaryEnded, SummaryState, SummaryWishes
from chatdesk.domain.summary_ports import Summaries, SummaryQueue
from chatdesk.domain.summary_queue import QueuedFile, QueuedId
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions

MOST_FILES = 5_000  # that are taken from a folder
LONGEST_LINE = 300  # characters
_MARKS = re.compile(r"^\s*(?:[-*+>|]|#{1,6}|\d+[.)])\s+|[*_`|]+")
_NO_DOCUMENTS = ("image/", "audio/", "video/", "font/", "application/zip", "application/x-tar")


@dataclass(frozen=True, slots=True)
class FileChanged:
    """A file of the list is in another state."""

    file: QueuedFile


@dataclass(frozen=True, slots=True)
class FilesAdded:
    """How many documents there were, and how many of them were not in the list before."""

    found: int
    new: int


class SummaryQueueFlow:
    """The list. Safe from any thread; one caller at a time may `run`. Methods raise StorageError."""

    def __init__(
        self, queue: SummaryQueue, reader: DocumentReading, summaries: Summaries, flow: SummarizeFlow
    ) -> None:
        self._queue = queue
        self._reader = reader
        self._summaries = summaries
        self._flow = flow
        self._lock = threading.Lock()

    def repair(self) -> None:
        """Let those wait that a killed process left running. Called once, before the first `run`."""
        for file in self._queue.files():
            if file.state is SummaryState.running:
                self._queue.update(replace(file, state=SummaryState.waiting))

    def files(self) -> list[QueuedFile]:
        """Return all of them in the order in which they were added."""
        return self._queue.files()

    def add(
        self, paths: Iterable[Path], wishes: SummaryWishes, cancel: CancelToken | None = None
    ) -> FilesAdded:
        """Put files, and those in folders, at the end; none when cancelled. Large folders take seconds.

        One that is in the list stays as it is, unless it has failed: then it waits for another try.
        """
        with self._lock:
            known = {file.path: file for file in self._queue.files()}
            fresh: dict[str, QueuedFile] = {}
            found = 0
            for path in documents_among(paths, cancel):
                found += 1
                there = known.get(str(path))
                if there is None:
                    fresh.setdefault(str(path), QueuedFile(str(path), wishes))
                elif there.state is SummaryState.failed:
                    self._queue.update(replace(there, state=SummaryState.waiting, problem=""))
            if cancel is not None and cancel.cancelled:
                return FilesAdded(0, 0)
            self._queue.add(list(fresh.values()))
        return FilesAdded(found, len(fresh))

    def wish(self, wishes: SummaryWishes) -> None:
        """Have the files that wait summarised in another way; those that are begun stay as they are."""
        for file in self._queue.files():
            if file.state is SummaryState.waiting and file.summary is None and file.wishes != wishes:
                self._queue.update(replace(file, wishes=wishes))

    def retry(self) -> None:
        """Let the files wait that have failed."""
        for file in self._queue.files():
            if file.state is SummaryState.failed:
                self._queue.update(replace(file, state=SummaryState.waiting, problem=""))

    def remove(self, files: Sequence[QueuedId]) -> list[QueuedFile]:
        """Take files out of the list and return them; their summaries stay."""
        wanted = set(files)
        gone = [file for file in self._queue.files() if file.id in wanted]
        self._queue.remove(files)
        return gone

    def restore(self, files: Sequence[QueuedFile]) -> None:
        """Put files back that were taken out."""
        known = {file.id for file in self._queue.files()}
        self._queue.add([file for file in files if file.id not in known])

    def run(self, options: Callable[[], SummaryOptions], cancel: CancelToken) -> Iterator[FileChanged]:
        """Summarise what waits, until nothing does or it is cancelled; what is half done waits again."""
        while not cancel.cancelled:
            file = next((each for each in self._queue.files() if each.state is SummaryState.waiting), None)
            if file is None:
                return
            file = self._keep(replace(file, state=SummaryState.running, problem=""))
            yield FileChanged(file)
            try:
                for changed in self._summarize(file, options(), cancel):
                    file = self._keep(changed)
                    yield FileChanged(file)
            except ChatDeskError as error:
                problem = f"{error.sentence} {error.hint}".strip()
                yield FileChanged(self._keep(replace(file, state=SummaryState.failed, problem=problem)))
            finally:
                if file.state is SummaryState.running:
                    self._give_back(file)

    def _summarize(
        self, file: QueuedFile, options: SummaryOptions, cancel: CancelToken
    ) -> Iterator[QueuedFile]:
        """Yield the file as it changes. Raises ChatDeskError."""
        summary = self._summaries.summary(file.summary) if file.summary is not None else None
        if summary is None:
            document = self._read(Path(file.path), cancel)
            if document is None:
                return
            summary = self._flow.begin(document, file.wishes, options, file.path)
            file = replace(file, summary=summary.id, pages=_pages(document))
            yield file
        for event in self._flow.summarize(summary, options, cancel):
            if isinstance(event, SummaryEnded) and event.summary.state is not SummaryState.stopped:
                yield _ended(file, event.summary)

    def _read(self, path: Path, cancel: CancelToken) -> Document | None:
        for event in self._reader.read(path, "", cancel):
            if isinstance(event, Document):
                return event
        return None

    def _give_back(self, file: QueuedFile) -> None:
        """Let a file wait again that was not finished; what was stored meanwhile counts."""
        now = next((each for each in self._queue.files() if each.id == file.id), None)
        if now is not None and now.state is SummaryState.running:
            self._queue.update(replace(now, state=SummaryState.waiting))

    def _keep(self, file: QueuedFile) -> QueuedFile:
        self._queue.update(file)
        return file


def documents_among(paths: Iterable[Path], cancel: CancelToken | None = None) -> Iterator[Path]:
    """Yield the files, and for a folder what may be a document in it and below, sorted by name."""
    for path in paths:
        if path.is_dir():
            yield from islice(_documents_in(path, cancel), MOST_FILES)
        else:
            yield path


def _documents_in(folder: Path, cancel: CancelToken | None) -> Iterator[Path]:
    """Look into one folder after the other: a large tree need not be known before its first file is."""
    if cancel is not None and cancel.cancelled:
        return
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:  # one that may not be read keeps nobody from the others
        return
    for path in inside:
        if path.is_dir():
            if not path.is_symlink():  # it may lead in a circle
                yield from _documents_in(path, cancel)
        elif path.is_file() and _may_be_document(path):
            yield path


def first_line(text: str) -> str:
    """Return the first words of a summary without the marks of Markdown."""
    for line in text.splitlines():
        words = _MARKS.sub("", line).strip()
        if words and any(sign.isalnum() for sign in words):
            return words[:LONGEST_LINE]
    return ""


def _may_be_document(path: Path) -> bool:
    kind = mimetypes.guess_type(path.name)[0] or ""
    return not kind.startswith(_NO_DOCUMENTS) and path.suffix.casefold() != ".gguf"


def _pages(document: Document) -> int:
    return sum(unit.kind is not UnitKind.whole for unit in document.units)


def _ended(file: QueuedFile, summary: Summary) -> QueuedFile:
    line = first_line(summary.text)
    return replace(
        file, state=summary.state, problem=summary.error, line=line, points=len(summary.points),
        language=summary.language,
    )  # fmt: skip
