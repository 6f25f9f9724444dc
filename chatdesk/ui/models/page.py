"""The page with the models: what is there, a file to open, and how to get more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui.models.advice import Advice
from chatdesk.ui.models.card import ModelCard
from chatdesk.ui.shortcuts import hint
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ColumnPage

UNDO_SECONDS = 12


class ModelsPage(ColumnPage):
    """Asks by signals and changes nothing itself; `show_models` shows what there is afterwards."""

    use_requested = Signal(object)  # Path, as in each of these
    open_requested = Signal(object)
    forget_requested = Signal(object)
    restore_requested = Signal(object)  # put one back into the list that was just forgotten

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page-models", tr("Models"), parent)
        self._forgotten: Path | None = None
        self._cards: list[ModelCard] = []
        self._open = push_button("open-model", tr("Open a model file…"), sign="folder-open")
        self._open.setToolTip(hint(tr("Open a model file"), "open-model"))
        self._open.clicked.connect(self.ask_for_file)
        self.heading.add(self._open, far=True)
        self._banner = Banner()
        self._banner.action.connect(self._undo)
        self.body.addWidget(self._banner)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.body.addLayout(self._list)
        self.body.addSpacing(8)
        self.body.addWidget(Advice())
        self.body.addStretch(1)
        self.setAcceptDrops(True)

    def show_models(self, models: Sequence[InstalledModel], in_use: Path | None) -> None:
        """Show `models` in order, with a badge on the one at `in_use`; the keyboard stays where it is."""
        focus = self._focus()
        for old in self._cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = [self._card(model, in_use=model.path == in_use) for model in models]
        for card in self._cards:
            self._list.addWidget(card)
            card.show()
        self._give_focus(focus)

    def show_problem(self, sentence: str, advice: str = "") -> None:
        """Say above the list why something did not work."""
        self._forgotten = None
        self._banner.tell(Kind.error, f"{sentence} {advice}".strip())

    def ask_for_file(self) -> None:
        """Let the user pick a GGUF file; `open_requested` follows."""
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self, tr("Open a model file"), downloads)
        dialog.setObjectName("open-model-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Models (*.gguf *.GGUF)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.open_requested.emit(Path(name)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _model_files(event.mimeData()):
            event.acceptProposedAction()
            self._set_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dropping(False)
        event.acceptProposedAction()
        for path in _model_files(event.mimeData()):
            self.open_requested.emit(path)

    def _card(self, model: InstalledModel, *, in_use: bool) -> ModelCard:
        card = ModelCard(model, in_use=in_use)
        card.use.connect(lambda: self.use_requested.emit(model.path))
        card.show_in_folder.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.path.parent)))
        )
        card.forget.connect(lambda: self._forget(model))
        return card

    def _forget(self, model: InstalledModel) -> None:
        self._forgotten = model.path
        text = tr("“{title}” is no longer in the list. Its file is still there.").format(title=model.title)
        if not model.bytes:
            text = tr("“{title}” is no longer in the list.").format(title=model.title)
        self._banner.tell(Kind.info, text, tr("Undo"), UNDO_SECONDS)
        self.forget_requested.emit(model.path)

    def _undo(self) -> None:
        if self._forgotten is not None:
            path, self._forgotten = self._forgotten, None
            self.restore_requested.emit(path)

    def _focus(self) -> tuple[str, str] | None:
        """Return the title of the card and the name of the button that have the keyboard, if any."""
        held = self.focusWidget()
        card = held.parent() if held is not None and held.hasFocus() else None
        while card is not None and not isinstance(card, ModelCard):
            card = card.parent()
        return (card.accessibleName(), held.objectName()) if card is not None and held is not None else None

    def _give_focus(self, place: tuple[str, str] | None) -> None:
        if place is None:
            return
        title, name = place
        card = next((card for card in self._cards if card.accessibleName() == title), None)
        button = card.findChild(QPushButton, name) if card is not None else None
        (button or self._open).setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_dropping(self, dropping: bool) -> None:
        self.area.setProperty("dropping", dropping)
        self.area.style().polish(self.area)


def _model_files(data: QMimeData) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return [path for path in paths if path.suffix.casefold() == ".gguf"]
