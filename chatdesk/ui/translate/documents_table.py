"""The table of documents to translate."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from chatdesk.domain.translation_queue import QueuedTranslation
from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, scaled
from chatdesk.ui.translate.documents_model import Column, DocumentsModel
from chatdesk.ui.translate.progress_delegate import ProgressDelegate
from chatdesk.ui.translate.tables import Table

_WIDTHS = {Column.state: 140, Column.language: 110, Column.progress: 110, Column.saved: 190}
_NEEDS = {Column.saved: 620, Column.language: 470}  # pixels at 100 % that the table needs for them


class DocumentsTable(Table):
    """Enter opens a document for review, Delete takes the chosen ones out of the list."""

    opened = Signal(object)  # QueuedTranslation
    remove_requested = Signal()

    def __init__(self, model: DocumentsModel, parent: QWidget | None = None) -> None:
        super().__init__("documents", tr("Documents to translate"), model, parent)
        self._documents = model
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setItemDelegateForColumn(Column.progress, ProgressDelegate(self))
        self.horizontalHeader().setSectionResizeMode(Column.file, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._open)

    @property
    def files(self) -> list[QueuedTranslation]:
        """The chosen documents."""
        return [self._documents.files[row] for row in self.chosen]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.chosen:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_columns()

    def restyle(self, c: Colours) -> None:
        super().restyle(c)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, round(scaled(width)))
        self._hide_columns()

    def _hide_columns(self) -> None:
        for column, least in _NEEDS.items():
            self.setColumnHidden(column, self.width() < scaled(least))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._documents.files[index.row()])
