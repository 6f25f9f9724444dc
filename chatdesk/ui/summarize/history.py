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
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

WIDTH = 252  # pixels
SEARCH_MS = 200  # after the last key


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


class HistorySidebar(QFrame):
    """What stands left of the page."""

    new_requested = Signal()
    queue_requested = Signal()
    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summaries-sidebar")
        self.setFixedWidth(WIDTH)
        self.new = push_button("new-summary", tr("New summary"), "primary", "plus")
        self.queue = push_button("show-queue", tr("List of files"), "", "files")
        self.search = QLineEdit()
        self.search.setObjectName("search-summaries")
        self.search.setAccessibleName(tr("Search all summaries"))
        self.search.setPlaceholderText(tr("Search all summaries"))
        self.search.setClearButtonEnabled(True)
        self._sign = self.search.addAction(
            icon("search", "#808080"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._sign.setText(tr("Search all summaries"))
        self.list = HistoryList()
        self._empty = Label("", tone="muted").wrap()
        self._empty.setContentsMargins(10, 8, 10, 8)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.new.clicked.connect(self.new_requested)
        self.queue.clicked.connect(self.queue_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        for part in (self.new, self.queue, self.search):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)
        column.addStretch()
        column.setStretchFactor(self.list, 1000)
        follow(self, self._restyle)

    def show_rows(self, rows: Sequence[HistoryRow], current: str) -> None:
        """List summaries, newest first or best first."""
        self.list.show_rows(rows, current)
        self.list.setVisible(bool(rows))
        searching = bool(self.search.text().strip())
        self._empty.setText(
            tr("No summary has these words.") if searching else tr("Your summaries will be listed here.")
        )
        self._empty.setVisible(not rows)

    def show_queued(self, count: int) -> None:
        """Offer the list of files while there is one."""
        self.queue.setVisible(count > 0)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(sheets.sidebar(c, "summaries-sidebar"))
        self._sign.setIcon(icon("search", c.muted))


class _Delegate(QStyledItemDelegate):
    """Draws the name above its detail, both cut where they are too long."""

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, round(option.fontMetrics.height() * 1.9) + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(QColor(c.bubble if selected else c.hover))
            painter.setPen(QColor(c.accent) if focused and selected else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 7, 7)
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
