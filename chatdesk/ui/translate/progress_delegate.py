"""Draws how much of a document is translated, as a bar below the numbers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.ui.theme import colours
from chatdesk.ui.translate.documents_model import SHARE

_HEIGHT = 3  # pixels of the bar


class ProgressDelegate(QStyledItemDelegate):
    """For the column with the counts."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE)
        if not isinstance(share, float):
            return
        c = colours()
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        groove = QRectF(area.left(), area.bottom() - _HEIGHT - 3, area.width(), _HEIGHT)
        done = QRectF(groove)
        done.setWidth(groove.width() * min(share, 1.0))
        if option.direction == Qt.LayoutDirection.RightToLeft:
            done.moveRight(groove.right())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, colour in ((groove, c.pressed), (done, c.accent)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(rect, 1.5, 1.5)
        painter.restore()
