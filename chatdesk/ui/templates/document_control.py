"""The control for a document: it is picked or dropped, and read by a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from chatdesk.domain.chat import Attachment
from chatdesk.domain.document_errors import DocumentEncrypted
from chatdesk.domain.documents import SUFFIXES
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.templates import Value
from chatdesk.domain.words import tr
from chatdesk.flows.documents import BeingRead, DocumentFlow, ReadInPart
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.elided import ElidedLabel


@dataclass(frozen=True, slots=True)
class DocumentRooms:
    """What reads documents."""

    flow: DocumentFlow
    runner: JobRunner


class DocumentControl(QWidget):
    """Shows the name of its document; one that cannot be read is told in `refused`."""

    altered = Signal()
    refused = Signal(str)  # a readable sentence

    def __init__(self, rooms: DocumentRooms) -> None:
        super().__init__()
        self._rooms = rooms
        self._attachment: Attachment | None = None
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self._told = ElidedLabel(tone="muted", middle=True)
        self.pick = push_button("pick-document", tr("Choose a file…"))
        self.remove = push_button("remove-document", tr("Remove"))
        self.remove.hide()
        for button in (self.pick, self.remove):
            button.setAutoDefault(False)
        self.setFocusProxy(self.pick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told, 1)
        row.addWidget(self.remove)
        row.addWidget(self.pick)
        self.pick.clicked.connect(self._ask)
        self.remove.clicked.connect(lambda: self._show(None))
        self._told.tell(tr("None yet; a file can be dropped here."))

    @property
    def reading(self) -> bool:
        return self._job is not None

    def value(self) -> Value:
        return self._attachment or ""

    def read(self, paths: Sequence[Path], password: str = "") -> None:
        """Read the first of these files in place of what is there."""
        self.stop()
        first = list(paths)[:1]
        job = Job(lambda cancel: self._rooms.flow.attach(first, cancel, password), self)
        self._job = job
        self._told.tell(tr("Reading “{name}” …").format(name=first[0].name))
        job.produced.connect(lambda made: self._take(made, job))
        job.failed.connect(lambda error: self._refuse(error, job))
        job.finished.connect(lambda: self._end(job))
        self._rooms.runner.start(job)

    def stop(self) -> None:
        """Give up what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := local_files(event.mimeData()):
            event.acceptProposedAction()
            self.read(files)

    def _ask(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self.window(), tr("Choose a file"), folder)
        dialog.setObjectName("template-document-dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        dialog.setNameFilters([tr("Documents ({kinds})").format(kinds=kinds), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.read([Path(name)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, made: object, job: Job) -> None:
        if job is not self._job:
            return
        match made:
            case Attachment():
                self._job = None
                self._show(made)
            case DocumentEncrypted():
                self._ask_for_password(made)
            case ChatDeskError():
                self._refuse(made, job)
            case BeingRead() | ReadInPart():
                pass

    def _refuse(self, error: Exception, job: Job) -> None:
        if job is self._job:
            sentence = error.sentence if isinstance(error, ChatDeskError) else tr("It cannot be read.")
            self.refused.emit(sentence)

    def _ask_for_password(self, error: DocumentEncrypted) -> None:
        from chatdesk.ui.widgets.password_dialog import PasswordDialog

        dialog = PasswordDialog(error.sentence, self.window())
        dialog.given.connect(lambda password: self.read([error.path], password))
        dialog.open()

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._show(self._attachment)

    def _show(self, attachment: Attachment | None) -> None:
        self._attachment = attachment
        self.remove.setVisible(attachment is not None)
        self._told.tell(
            f"{attachment.name} · {attachment.length}"
            if attachment
            else tr("None yet; a file can be dropped here.")
        )
        self.altered.emit()
