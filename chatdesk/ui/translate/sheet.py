"""A window beside the page, with a place for notices: glossaries, remembered sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.label import Label


class Sheet(QDialog):
    """Esc closes it; its parts are added to `body`. `dropped` are files that it may take."""

    dropped = Signal(object)  # list of Paths

    def __init__(self, name: str, title: str, explanation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAcceptDrops(True)
        self.notice = Banner()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 16, 18, 16)
        self.body.setSpacing(10)
        self.body.addWidget(Label(explanation, tone="muted").wrap())
        self.body.addWidget(self.notice)
        self.resize(820, 560)
        follow(self, lambda c: self.setStyleSheet(f"QDialog {{ background: {c.window}; }}" + sheets.page(c)))

    def tell(
        self,
        kind: Kind,
        words: str,
        action: str = "",
        then: Callable[[], object] | None = None,
        seconds: float = 0,
    ) -> None:
        """Say something, with a button that does `then`."""
        self.notice.tell(kind, words, action, seconds, then)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))


def ask_open(parent: QWidget, title: str, filters: str, take: Callable[[list[Path]], object]) -> None:
    """Let the user choose files to import."""
    dialog = QFileDialog(parent, title, _documents(), filters)
    dialog.setObjectName("import-dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_save(parent: QWidget, name: str, filters: str, take: Callable[[Path], object]) -> None:
    """Let the user say where a file goes that is exported; its kind follows from the chosen filter."""
    dialog = QFileDialog(parent, tr("Export"), _documents(), filters)
    dialog.setObjectName("export-dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    proposed = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in name)
    dialog.setDefaultSuffix(_suffix(dialog.selectedNameFilter()))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    dialog.selectFile(proposed)
    dialog.fileSelected.connect(lambda path: take(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _suffix(chosen: str) -> str:
    return chosen.rpartition("*.")[2].rstrip(")")


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
