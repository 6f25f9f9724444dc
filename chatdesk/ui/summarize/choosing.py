"""Lets the user choose documents, or a folder of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from chatdesk.domain.words import tr


def choose_documents(parent: QWidget, take: Callable[[list[Path]], object], *, folder: bool = False) -> None:
    """Open a dialog; `take` is called with what was chosen, and not when nothing was."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    title = tr("Choose a folder") if folder else tr("Choose documents")
    dialog = QFileDialog(parent.window(), title, place)
    dialog.setObjectName("choose-documents")
    mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFiles
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
