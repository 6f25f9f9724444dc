"""A combo box drawn as a calm rounded field."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow

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
        return QSize(widest + ARROW + 36, metrics.height() + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(ARROW + 60, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if self.hasFocus() else 1.0
        usable = self.isEnabled()
        edge = c.accent if self.hasFocus() else c.outline if usable else c.border
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(c.hover if self.underMouse() and usable else c.base if usable else c.window))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        painter.setPen(QColor(c.text if usable else c.disabled))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = self.rect().adjusted(12, 0, -12, 0)
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
