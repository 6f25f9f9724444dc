"""What the user can do with a list of documents: add, remove, and have one after the other translated."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError, DocumentError
from chatdesk.domain.translation_ports import TranslationQueue, Translations
from chatdesk.domain.translation_queue import QueuedTranslation, QueuedTranslationId
from chatdesk.domain.translations import (
    SegmentDone,
    SegmentState,
    Translation,
    TranslationEnded,
    TranslationPlan,
    TranslationState,
    TranslationWishes,
)
from chatdesk.flows.chat import readable
from chatdesk.flows.summary_queue import FilesAdded, documents_among
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translate_files import FileBegun, FileTranslationFlow
from chatdesk.flows.translating import TranslationOptions

_RESTING = (TranslationState.failed, TranslationState.stopped, TranslationState.done)
_TOLD_EVERY = 20  # paragraphs between two notes of how far a file is, in the store


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """A file of the list is in another state."""

    file: QueuedTranslation


@dataclass(frozen=True, slots=True)
class FilePlanned:
    """What a file that waits will take; `notes` are readable: what of it is not translated."""

    file: QueuedTranslation
    plan: TranslationPlan
    notes: tuple[str, ...]


class TranslationQueueFlow:
    """The list. Safe from any thread; one caller at a time may `run`. Methods raise StorageError."""

    def __init__(
        self,
        queue: TranslationQueue,
        translations: Translations,
        files: FileTranslationFlow,
        flow: TranslateFlow,
    ) -> None:
        self._queue = queue
        self._translations = translations
        self._files = files
        self._flow = flow
        self._lock = threading.Lock()

    def repair(self) -> None:
        """Let those wait that a killed process left running. Called once, before the first `run`."""
        for file in self._queue.files():
            if file.state is TranslationState.running:
                self._queue.update(replace(file, state=TranslationState.waiting))

    def files(self) -> list[QueuedTranslation]:
        """Return all of them in the order in which they were added."""
        return self._queue.files()

    def add(
        self, paths: Iterable[Path], wishes: TranslationWishes, cancel: CancelToken | None = None
    ) -> FilesAdded:
        """Put files, and those in folders that can be translated, at the end; none when cancelled.

        One that waits in the list for the same language stays as it is; one that has failed waits again.
        """
        with self._lock:
            known = {(file.path, file.wishes.target): file for file in self._queue.files()}
            fresh: dict[str, QueuedTranslation] = {}
            found = 0
            for path in documents_among(paths, cancel):
                if not self._files.takes(path):
                    continue
                found += 1
                there = known.get((str(path), wishes.target))
                if there is None or there.state is TranslationState.done:
                    fresh.setdefault(str(path), QueuedTranslation(str(path), path.name, wishes))
                elif there.state is TranslationState.failed:
                    self._queue.update(replace(there, state=TranslationState.waiting, error=""))
            if cancel is not None and cancel.cancelled:
                return FilesAdded(0, 0)
            self._queue.add(list(fresh.values()))
        return FilesAdded(found, len(fresh))

    def retry(self, files: Sequence[QueuedTranslationId] | None = None) -> None:
        """Let files wait again that are not worked on, or without `files` all that have failed."""
        for file in self._queue.files():
            wanted = file.state is TranslationState.failed if files is None else file.id in files
            if wanted and file.state in _RESTING:
                self._queue.update(replace(file, state=TranslationState.waiting, error=""))

    def hold(self, files: Sequence[QueuedTranslationId]) -> None:
        """Let files that wait be left out, until they are tried again."""
        for file in self._queue.files():
            if file.id in files and file.state is TranslationState.waiting:
                self._queue.update(replace(file, state=TranslationState.stopped))

    def afresh(self, file: QueuedTranslationId) -> None:
        """Let a file that has changed be read and translated anew; the history keeps what was made of it."""
        for each in self._queue.files():
            if each.id == file and each.state is not TranslationState.running:
                waiting = TranslationState.waiting
                self._queue.update(
                    replace(each, state=waiting, error="", done=0, total=0, target="", translation=None)
                )

    def plan(self, options: TranslationOptions, cancel: CancelToken) -> Iterator[FilePlanned | QueueChanged]:
        """Read the files that wait and tell what each will take; one that cannot be read has failed.

        Not to be called during `run`. Raises EngineError, StorageError.
        """
        for file in self._queue.files():
            if file.state is not TranslationState.waiting:
                continue
            if cancel.cancelled:
                return
            try:
                yield from self._planned(file, options, cancel)
            except DocumentError as error:
                failed = replace(file, state=TranslationState.failed, error=readable(error))
                yield QueueChanged(self._keep(failed))

    def remove(self, files: Sequence[QueuedTranslationId]) -> list[QueuedTranslation]:
        """Take files out of the list and return them; their translations stay in the history."""
        wanted = set(files)
        gone = [file for file in self._queue.files() if file.id in wanted]
        self._queue.remove(files)
        return gone

    def restore(self, files: Sequence[QueuedTranslation]) -> None:
        """Put files back that were taken out."""
        known = {file.id for file in self._queue.files()}
        self._queue.add([file for file in files if file.id not in known])

    def saved(self, file: QueuedTranslation, target: Path) -> QueuedTranslation:
        """Note where the translated file has been written."""
        return self._keep(replace(file, target=str(target)))

    def run(self, options: Callable[[], TranslationOptions], cancel: CancelToken) -> Iterator[QueueChanged]:
        """Translate what waits, until nothing does or it is cancelled; what is half done waits again."""
        while not cancel.cancelled:
            waiting = (each for each in self._queue.files() if each.state is TranslationState.waiting)
            file = next(waiting, None)
            if file is None:
                return
            file = self._keep(replace(file, state=TranslationState.running, error=""))
            yield QueueChanged(file)
            try:
                for changed in self._translate(file, options(), cancel):
                    file = changed
                    yield QueueChanged(file)
            except ChatDeskError as error:
                file = self._keep(replace(file, state=TranslationState.failed, error=readable(error)))
                yield QueueChanged(file)
            finally:
                if file.state is TranslationState.running:
                    self._keep(replace(file, state=TranslationState.waiting))

    def _planned(
        self, file: QueuedTranslation, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[FilePlanned | QueueChanged]:
        begun = self._begun(file, options, cancel)
        if begun is None:
            return
        file = _counted(file, begun.translation)
        yield QueueChanged(self._keep(file))
        for plan in self._flow.plan(begun.translation, options, cancel):
            yield FilePlanned(file, plan, begun.notes)

    def _translate(
        self, file: QueuedTranslation, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[QueuedTranslation]:
        """Yield the file as it changes. Raises ChatDeskError."""
        begun = self._begun(file, options, cancel)
        if begun is None:
            return
        translation = begun.translation
        file = _counted(file, translation)
        done = file.done
        yield self._keep(file)
        for event in self._flow.translate(translation, options, cancel):
            if isinstance(event, SegmentDone):
                done += 1
                file = replace(file, done=min(done, file.total))
                if done % _TOLD_EVERY == 0:
                    self._keep(file)
                yield file
            if (
                isinstance(event, TranslationEnded)
                and event.translation.state is not TranslationState.stopped
            ):
                yield self._keep(replace(file, state=event.translation.state, error=event.translation.error))

    def _begun(
        self, file: QueuedTranslation, options: TranslationOptions, cancel: CancelToken
    ) -> FileBegun | None:
        """Return what was made of a file before, or read it; None when cancelled. Raises DocumentError."""
        stored = self._translations.translation(file.translation) if file.translation is not None else None
        if stored is not None:
            return FileBegun(stored, ())
        for event in self._files.begin(Path(file.path), file.wishes, options, cancel):
            if isinstance(event, FileBegun):
                return event
        return None

    def _keep(self, file: QueuedTranslation) -> QueuedTranslation:
        self._queue.update(file)
        return file


def _counted(file: QueuedTranslation, translation: Translation) -> QueuedTranslation:
    finished = (SegmentState.done, SegmentState.confirmed)
    done = sum(segment.state in finished for segment in translation.segments)
    return replace(file, translation=translation.id, total=len(translation.segments), done=done)
