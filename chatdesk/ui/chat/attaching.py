"""Attaches what is dropped, pasted or chosen: documents and pictures, read by a job for the message box."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog

from chatdesk.domain.chat import Attachment, Source
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.document_errors import DocumentEncrypted
from chatdesk.domain.documents import SUFFIXES
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.flows.documents import BeingRead, DocumentFlow, ReadInPart
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.reading_notes import notes_sentence
from chatdesk.ui.jobs import Flow, Job, JobRunner
from chatdesk.ui.pictures.reading import picture_of


class Attaching(QObject):
    """Documents and pictures on their way into the message box."""

    failed = Signal(object)  # exception
    told = Signal(str)  # what is missing of a document that was attached
    pasted = Signal()  # a long text was attached; `take_back` puts it into the message
    model_files = Signal(object)  # list[Path]: GGUF files among what was dropped

    def __init__(self, composer: Composer, flow: DocumentFlow, chats: Chats, runner: JobRunner) -> None:
        super().__init__(composer)
        self._composer = composer
        self.flow = flow
        self._chats = chats
        self._runner = runner
        self._jobs: list[Job] = []  # for the question that stands in the message box
        self._read_now: dict[Job, BeingRead] = {}
        self._pasted = ""  # the long text that was pasted last
        self._pasted_as: Attachment | None = None
        self._pasting: Job | None = None
        composer.replaced.connect(self.stop)
        composer.box.text_offered.connect(self.attach_text)
        composer.box.paste_taken_back.connect(self.take_back)
        composer.reading_stopped.connect(self.stop)
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
        self._start(lambda cancel: self.flow.attach(documents, cancel))

    def stop(self) -> None:
        """Give up what is being read: it belongs to the question that stood in the box before."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self._read_now.clear()
        self._show_reading()

    def attach_picture(self, image: QImage) -> None:
        """Attach a picture that is no file, such as one from the clipboard."""
        name = tr("Pasted picture")
        self._start(lambda cancel: self.flow.attach_picture(lambda: picture_of(image, name), cancel))

    def attach_text(self, text: str) -> None:
        """Attach a long text that was pasted."""
        name = tr("Pasted text")
        self._pasted = text
        self._pasting = self._start(lambda cancel: self.flow.attach_text(name, text, cancel))

    @property
    def can_take_back(self) -> bool:
        """Whether the long text that was pasted last is still attached to the question in the box."""
        return bool(self._pasted) and self._pasted_as in self._composer.draft().attachments

    def take_back(self) -> None:
        """Put the long text that was pasted last into the message, in place of its attachment."""
        if self.can_take_back:
            text, self._pasted = self._pasted, ""
            attached = self._composer.draft().attachments
            self._composer.change_attachments(tuple(each for each in attached if each != self._pasted_as))
            self._composer.box.insertPlainText(text)
            self._composer.box.ensureCursorVisible()
            self._composer.box.setFocus()

    def ask_for_files(self) -> None:
        """Let the user choose documents and pictures."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._composer.window(), tr("Attach documents or pictures"), folder)
        dialog.setObjectName("attach-dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        documents = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        pictures = "*.png *.jpg *.jpeg *.webp *.gif *.bmp"
        dialog.setNameFilters(
            [
                tr("Documents and pictures ({kinds})").format(kinds=f"{documents} {pictures}"),
                tr("Documents ({kinds})").format(kinds=documents),
                tr("Pictures ({kinds})").format(kinds=pictures),
                tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(lambda names: self.attach([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_source(self, source: Source) -> None:
        """Show the passage of a document that an answer was given, marked."""
        from chatdesk.ui.chat.document_dialog import DocumentDialog

        try:
            text = self._chats.document(source.document)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if text is None:
            self.told.emit(tr("“{name}” is not kept any more.").format(name=source.name))
            return
        attachment = Attachment(source.document, source.name, len(text.split()))
        DocumentDialog(attachment, text, self._composer.window(), source).open()

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

    def _start(self, flow: Flow) -> Job:
        job = Job(flow, self)
        self._jobs.append(job)
        job.produced.connect(lambda made: self._take(made, job))
        job.failed.connect(self.failed)
        job.finished.connect(lambda: self._end(job))
        self._runner.start(job)
        return job

    def _take(self, made: object, job: Job) -> None:
        if job not in self._jobs:
            return
        self._read_now.pop(job, None)
        if isinstance(made, BeingRead):
            self._read_now[job] = made
        self._show_reading()
        match made:
            case ReadInPart(name, notes):
                self.told.emit(notes_sentence(name, notes))
            case DocumentEncrypted():
                self._ask_for_password(made)
            case ChatDeskError():
                self.failed.emit(made)
            case Attachment():
                self._composer.add_attachment(made)
                if job is self._pasting:
                    self._pasted_as = made
                    self.pasted.emit()

    def _end(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
            self._read_now.pop(job, None)
            self._show_reading()

    def _show_reading(self) -> None:
        now = next(iter(self._read_now.values()), None)
        self._composer.show_reading(now.name if now else "", now.reading if now else None)

    def _ask_for_password(self, error: DocumentEncrypted) -> None:
        from chatdesk.ui.widgets.password_dialog import PasswordDialog

        dialog = PasswordDialog(error.sentence, self._composer.window())
        self._composer.replaced.connect(dialog.reject)  # it was asked for the question before
        dialog.given.connect(
            lambda password: self._start(lambda cancel: self.flow.attach([error.path], cancel, password))
        )
        dialog.open()
