"""What the user does with the translation memory: search, delete, import, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.exchange import MEMORY_SUFFIX, PairsEnded, PairsRead
from chatdesk.domain.glossaries import FileProblem, Pair
from chatdesk.domain.translation_ports import TermExchange, TranslationMemory
from chatdesk.domain.words import tr, trn
from chatdesk.flows.chat import readable
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.models.numbers import grouped
from chatdesk.ui.translate.memory_view import MemoryView
from chatdesk.ui.translate.sheet import ask_open, ask_save
from chatdesk.ui.widgets.banner import Kind

SHOWN = 500  # pairs at once
UNDO_SECONDS = 15


@dataclass(frozen=True, slots=True)
class _Progress:
    words: str
    share: float  # -1 where it is unknown


@dataclass(frozen=True, slots=True)
class _Outcome:
    kind: Kind
    words: str
    problems: tuple[FileProblem, ...] = ()


class MemoryControl(QObject):
    """One import or export at a time; what was read before a cancel is kept."""

    changed = Signal()  # pairs came or went
    failed = Signal(object)  # exception that is no ChatDeskError

    def __init__(
        self, view: MemoryView, memory: TranslationMemory, exchange: TermExchange, looks: JobRunner
    ) -> None:
        super().__init__(view)
        self.view = view
        self._memory = memory
        self._exchange = exchange
        self._looks = looks
        self._job: Job | None = None
        self._closed = False
        view.searched.connect(lambda _: self.refresh())
        view.delete_requested.connect(self.delete)
        view.import_requested.connect(self._ask_import)
        view.export_requested.connect(self._ask_export)
        view.cancel_requested.connect(self.cancel)
        view.dropped.connect(self.take_in)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def show(self) -> None:
        """Open the sheet."""
        self.refresh()
        self.view.show()
        self.view.activateWindow()
        self.view.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the pairs with the words that are searched for."""
        try:
            pairs = self._memory.pairs(self.view.search.text(), SHOWN)
            count = self._memory.count()
        except ChatDeskError as error:
            self.view.tell(Kind.error, readable(error))
            return
        self.view.show_pairs(pairs, count)

    def delete(self) -> None:
        """Forget the chosen pairs; it can be undone."""
        gone = [self.view.model.pairs[row] for row in self.view.table.chosen]
        if not gone or not self._done(lambda: self._memory.forget(gone)):
            return
        words = trn("{count} pair is deleted.", "{count} pairs are deleted.", len(gone))
        self.view.tell(Kind.info, words, tr("Undo"), lambda: self._bring_back(gone), UNDO_SECONDS)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Import files of pairs."""
        self._start(lambda cancel: self._read(paths, cancel))

    def export(self, path: Path) -> None:
        """Write all pairs into a file."""
        self._start(lambda cancel: self._write(path, cancel))

    def cancel(self) -> None:
        """End the import or export; pairs that were read stay, nothing is written."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Let nothing reach the sheet any more; the store is about to close."""
        self._closed = True

    def _start(self, work: Callable[[CancelToken], Iterator[object]]) -> None:
        if self._job is not None:
            self.view.tell(Kind.info, tr("Wait until the file before is done, or cancel it."), seconds=8)
            return
        self.view.notice.dismiss()
        self.view.show_problems(())
        self._job = job = Job(work, self)
        job.produced.connect(self._happened)
        job.failed.connect(self._fail)
        job.finished.connect(self._end)
        self.view.show_work(tr("Reading…"))
        self._looks.start(job)

    def _read(self, paths: Sequence[Path], cancel: CancelToken) -> Iterator[object]:
        count = 0
        problems: list[FileProblem] = []
        try:
            for path in paths:
                for event in self._exchange.read_pairs(path, "", "", cancel):
                    if isinstance(event, PairsRead):
                        self._memory.remember(event.pairs)
                        count += len(event.pairs)
                    elif isinstance(event, PairsEnded):
                        problems += event.problems
                    elif isinstance(event, Reading):
                        yield _Progress(_read_words(count), event.done / event.total if event.total else -1)
        except ChatDeskError as error:
            yield _Outcome(Kind.error, f"{readable(error)} {_read_words(count)}".strip(), tuple(problems))
            return
        yield _Outcome(Kind.info, _read_words(count), tuple(problems))

    def _write(self, path: Path, cancel: CancelToken) -> Iterator[object]:
        yield _Progress(tr("Writing…"), -1)
        try:
            self._exchange.write_pairs(self._memory.pairs("", self._memory.count()), path, cancel)
        except ChatDeskError as error:
            yield _Outcome(Kind.error, readable(error))
            return
        done = tr("Cancelled; nothing was written.") if cancel.cancelled else tr("Saved as {path}.")
        yield _Outcome(Kind.info, done.format(path=path))

    def _happened(self, event: object) -> None:
        if self._closed:
            return
        if isinstance(event, _Progress):
            self.view.show_work(event.words or tr("Reading…"), event.share)
        elif isinstance(event, _Outcome):
            self.view.tell(event.kind, event.words)
            self.view.show_problems(event.problems)

    def _end(self) -> None:
        self._job = None
        if not self._closed:
            self.view.show_work("")
            self.refresh()
            self.changed.emit()

    def _bring_back(self, gone: Sequence[Pair]) -> None:
        self._done(lambda: self._memory.remember(gone))

    def _done(self, step: Callable[[], object]) -> bool:
        """Whether a step could be done; where not, the user is told why."""
        try:
            step()
        except ChatDeskError as error:
            self.view.tell(Kind.error, readable(error))
            return False
        self.refresh()
        self.changed.emit()
        return True

    def _fail(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)

    def _ask_import(self) -> None:
        filters = tr("Translation memories (*{suffix})").format(suffix=MEMORY_SUFFIX)
        ask_open(self.view, tr("Import memories"), filters, self.take_in)

    def _ask_export(self) -> None:
        filters = tr("Translation memories (*{suffix})").format(suffix=MEMORY_SUFFIX)
        ask_save(self.view, tr("Translation memory"), filters, self.export)


def _read_words(count: int) -> str:
    if not count:
        return ""
    return trn("{{count}} pair is imported.", "{{count}} pairs are imported.", count).format(
        count=grouped(count)
    )
