"""The dialog in which one sets what counts in the chats of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat import Attachment, Folder
from chatdesk.domain.documents import SUFFIXES
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.flows.documents import DocumentFlow
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.label import Label


class FolderDialog(QDialog):
    """Name, system prompt, model and documents. What is left empty comes from the folder around it."""

    saved = Signal(object)  # Folder

    def __init__(
        self,
        folder: Folder,
        models: Sequence[InstalledModel],
        documents: DocumentFlow,
        runner: JobRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("folder-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Folder settings"))
        self.setModal(True)
        self.setAcceptDrops(True)
        self._folder = folder
        self._flow = documents
        self._runner = runner
        self._jobs: list[Job] = []
        self.name = QLineEdit(folder.name)
        self.name.setObjectName("folder-name")
        self.name.setAccessibleName(tr("Name of the folder"))
        self.system = QPlainTextEdit(folder.system)
        self.system.setObjectName("folder-system")
        self.system.setAccessibleName(tr("System prompt"))
        self.system.setPlaceholderText(tr("What the model is told before every chat in this folder."))
        self.system.setTabChangesFocus(True)
        self.model = _model_choice(models, folder.model)
        self.documents = QListWidget()
        self.documents.setObjectName("folder-documents")
        self.documents.setAccessibleName(tr("Documents"))
        self.add = push_button("folder-add", tr("Add documents…"), "", "file-plus")
        self.take = push_button("folder-take", tr("Remove"))
        self.told = _told_choice(folder)
        self.note = Label("", 9, tone="muted").wrap()
        self.note.setObjectName("folder-note")
        self.save = push_button("folder-save", tr("Save"), "primary")
        self._arrange()
        self.add.clicked.connect(self._ask_files)
        self.take.clicked.connect(self._take)
        self.name.textChanged.connect(lambda _: self._show_usable())
        self.documents.itemSelectionChanged.connect(self._show_usable)
        self.finished.connect(self._stop)
        follow(self, self._restyle)
        for each in folder.documents:
            self._show_document(each)
        self._show_usable()

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and put them into the list."""
        self.note.setText(tr("Reading…"))
        job = Job(lambda cancel: self._flow.attach(paths, cancel), self)
        self._jobs.append(job)
        job.produced.connect(self._made)
        job.failed.connect(self._made)
        job.finished.connect(lambda: self._read(job))
        self._runner.start(job)
        self._show_usable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.documents.hasFocus():
            self._take()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.read(local_files(event.mimeData()))

    def _made(self, made: object) -> None:
        if isinstance(made, Attachment) and made.is_picture:
            self.note.setText(tr("“{name}” is a picture. A folder takes documents.").format(name=made.name))
        elif isinstance(made, Attachment) and made.document not in {each.document for each in self._listed()}:
            self._show_document(made)
        elif isinstance(made, ChatDeskError):
            self.note.setText(f"{made.sentence} {made.hint}".strip())

    def _read(self, job: Job) -> None:
        self._jobs.remove(job)
        if self.note.text() == tr("Reading…"):
            self.note.setText("")
        self._show_usable()

    def _show_document(self, document: Attachment) -> None:
        sign = icon("file-text", colours().muted)
        item = QListWidgetItem(sign, f"{document.name} · {document.length}", self.documents)
        item.setData(Qt.ItemDataRole.UserRole, document)
        self._show_usable()

    def _listed(self) -> tuple[Attachment, ...]:
        items = [self.documents.item(row) for row in range(self.documents.count())]
        documents = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        return tuple(replace(each, passages=self.told.currentData()) for each in documents)

    def _take(self) -> None:
        for item in self.documents.selectedItems():
            self.documents.takeItem(self.documents.row(item))
        self._show_usable()

    def _ask_files(self) -> None:
        dialog = QFileDialog(self, tr("Add documents"))
        dialog.setObjectName("folder-files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([tr("Documents ({kinds})").format(kinds=kinds), tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: self.read([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self) -> None:
        folder = replace(
            self._folder,
            name=" ".join(self.name.text().split()),
            system=self.system.toPlainText().replace("\0", "").strip(),
            model=self.model.currentData(),
            documents=self._listed(),
        )
        self.accept()
        if folder != self._folder:
            self.saved.emit(folder)

    def _stop(self) -> None:
        for job in self._jobs:
            job.cancel()

    def _show_usable(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()) and not self._jobs)
        self.take.setEnabled(bool(self.documents.selectedItems()))
        self.told.setVisible(self.documents.count() > 0)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(6)
        for title, field, stretch in (
            (tr("Name"), self.name, 0),
            (tr("System prompt"), self.system, 3),
            (tr("Model"), self.model, 0),
            (tr("Documents"), self.documents, 2),
        ):
            heading = Label(title, bold=True)
            heading.setBuddy(field)
            column.addWidget(heading)
            column.addWidget(field, stretch)
            column.addSpacing(6)
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.take)
        row.addWidget(self.note, 1)
        column.addLayout(row)
        column.addSpacing(8)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(round(scaled(560)), round(scaled(620)))

    def _restyle(self, now: Colours) -> None:
        self.setStyleSheet(
            sheets.page(now)
            + f"""
#folder-documents {{ background: {now.base}; border: 1px solid {now.outline}; border-radius: 8px;
    padding: 4px; outline: none; color: {now.text}; }}
#folder-documents::item {{ border-radius: 6px; padding: 5px; color: {now.text}; }}
#folder-documents::item:selected {{ background: {now.bubble}; }}
"""
        )


def _model_choice(models: Sequence[InstalledModel], chosen: str) -> Choice:
    choice = Choice()
    choice.setObjectName("folder-model")
    choice.setAccessibleName(tr("Model"))
    choice.addItem(tr("As everywhere"), "")
    for model in models:
        if not model.problem:
            choice.addItem(model.title, str(model.path))
    if chosen and choice.findData(chosen) < 0:
        choice.addItem(tr("{name} (not there now)").format(name=Path(chosen).name), chosen)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
    return choice


def _told_choice(folder: Folder) -> Choice:
    choice = Choice()
    choice.setObjectName("folder-told")
    choice.setAccessibleName(tr("What the model is told of the documents"))
    choice.addItem(tr("Told whole before every chat in this folder"), False)
    choice.addItem(tr("Told by the most relevant passages for each question"), True)
    choice.setCurrentIndex(int(any(each.passages for each in folder.documents)))
    return choice
