"""A combo box drawn as a calm rounded field."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.field_frame import HEIGHT, PADDING, draw_frame

ARROW = 18  # pixels


class Choice(QComboBox):
    """The wheel scrolls the page unless the box has the keyboard; each item keeps its value as data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(widest + ARROW + 3 * PADDING, metrics.height() + HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(ARROW + 60, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _: QPaintEvent) -> None:
        c = colours()
        usable = self.isEnabled()
        painter = QPainter(self)
        draw_frame(painter, self)
        painter.setPen(QColor(c.text if usable else c.disabled))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = self.rect().adjusted(PADDING, 0, -PADDING, 0)
        arrow = QRect(room.left() if mirrored else room.right() - ARROW + 1, 0, ARROW, ARROW)
        arrow.moveTop((self.height() - ARROW) // 2)
        icon("chevron-down", c.muted if usable else c.disabled, ARROW).paint(painter, arrow)
        words = room.adjusted(ARROW + 6, 0, 0, 0) if mirrored else room.adjusted(0, 0, -ARROW - 6, 0)
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, words.width())
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, text)

    def _restyle(self, c: Colours) -> None:
        self.view().setStyleSheet(
            f"QAbstractItemView {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border};"
            f" outline: none; padding: 4px; selection-background-color: {c.bubble};"
            f" selection-color: {c.text}; }} QAbstractItemView::item {{ min-height: 28px; }}"
        )
        self.updateGeometry()
