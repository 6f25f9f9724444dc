"""Attaches what is dropped, pasted or chosen: documents and pictures, read by a job for the message box."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog

from chatdesk.domain.chat import Attachment
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.ports import Chats
from chatdesk.domain.words import tr
from chatdesk.flows.documents import DocumentFlow
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.jobs import Flow, Job, JobRunner
from chatdesk.ui.pictures.reading import picture_of


class Attaching(QObject):
    """Documents and pictures on their way into the message box."""

    failed = Signal(object)  # exception
    model_files = Signal(object)  # list[Path]: GGUF files among what was dropped

    def __init__(self, composer: Composer, flow: DocumentFlow, chats: Chats, runner: JobRunner) -> None:
        super().__init__(composer)
        self._composer = composer
        self._flow = flow
        self._chats = chats
        self._runner = runner
        self._place = 0  # counts the questions that have stood in the message box
        composer.replaced.connect(self._forget)
        composer.files_offered.connect(self.attach)
        composer.picture_offered.connect(self.attach_picture)
        composer.attach_requested.connect(self.ask_for_files)
        composer.attachment_opened.connect(self.show_document)

    def attach(self, paths: Sequence[Path]) -> None:
        """Read files and attach them to the question that is being written."""
        models = [path for path in paths if path.suffix.casefold() == ".gguf"]
        if models:
            self.model_files.emit(models)
        documents = [path for path in paths if path not in models]
        if not documents:
            return
        self._start(lambda cancel: self._flow.attach(documents, cancel))

    def attach_picture(self, image: QImage) -> None:
        """Attach a picture that is no file, such as one from the clipboard."""
        name = tr("Pasted picture")
        self._start(lambda cancel: self._flow.attach_picture(lambda: picture_of(image, name), cancel))

    def ask_for_files(self) -> None:
        """Let the user choose documents and pictures."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._composer.window(), tr("Attach documents or pictures"), folder)
        dialog.setObjectName("attach-dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = "*.txt *.md *.markdown *.csv *.png *.jpg *.jpeg *.webp *.gif *.bmp"
        readable = tr("Text, Markdown and pictures ({kinds})").format(kinds=kinds)
        dialog.setNameFilters([readable, tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: self.attach([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_document(self, attachment: Attachment) -> None:
        """Show a document's text, or a picture, as the model gets it."""
        from chatdesk.ui.chat.document_dialog import DocumentDialog
        from chatdesk.ui.pictures.dialog import PictureDialog

        window = self._composer.window()
        dialog: QDialog
        try:
            if attachment.is_picture:
                dialog = PictureDialog(attachment, self._chats.picture(attachment.document) or b"", window)
            else:
                dialog = DocumentDialog(attachment, self._chats.document(attachment.document) or "", window)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        dialog.open()

    def _start(self, flow: Flow) -> None:
        place = self._place
        job = Job(flow, self)
        job.produced.connect(lambda made: self._take(made, place))
        job.failed.connect(self.failed)
        self._runner.start(job)

    def _forget(self) -> None:
        # What is still being read belongs to the question that stood there before.
        self._place += 1

    def _take(self, made: object, place: int) -> None:
        if isinstance(made, ChatDeskError):
            self.failed.emit(made)
        elif isinstance(made, Attachment) and place == self._place:
            self._composer.add_attachment(made)
