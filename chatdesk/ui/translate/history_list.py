"""The list of translations as a view: a title above a detail with marked words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.translate.history_delegate import HistoryDelegate
from chatdesk.ui.translate.history_rows import HistoryRow

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    row = Qt.ItemDataRole.UserRole + 1


class HistoryModel(QAbstractListModel):
    """The current translation first, then the newest; or what was found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HistoryRow] = []

    @property
    def rows(self) -> Sequence[HistoryRow]:
        return self._rows

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show other rows; nothing is drawn again where they are the same."""
        if list(rows) != self._rows:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                kind = tr("document") if row.document else ""
                return ", ".join(part for part in (row.title, kind, row.detail) if part)
            case Role.row:
                return row
        return None


class HistoryList(QListView):
    """Enter opens, Delete deletes (it can be undone)."""

    opened = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("translations")
        self.setAccessibleName(tr("Translations"))
        self.rows_model = HistoryModel(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(HistoryDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def show_rows(self, rows: Sequence[HistoryRow], current: str) -> None:
        """Replace all rows; the row `current` is chosen."""
        place = self.verticalScrollBar().value()
        self.rows_model.show_rows(rows)
        for number, row in enumerate(rows):
            if row.id == current:
                self.setCurrentIndex(self.rows_model.index(number, 0))
        self.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.delete_requested.emit(self._id(index))
        else:
            super().keyPressEvent(event)

    def menu_for(self, index: QModelIndex) -> QMenu:
        """Return the context menu of one translation."""
        menu = QMenu(self)
        menu.addAction(tr("Open"), lambda: self._open(index))
        menu.addAction(tr("Delete"), lambda: self.delete_requested.emit(self._id(index)))
        return menu

    def _show_menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        if index.isValid():
            self.menu_for(index).popup(self.viewport().mapToGlobal(where))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._id(index))

    def _id(self, index: QModelIndex) -> str:
        return self.rows_model.rows[index.row()].id
