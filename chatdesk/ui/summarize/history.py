"""The list of summaries beside the page: searched, opened, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui.theme import colours
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.history_sidebar import HistorySidebar, draw_chosen


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A summary as the list shows it."""

    id: str
    name: str
    detail: str  # its state or length and its day, or where the searched words stand
    busy: bool = False
    languages: str = ""  # which language it is in, and its document


class _Role(IntEnum):
    id = Qt.ItemDataRole.UserRole + 1
    detail = Qt.ItemDataRole.UserRole + 2
    busy = Qt.ItemDataRole.UserRole + 3


class HistoryList(QListWidget):
    """Enter opens, Delete deletes (it can be undone)."""

    opened = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summaries")
        self.setAccessibleName(tr("Summaries"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(_Delegate(self))
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)

    def show_rows(self, rows: Sequence[HistoryRow], current: str) -> None:
        """Replace all rows; the row `current` is selected."""
        place = self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.name)
            item.setData(_Role.id, row.id)
            item.setData(_Role.detail, row.detail)
            item.setData(_Role.busy, row.busy)
            item.setToolTip("\n".join(part for part in (row.name, row.languages) if part))
            told = ", ".join(part for part in (row.name, row.detail, row.languages) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            self.addItem(item)
            if row.id == current:
                self.setCurrentItem(item)
        self.blockSignals(blocked)
        self.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None:
            self.delete_requested.emit(item.data(_Role.id))
        else:
            super().keyPressEvent(event)

    def menu_for(self, item: QListWidgetItem) -> QMenu:
        """Return the context menu of one summary."""
        menu = QMenu(self)
        menu.addAction(tr("Open"), lambda: self._open(item))
        menu.addAction(tr("Delete"), lambda: self.delete_requested.emit(item.data(_Role.id)))
        return menu

    def _show_menu(self, where: QPoint) -> None:
        item = self.itemAt(where)
        if item is not None:
            self.menu_for(item).popup(self.viewport().mapToGlobal(where))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_Role.id))


class SummariesSidebar(HistorySidebar):
    """What stands left of the page."""

    new_requested = Signal()
    queue_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        new = push_button("new-summary", tr("New summary"), "primary", "plus")
        queue = push_button("show-queue", tr("List of files"), "", "files")
        super().__init__("summaries", tr("Search all summaries"), (new, queue), parent)
        self.new, self.queue = new, queue
        self.list = HistoryList()
        self.add_list(self.list)
        self.new.clicked.connect(self.new_requested)
        self.queue.clicked.connect(self.queue_requested)

    def show_rows(self, rows: Sequence[HistoryRow], current: str) -> None:
        """List summaries, newest first or best first."""
        self.list.show_rows(rows, current)
        nothing_found = tr("No summary has these words.")
        self.show_whether_empty(not rows, nothing_found, tr("Your summaries will be listed here."))

    def show_queued(self, count: int) -> None:
        """Offer the list of files while there is one."""
        self.queue.setVisible(count > 0)


class _Delegate(QStyledItemDelegate):
    """Draws the name above its detail, both cut where they are too long."""

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, round(option.fontMetrics.height() * 1.9) + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chosen(painter, option)
        inside = area.adjusted(10, 6, -10, -6)
        if index.data(_Role.busy):
            dot = QRectF(inside.right() - 7, area.center().y() - 3, 7, 7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawEllipse(dot)
            inside.setRight(round(dot.left()) - 8)
        near = Qt.AlignmentFlag.AlignLeading
        painter.setPen(QColor(c.text))
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, inside.width()
        )
        painter.drawText(inside, near | Qt.AlignmentFlag.AlignTop, name)
        small = QFont(painter.font())
        small.setPointSizeF(small.pointSizeF() * 0.85)
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        detail = painter.fontMetrics().elidedText(
            str(index.data(_Role.detail)), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, near | Qt.AlignmentFlag.AlignBottom, detail)
        painter.restore()
