"""Scroll bars as thin handles, and a wheel that glides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

THICKNESS = 10
_STEP_MS = 15
_SHARE = 0.34  # of the way that is left, in one step
_NOTCH = 96  # pixels for one notch of the wheel, which is 120 units


class ThinBar(QScrollBar):
    """A scroll bar that is only its handle."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        upright = self.orientation() == Qt.Orientation.Vertical
        return QSize(THICKNESS, hint.height()) if upright else QSize(hint.width(), THICKNESS)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the handle is one shape
        if self.maximum() <= self.minimum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        handle = QRectF(self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self))
        groove = QRectF(
            self.style().subControlRect(
                QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, self
            )
        )
        handle = self._stretched(handle, groove)
        role = QPalette.ColorRole.PlaceholderText
        ink = QColor(self.palette().color(role))
        ink.setAlpha(190 if self.isSliderDown() or self.underMouse() else 95)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(handle, 3, 3)

    def _stretched(self, handle: QRectF, groove: QRectF) -> QRectF:
        """Let the handle's way be the whole bar: there are no arrows at its ends."""
        whole = QRectF(self.rect())
        if self.orientation() == Qt.Orientation.Vertical:
            factor = whole.height() / max(1.0, groove.height())
            top, height = (handle.top() - groove.top()) * factor, handle.height() * factor
            return QRectF(2, top + 1, whole.width() - 4, height - 2)
        factor = whole.width() / max(1.0, groove.width())
        left, width = (handle.left() - groove.left()) * factor, handle.width() * factor
        return QRectF(left + 1, 2, width - 2, whole.height() - 4)


class Glide(QObject):
    """Turns notches of a mouse wheel into small steps; a touchpad's pixels go through as they are."""

    def __init__(self, scroll_by: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._scroll_by = scroll_by
        self._left = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._step)

    def wheel(self, event: QWheelEvent, *, animated: bool) -> None:
        """Scroll as the wheel asks for; without animation all at once."""
        pixels = event.pixelDelta().y()
        if pixels:
            self._scroll_by(-pixels)
            return
        distance = -event.angleDelta().y() / 120 * _NOTCH
        if distance * self._left < 0:
            self._left = 0.0
        self._left += distance
        if animated:
            self._timer.start()
            self._step()
        else:
            self._move(self._left)

    def _step(self) -> None:
        share = self._left * _SHARE
        self._move(share if abs(share) >= 1 else self._left)

    def _move(self, distance: float) -> None:
        pixels = round(distance)
        self._left -= pixels
        if pixels:
            self._scroll_by(pixels)
        if abs(self._left) < 1:
            self._left = 0.0
            self._timer.stop()
