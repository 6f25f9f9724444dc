"""The rounded frame that fields drawn by hand share."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from chatdesk.ui.theme import colours

RADIUS = 8  # pixels, as in the style sheet of fields
PADDING = 12  # between the frame and the text, at each side
HEIGHT = 18  # pixels that a field is higher than its text


def draw_frame(painter: QPainter, field: QWidget) -> None:
    """Draw background and frame of `field` as fits its state: at rest, with the keyboard, not usable."""
    c = colours()
    focused, usable = field.hasFocus(), field.isEnabled()
    width = 2.0 if focused else 1.0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(c.accent if focused else c.outline if usable else c.border), width))
    painter.setBrush(QColor(c.base if usable else c.window))
    inset = width / 2
    painter.drawRoundedRect(QRectF(field.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
