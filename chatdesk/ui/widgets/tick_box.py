"""A check box whose frame can be seen in light and dark."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QWidget

from chatdesk.ui.theme import colours, follow, scaled

SIDE = 16.0  # of the box, pixels at 100 % text size
_BETWEEN = 8.0  # box and words
_RING = 3.0  # room for the focus ring around the box


class TickBox(QCheckBox):
    """Ticked or not, by a click or the space bar, with its words beside it."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        follow(self, lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        width = scaled(SIDE) + 2 * _RING + (scaled(_BETWEEN) + words.width() if self.text() else 0)
        return QSize(round(width) + 1, round(max(scaled(SIDE) + 2 * _RING, words.height())))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, _: QPaintEvent) -> None:
        c, usable = colours(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
        filled = QColor(c.accent if usable else c.disabled)
        painter.setPen(QPen(filled if self.isChecked() else QColor(c.outline if usable else c.border), 1.5))
        painter.setBrush(filled if self.isChecked() else QColor(c.base))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        if self.isChecked():
            painter.setPen(QPen(QColor(c.on_accent), box.width() / 8))
            places = ((0.25, 0.53), (0.43, 0.71), (0.76, 0.31))
            at = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in places]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(at))
        painter.setPen(QColor(c.text if usable else c.disabled))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self._words(box), align, self.text())

    def _box(self) -> QRectF:
        side = scaled(SIDE)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _RING - side if mirrored else _RING
        return QRectF(left, (self.height() - side) / 2, side, side)

    def _words(self, box: QRectF) -> QRect:
        used = round(box.width() + _RING + scaled(_BETWEEN))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.rect().adjusted(0, 0, -used, 0) if mirrored else self.rect().adjusted(used, 0, 0, 0)
