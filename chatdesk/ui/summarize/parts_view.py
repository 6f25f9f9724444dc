"""Shows the parts of a document as they are read, and the points that were found in each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from chatdesk.domain.summaries import Chunk, Point
from chatdesk.domain.words import tr, trn
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow

_SIGN = 16  # pixels
_WORDS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)


class PartState(IntEnum):
    waiting = 0
    running = 1
    done = 2
    stored = 3  # done another time, and not done again
    failed = 4


class _Role(IntEnum):
    state = Qt.ItemDataRole.UserRole + 1
    point = Qt.ItemDataRole.UserRole + 2


class PartsView(QTreeWidget):
    """One row a part, with its points below; the arrow keys fold it, Enter on a point shows its passage."""

    point_chosen = Signal(object)  # Point

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("parts")
        self.setAccessibleName(tr("Parts of the document"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setIndentation(20)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(_Delegate(self))
        self._items: dict[int, QTreeWidgetItem] = {}
        self._numbers: list[int] = []  # of the parts that are shown, in order
        self._done: set[int] = set()
        self._followed = 0  # where the view was scrolled to by itself
        self.itemClicked.connect(self._clicked)
        follow(self, self._restyle)

    @property
    def done(self) -> int:
        """How many parts are done."""
        return len(self._done)

    def clear_parts(self) -> None:
        self._items, self._numbers, self._done = {}, [], set()
        self._followed = 0
        self.clear()

    def settle(self) -> None:
        """Let parts wait that were being read when it was stopped."""
        for item in self._items.values():
            if item.data(0, _Role.state) == PartState.running:
                _dress(item, PartState.waiting, _state_words(PartState.waiting, 0, ""))

    def show_part(
        self, chunk: Chunk, state: PartState, points: Sequence[Point] = (), problem: str = ""
    ) -> None:
        """Show a part as it is now; parts may come in any order."""
        item = self._items.get(chunk.number)
        if item is None:
            item = self._items[chunk.number] = QTreeWidgetItem()
            place = bisect_left(self._numbers, chunk.number)
            self._numbers.insert(place, chunk.number)
            self.insertTopLevelItem(place, item)
        fresh = chunk.number not in self._done  # one that the user has folded stays so
        if state >= PartState.done:
            self._done.add(chunk.number)
        title = tr("Part {number}").format(number=chunk.number)
        if chunk.title:
            title = tr("Part {number}: {title}").format(
                number=chunk.number, title=" ".join(chunk.title.split())
            )
        item.setText(0, title)
        item.setToolTip(0, title)
        _dress(item, state, _state_words(state, len(points), problem))
        item.takeChildren()
        for point in points:
            found = point.passage is not None
            words = (
                point.text if found else tr("⚠ {point} (not found in the document)").format(point=point.text)
            )
            child = QTreeWidgetItem([words])
            child.setData(0, _Role.point, point)
            item.addChild(child)
        if fresh and points:
            item.setExpanded(True)
        if state is PartState.running:
            self._follow(item)

    def _follow(self, item: QTreeWidgetItem) -> None:
        """Keep what is read in sight, unless the user has scrolled to read something else."""
        if self.verticalScrollBar().value() == self._followed:
            self.scrollToItem(item)
            self._followed = self.verticalScrollBar().value()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self._clicked(item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def _clicked(self, item: QTreeWidgetItem) -> None:
        point = item.data(0, _Role.point)
        if isinstance(point, Point):
            self.point_chosen.emit(point)
        else:
            item.setExpanded(not item.isExpanded())

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"QTreeWidget {{ background: transparent; border: 2px solid transparent; color: {c.text};"
            f" outline: none; }} QTreeWidget:focus {{ border-color: {c.accent}; border-radius: 8px; }}"
        )
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    """Draws a part with its sign and state, and a point in as many lines as it needs."""

    def __init__(self, view: PartsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.height()
        if index.data(_Role.point) is None:
            return QSize(80, line + 14)
        room = max(80, self._view.viewport().width() - 2 * self._view.indentation() - 12)
        text = option.fontMetrics.boundingRect(QRect(0, 0, room, 10_000), _WORDS, str(index.data()))
        return QSize(80, text.height() + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            selected = state & QStyle.StateFlag.State_Selected
            painter.setBrush(QColor(c.bubble if selected else c.hover))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 7, 7)
        painter.setPen(QColor(c.text))
        point = index.data(_Role.point)
        if isinstance(point, Point):
            painter.setPen(QColor(c.text if point.passage is not None else c.warning))
            painter.drawText(area.adjusted(8, 5, -4, -5), _WORDS, str(index.data()))
        else:
            self._paint_part(painter, area, index)
        painter.restore()

    def _paint_part(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        c = colours()
        state = PartState(index.data(_Role.state))
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        name, colour = {
            PartState.waiting: ("ellipsis", c.disabled),
            PartState.running: ("play", c.accent),
            PartState.done: ("check", c.accent),
            PartState.stored: ("check", c.muted),
            PartState.failed: ("triangle-alert", c.danger),
        }[state]
        sign = QRect(area.right() - 6 - _SIGN if mirrored else area.left() + 6, 0, _SIGN, _SIGN)
        sign.moveTop(area.center().y() - _SIGN // 2)
        icon(name, colour, _SIGN).paint(painter, sign)
        words = str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
        metrics = painter.fontMetrics()
        far = min(metrics.horizontalAdvance(words) + 8, area.width() // 2)
        inside = area.adjusted(10, 0, -_SIGN - 14, 0) if mirrored else area.adjusted(_SIGN + 14, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(c.danger if state is PartState.failed else c.muted))
        near_edge, far_edge = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        painter.drawText(
            inside, middle | far_edge, metrics.elidedText(words, Qt.TextElideMode.ElideRight, far)
        )
        painter.setPen(QColor(c.disabled if state is PartState.waiting else c.text))
        room = inside.width() - far - 10
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, middle | near_edge, title)


def _dress(item: QTreeWidgetItem, state: PartState, words: str) -> None:
    item.setData(0, _Role.state, state)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}, {words}")
    item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, words)


def _state_words(state: PartState, points: int, problem: str) -> str:
    match state:
        case PartState.waiting:
            return tr("waiting")
        case PartState.running:
            return tr("being read…")
        case PartState.failed:
            return problem or tr("failed")
    found = trn("{count} point", "{count} points", points) if points else tr("done")
    return tr("{points}, kept from before").format(points=found) if state is PartState.stored else found
