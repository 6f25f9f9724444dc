"""Moves the folder of models: asks where to and whether, shows how far it is, and lets it be stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from chatdesk.domain.words import tr
from chatdesk.flows.model_files import FileProgress
from chatdesk.flows.models_folder import FolderContent, FolderFlow, FolderMoved
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.models.folder import content_words
from chatdesk.ui.models.library import LibraryView
from chatdesk.ui.models.state_panel import failure_words
from chatdesk.ui.widgets.banner import Kind

STEP = 5  # percent between two notices: a screen reader says each


class FolderController(QObject):
    """`moved` comes before the settings name the new places."""

    moved = Signal(object)  # Mapping of the old Path of each file to its new one

    def __init__(
        self,
        view: LibraryView,
        flow: FolderFlow,
        settings: CurrentSettings,
        runner: JobRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._flow = flow
        self._settings = settings
        self._runner = runner
        self._content = FolderContent(0, 0)
        self._counting: Job | None = None
        self._moving: Job | None = None
        self._ended = False  # the running move has told how it ended
        self._closed = False
        view.shown.connect(self.show)
        view.folder.move_requested.connect(self._ask_where)
        settings.changed.connect(lambda _: self.show())
        self.show()

    def show(self) -> None:
        """Show the folder, and what is in it as soon as that is counted."""
        if self._closed:
            return
        folder = self._flow.folder(self._settings.value)
        self._view.folder.show_folder(folder)
        if self._counting is not None:
            self._counting.cancel()
        job = self._counting = Job(lambda cancel: self._flow.content(folder, cancel))
        job.produced.connect(lambda content: self._show_content(job, content))
        self._runner.start(job)

    def close(self) -> None:
        """Count nothing any more; a running move is about to be stopped."""
        self._closed = True

    def _show_content(self, job: Job, content: FolderContent) -> None:
        if job is self._counting:
            self._content = content
            self._view.folder.show_content(content)

    def _ask_where(self) -> None:
        now = self._flow.folder(self._settings.value)
        dialog = QFileDialog(self._view, tr("New folder for models"), str(now.parent))
        dialog.setObjectName("move-folder-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.ask)
        dialog.open()

    def ask(self, folder: str) -> None:
        """Ask whether all models are to move to `folder`, with their size."""
        if not folder or self._moving is not None:
            return
        question = QMessageBox(self._view)
        question.setObjectName("move-question")
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle(tr("Move folder"))
        if self._content.files:
            question.setText(tr("Move all downloaded models to this folder?"))
            advice = tr("Your chats keep working. Stop it at any time, and everything stays where it was.")
            told = [folder, content_words(self._content), advice]
            move = question.addButton(tr("Move"), QMessageBox.ButtonRole.AcceptRole)
        else:
            question.setText(tr("Keep models that you download in this folder?"))
            told = [folder]
            move = question.addButton(tr("Use this folder"), QMessageBox.ButtonRole.AcceptRole)
        question.setInformativeText("\n".join(told))
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        move.clicked.connect(lambda: self._move(Path(folder)))
        question.open()

    def _move(self, new: Path) -> None:
        if self._moving is not None:
            return
        old = self._flow.folder(self._settings.value)
        job = self._moving = Job(lambda cancel: self._flow.move(old, new, cancel))
        self._ended = False
        told = [-STEP]
        job.produced.connect(lambda event: self._tell(job, event, told))
        job.failed.connect(self._fail)
        job.finished.connect(self._end)
        self._view.folder.set_moving(True)
        self._runner.start(job)

    def _tell(self, job: Job, event: object, told: list[int]) -> None:
        match event:
            case FileProgress(done, total):
                percent = 100 * done // max(1, total)
                if percent >= told[-1] + STEP:
                    told.append(percent)
                    text = tr("Moving models… {percent} %").format(percent=percent)
                    self._view.tell(Kind.info, text, tr("Stop"), job.cancel)
            case FolderMoved(folder, places):
                self._ended = True
                self.moved.emit(places)
                self._settings.put(event.applied(self._settings.value))
                self._view.tell(Kind.info, tr("Models are in {folder} now.").format(folder=folder))

    def _fail(self, error: Exception) -> None:
        self._ended = True
        self._view.show_problem(*failure_words(error))

    def _end(self) -> None:
        self._moving = None
        self._view.folder.set_moving(False)
        if not self._ended:
            self._view.tell(Kind.info, tr("Stopped: all models are where they were."))
        self.show()
