"""Carries out what is asked of the models on this computer, and asks back where something would be lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.library import FoundModel, ModelRecord, OwnSettings
from chatdesk.domain.models import Adapter, InstalledModel
from chatdesk.domain.ports import Trash
from chatdesk.domain.words import tr
from chatdesk.flows.library import Checked, LibraryFlow
from chatdesk.flows.model_files import FileProgress, files_of
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.models.adapters import AdapterList
from chatdesk.ui.models.card import Act
from chatdesk.ui.models.details import DetailsDialog
from chatdesk.ui.models.library import LibraryView
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.models.own_settings import OwnSettingsDialog
from chatdesk.ui.models.state_panel import failure_words
from chatdesk.ui.widgets.banner import Kind

STEP = 10  # percent between two notices of a running check: a screen reader says each


class LibraryController(QObject):
    """Shows what comes of it in the view; `changed` comes when something else than the settings did."""

    changed = Signal()

    def __init__(
        self,
        view: LibraryView,
        flow: LibraryFlow,
        settings: CurrentSettings,
        runner: JobRunner,
        trash: Trash,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._flow = flow
        self._settings = settings
        self._runner = runner
        self._trash = trash
        self._found: list[FoundModel] = []
        self._finding: Job | None = None
        self._checking: Job | None = None
        view.asked.connect(self._ask)
        view.found.switched.connect(self._switch)
        view.found.folder_requested.connect(self._ask_for_folder)

    def find(self) -> None:
        """Look for models of other applications anew."""
        if self._finding is not None:
            self._finding.cancel()
        found: list[FoundModel] = []
        settings = self._settings.value
        job = self._finding = Job(lambda cancel: self._flow.find(settings, cancel))
        job.produced.connect(found.append)
        job.failed.connect(self._fail)
        job.finished.connect(lambda: self._end_finding(job, found))
        self._view.found.show_searching()
        self._runner.start(job)

    def _end_finding(self, job: Job, found: list[FoundModel]) -> None:
        if self._finding is not job:
            return
        self._finding = None
        self._found = found
        used = self._settings.value.use_found_models
        self._view.found.show_found(found, used=used)
        if used:
            self._switch(True)

    def _switch(self, on: bool) -> None:
        def change() -> None:
            settings = self._settings.value
            self._settings.put(self._flow.use(settings, self._found) if on else self._flow.leave(settings))

        self._try(change)
        self._view.found.show_found(self._found, used=self._settings.value.use_found_models)

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._view, tr("Look for models in a folder"))
        dialog.setObjectName("models-folder-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.add_folder)
        dialog.open()

    def add_folder(self, folder: str) -> None:
        """Look for models in `folder` too, now and from now on."""
        known = self._settings.value.model_folders
        if folder and folder not in known:
            self._settings.change(model_folders=(*known, folder))
        self.find()

    def _ask(self, act: str, model: InstalledModel) -> None:
        record = model.record or ModelRecord(model.path)
        match Act(act):
            case Act.favourite:
                self._store(lambda: self._flow.prefer(model.path, not record.favourite))
            case Act.rename:
                self._ask_for_title(model)
            case Act.settings:
                self._open_settings(model, record)
            case Act.details:
                DetailsDialog(model, self._view).open()
            case Act.verify:
                self._verify(model)
            case Act.delete:
                self._ask_to_delete(model)

    def _open_settings(self, model: InstalledModel, record: ModelRecord) -> None:
        adapters = self._flow.adapters(model.path)
        dialog = OwnSettingsDialog(model.title, record.own, self._settings.value, adapters, self._view)
        dialog.adapters.offered.connect(lambda files: self._add_adapters(dialog.adapters, model.path, files))
        dialog.chosen.connect(lambda own, chosen: self._set_own(model.path, own, chosen))
        dialog.open()

    def _add_adapters(self, shown: AdapterList, path: Path, files: Sequence[Path]) -> None:
        problems = []
        for file in files:
            try:
                shown.add(self._flow.open_adapter(path, file))
            except ChatDeskError as error:
                problems.append(error.sentence)
        shown.show_problem(" ".join(problems))

    def _set_own(self, path: Path, own: OwnSettings, adapters: Sequence[Adapter]) -> None:
        self._store(lambda: self._flow.set_own(path, own, adapters))

    def _ask_for_title(self, model: InstalledModel) -> None:
        dialog = QInputDialog(self._view)
        dialog.setObjectName("rename-model-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Rename"))
        dialog.setLabelText(tr("The file keeps its name. Leave this empty for the model's own name."))
        dialog.setTextValue(model.title)
        dialog.textValueSelected.connect(
            lambda title: self._store(lambda: self._flow.rename(model.path, title))
        )
        dialog.open()

    def _ask_to_delete(self, model: InstalledModel) -> None:
        if not self._flow.deletable(model.path):
            self._view.show_problem(
                tr("“{title}” is kept by another application, or is a link.").format(title=model.title),
                tr("Delete it there, or remove it from the list here."),
            )
            return
        question = QMessageBox(self._view)
        question.setObjectName("delete-question")
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle(tr("Move to the trash"))
        question.setText(tr("Move the file of “{title}” to the trash?").format(title=model.title))
        told = [
            tr("Emptying the trash frees {size}.").format(
                size=size_words(self._flow.freed_by_deleting(model.path))
            ),
            str(model.path),
        ]
        if len(self._flow.files(model.path)) > len(files_of(model.path)):
            told.insert(0, tr("Its part for pictures goes with it."))
        if model.record is not None and model.record.application:
            told.insert(
                0, tr("It belongs to {application} too.").format(application=model.record.application)
            )
        question.setInformativeText("\n".join(told))
        delete = question.addButton(tr("Move to the trash"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        delete.clicked.connect(lambda: self._delete(model))
        question.open()

    def _delete(self, model: InstalledModel) -> None:
        freed = self._flow.freed_by_deleting(model.path)

        def change() -> None:
            self._settings.put(self._flow.delete(self._settings.value, model.path, self._trash))
            text = tr("“{title}” is in the trash; emptying that frees {size}.")
            self._view.tell(Kind.info, text.format(title=model.title, size=size_words(freed)))

        self._try(change)
        self.changed.emit()

    def _verify(self, model: InstalledModel) -> None:
        if self._checking is not None:
            self._checking.cancel()
        try:
            known = self._flow.checksums(model.path)
        except ChatDeskError as error:
            self._fail(error)
            return
        if not known:
            text = tr("No checksum of “{title}” is known: it was not downloaded here.")
            self._view.tell(Kind.info, text.format(title=model.title))
            return
        job = self._checking = Job(lambda cancel: self._flow.verify(model.path, cancel))
        told = [-STEP]
        job.produced.connect(lambda event: self._tell_check(model, job, event, told))
        job.failed.connect(self._fail)
        self._runner.start(job)

    def _tell_check(self, model: InstalledModel, job: Job, event: object, told: list[int]) -> None:
        match event:
            case FileProgress(done, total):
                percent = 100 * done // max(1, total)
                if percent >= told[-1] + STEP and self._checking is job:
                    told.append(percent)
                    text = tr("Checking “{title}”… {percent} %").format(title=model.title, percent=percent)
                    self._view.tell(Kind.info, text, tr("Stop"), job.cancel)
            case Checked(()):
                self._view.tell(Kind.info, tr("“{title}” is as it was downloaded.").format(title=model.title))
            case Checked(damaged):
                names = ", ".join(path.name for path in damaged)
                self._view.show_problem(
                    tr("{names} is damaged: its content is not what was downloaded.").format(names=names),
                    tr("Delete it and download it again."),
                )

    def _store(self, change: Callable[[], None]) -> None:
        if self._try(change):
            self.changed.emit()

    def _try(self, change: Callable[[], None]) -> bool:
        try:
            change()
        except ChatDeskError as error:
            self._fail(error)
            return False
        return True

    def _fail(self, error: Exception) -> None:
        self._view.show_problem(*failure_words(error))
