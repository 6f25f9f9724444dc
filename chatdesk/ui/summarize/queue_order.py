"""The order of the list of files, for those who do not click on the table's head."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTableView, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.summarize.queue_model import Column, column_title
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label

AS_ADDED = -1  # as Qt calls no column


class QueueOrder(QWidget):
    """Says by which column a table is sorted, whoever has sorted it."""

    def __init__(self, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.column = Choice()
        self.column.setObjectName("sort-queue")
        self.column.setAccessibleName(tr("Sort by"))
        self.column.addItem(tr("As added"), AS_ADDED)
        for column in Column:
            self.column.addItem(column_title(column), int(column))
        self.falling = tool_button("sort-falling", tr("Last first"))
        self.falling.setCheckable(True)
        title = Label(tr("Sort by"), 9, tone="muted")
        title.setBuddy(self.column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (title, self.column, self.falling):
            row.addWidget(part)
        self.column.currentIndexChanged.connect(lambda _: self._sort())
        self.falling.clicked.connect(self._sort)
        table.horizontalHeader().sortIndicatorChanged.connect(self._show)
        self._show(AS_ADDED, Qt.SortOrder.AscendingOrder)
        follow(self, self._restyle)

    def _sort(self) -> None:
        column = self.column.currentData()
        falling = self.falling.isChecked() and column != AS_ADDED
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self._table.sortByColumn(column, order)

    def _show(self, column: int, order: Qt.SortOrder) -> None:
        blocked = self.column.blockSignals(True)
        self.column.setCurrentIndex(self.column.findData(column))
        self.column.blockSignals(blocked)
        self.falling.setChecked(column != AS_ADDED and order == Qt.SortOrder.DescendingOrder)
        self.falling.setEnabled(column != AS_ADDED)
        self._restyle(colours())

    def _restyle(self, c: Colours) -> None:
        colour = c.muted if self.falling.isEnabled() else c.disabled
        # The way the arrow in the table's head points.
        self.falling.setIcon(icon("arrow-up" if self.falling.isChecked() else "arrow-down", colour))
