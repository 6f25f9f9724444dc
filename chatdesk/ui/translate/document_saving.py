"""Writes translated documents: one where the user says, or all beside their originals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.markup import Rewritten
from chatdesk.domain.translation_errors import TranslationGone
from chatdesk.domain.translation_ports import Translations
from chatdesk.domain.translation_queue import QueuedTranslation
from chatdesk.domain.translations import TranslationId
from chatdesk.domain.words import tr
from chatdesk.flows.chat import readable
from chatdesk.flows.translate_files import FileTranslationFlow, TextsChanged, target_path
from chatdesk.ui.jobs import Job, JobRunner


@dataclass(frozen=True, slots=True)
class Order:
    """One document to be written; `file` is None for one that is not in the list."""

    translation: TranslationId
    target: Path
    file: QueuedTranslation | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an order; `error` is readable, "" when it is written."""

    order: Order
    missing: int = 0  # paragraphs without a translation, which stay as they are
    simplified: int = 0  # paragraphs that lost their formatting
    changed: int = 0  # texts of the document that are not those that were translated
    error: str = ""


class DocumentSaving(QObject):
    """`saved` comes once for all orders of a call, when the last is written; those before a cancel count."""

    saved = Signal(object)  # list of Saved
    failed = Signal(object)  # exception

    def __init__(
        self, window: QWidget, flow: FileTranslationFlow, translations: Translations, looks: JobRunner
    ) -> None:
        super().__init__(window)
        self._window = window
        self._flow = flow
        self._translations = translations
        self._looks = looks
        self._job: Job | None = None
        self._done: list[Saved] = []
        self._closed = False

    @property
    def busy(self) -> bool:
        return self._job is not None

    def ask(
        self, translation: TranslationId, path: Path, language: str, file: QueuedTranslation | None = None
    ) -> None:
        """Let the user say where a document goes; "name.de.docx" beside it is proposed."""
        proposed = target_path(path, language)
        dialog = QFileDialog(self._window.window(), tr("Save the translated document"), str(proposed.parent))
        dialog.setObjectName("save-document-dialog")
        dialog.setNameFilters([f"*{proposed.suffix}"])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
        dialog.selectFile(proposed.name)
        dialog.fileSelected.connect(lambda name: self.write([Order(translation, Path(name), file)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_all(self, files: Sequence[QueuedTranslation]) -> None:
        """Write documents beside their originals; none takes the place of another file."""
        orders: list[Order] = []
        taken: set[Path] = set()
        for file in files:
            if file.translation is None:
                continue
            target = _free(target_path(Path(file.path), file.wishes.target), taken)
            taken.add(target)
            orders.append(Order(file.translation, target, file))
        self.write(orders)

    def write(self, orders: Sequence[Order]) -> None:
        """Write documents one after the other; one that cannot be written keeps none from the others."""
        if self._job is not None or not orders:
            return
        self._done = []
        self._job = job = Job(lambda cancel: self._written(orders, cancel), self)
        job.produced.connect(self._note)
        job.failed.connect(self._fail)
        job.finished.connect(self._end)
        self._looks.start(job)

    def cancel(self) -> None:
        """Write nothing more; what is written stays."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Let nothing reach the page any more."""
        self._closed = True

    def _written(self, orders: Sequence[Order], cancel: CancelToken) -> Iterator[Saved]:
        for order in orders:
            try:
                yield from self._one(order, cancel)
            except ChatDeskError as error:
                yield Saved(order, error=readable(error))
            if cancel.cancelled:
                return

    def _one(self, order: Order, cancel: CancelToken) -> Iterator[Saved]:
        translation = self._translations.translation(order.translation)
        if translation is None:
            raise TranslationGone(order.target.name)
        missing = sum(not segment.translation.strip() for segment in translation.segments)
        changed = 0
        for event in self._flow.write(translation, order.target, cancel):
            if isinstance(event, TextsChanged):
                changed = event.count
            if isinstance(event, Rewritten):
                yield Saved(order, missing, len(event.simplified), changed)

    def _note(self, saved: object) -> None:
        if isinstance(saved, Saved):
            self._done.append(saved)

    def _fail(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
        if not self._closed:
            self.saved.emit(self._done)


def show_folder(path: Path) -> None:
    """Open the folder of a file in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _free(path: Path, taken: set[Path]) -> Path:
    """Return a name that no other document of the same call gets, such as of two formats that write text."""
    free, number = path, 2
    while free in taken or (free != path and free.exists()):
        free = path.with_name(f"{path.stem}.{number}{path.suffix}")
        number += 1
    return free
