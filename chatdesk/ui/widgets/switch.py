"""A check box drawn as a switch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from chatdesk.ui.theme import colours, follow, scaled

RING = 3.0  # room for the focus ring around the track, pixels


class Switch(QCheckBox):
    """On or off, toggled by a click or the space bar; give it an accessible name, it draws no text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        follow(self, lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        height = round(scaled(20) + 2 * RING)
        return QSize(round(height * 1.75), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, _: QPaintEvent) -> None:
        c = colours()
        on, usable = self.isChecked(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        track = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        filled = QColor(c.accent if usable else c.disabled)
        painter.setPen(QPen(filled if on else QColor(c.outline if usable else c.border), 1.5))
        painter.setBrush(filled if on else QColor(c.base))
        painter.drawRoundedRect(
            track.adjusted(0.75, 0.75, -0.75, -0.75), track.height() / 2, track.height() / 2
        )
        knob = track.height() - 8
        right = on == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
        left = track.right() - 4 - knob if right else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.on_accent if on else c.outline if usable else c.disabled))
        painter.drawEllipse(QRectF(left, track.top() + 4, knob, knob))
