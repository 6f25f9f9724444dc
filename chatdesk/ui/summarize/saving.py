"""Saves what the page shows into files that the user names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import Summary
from chatdesk.domain.whole_file import whole_file
from chatdesk.domain.words import tr
from chatdesk.ui.export.formats import format_title


def write_table(path: Path, text: str) -> None:
    """Write a table that is CSV. Raises DocumentNotSaved and DocumentDiskFull."""
    with whole_file(path) as file:
        file.write(text.encode("utf-8-sig"))  # the mark at the beginning tells spreadsheets that it is UTF-8


class Saving(QObject):
    """Asks where to, writes, and says what became of it."""

    saved = Signal(str)  # path
    failed = Signal(ChatDeskError)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def save_summary(self, summary: Summary, document: Document, kind: str) -> None:
        """Let the user name the file of a summary; `kind` is one of FORMATS."""
        from chatdesk.ui.summarize.export import write_summary

        name = tr("Summary of {name}").format(name=Path(summary.name).stem)
        filters = f"{format_title(kind)} (*.{kind})"
        self._ask(name, kind, filters, lambda path: write_summary(path, kind, summary, document))

    def save_table(self, text: str) -> None:
        """Let the user name the file of a table that is CSV."""
        self._ask(tr("Summaries"), "csv", tr("Table (*.csv)"), lambda path: write_table(path, text))

    def write(self, path: Path, step: Callable[[Path], object]) -> None:
        """Call `step` with `path` and tell of the outcome."""
        try:
            step(path)
        except ChatDeskError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(str(path))

    def _ask(self, name: str, suffix: str, filters: str, step: Callable[[Path], object]) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in name)
        dialog = QFileDialog(self._window, tr("Save as"), folder, filters)
        dialog.setObjectName("save-dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{proposed}.{suffix}")
        dialog.fileSelected.connect(lambda path: self.write(Path(path), step))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
