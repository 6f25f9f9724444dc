"""The table in which the terms of a glossary are written."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.translate.tables import Table
from chatdesk.ui.translate.terms_model import Column, TermsModel


class TermsTable(Table):
    """Enter or a letter writes into a cell, and Enter again goes to the next one; Delete takes terms out."""

    def __init__(self, model: TermsModel, parent: QWidget | None = None) -> None:
        super().__init__("terms", tr("Terms"), model, parent)
        self._terms = model
        self._soon = QTimer(self, singleShot=True, interval=0)  # one editor has to be closed before the next
        self._soon.timeout.connect(lambda: self.edit(self.currentIndex()))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        header = self.horizontalHeader()
        for column in Column:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter of the editor, which ends by it
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._terms.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._terms.redo()
        elif event.key() == Qt.Key.Key_Delete:
            self._terms.remove(self.chosen)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def closeEditor(  # noqa: N802  Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:  # Enter
            self._go_on(index.row(), index.column())

    def add(self) -> None:
        """Let the user write a new term."""
        index = self.model().index(self.model().rowCount() - 1, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def _go_on(self, row: int, column: int) -> None:
        """From a word to its translation, and from that to the next word."""
        if column == Column.source:
            index = self.model().index(row, Column.target)
        else:
            index = self.model().index(min(row + 1, self.model().rowCount() - 1), Column.source)
        self.setCurrentIndex(index)
        if column == Column.source and not index.data():
            self._soon.start()
