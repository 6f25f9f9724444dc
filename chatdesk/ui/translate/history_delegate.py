"""Draws a translation of the history: its title, and below it what else is known, with marked words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.ui.icons import icon
from chatdesk.ui.theme import colours
from chatdesk.ui.translate.history_rows import HistoryRow
from chatdesk.ui.widgets.history_sidebar import draw_chosen

_SMALLER = 0.85  # of the size of the title
_ICON = 14  # pixels


class HistoryDelegate(QStyledItemDelegate):
    """Both lines are cut where they are too long; the first mark is always seen."""

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, round(option.fontMetrics.height() * 1.9) + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(Qt.ItemDataRole.UserRole + 1)
        if not isinstance(row, HistoryRow):
            return
        c = colours()
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chosen(painter, option)
        inside = area.adjusted(10, 6, -10, -6)
        title = QRect(inside)
        if row.document:
            self._draw_sign(painter, title, mirrored=option.direction == Qt.LayoutDirection.RightToLeft)
        near = Qt.AlignmentFlag.AlignLeading
        painter.setPen(QColor(c.text))
        words = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, near | Qt.AlignmentFlag.AlignTop, words)
        small = QFont(painter.font())
        small.setPointSizeF(small.pointSizeF() * _SMALLER)
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        if row.marks:
            _draw_marked(painter, inside, row)
        else:
            words = painter.fontMetrics().elidedText(row.detail, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, near | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()

    def _draw_sign(self, painter: QPainter, title: QRect, *, mirrored: bool) -> None:
        """Draw the sign of a document before a title, which becomes shorter."""
        top = title.top() + (painter.fontMetrics().height() - _ICON) // 2
        left = title.right() - _ICON if mirrored else title.left()
        icon("file-text", colours().muted, _ICON).paint(painter, QRect(left, top, _ICON, _ICON))
        title.adjust(0, 0, -_ICON - 6, 0) if mirrored else title.adjust(_ICON + 6, 0, 0, 0)


def _draw_marked(painter: QPainter, area: QRect, row: HistoryRow) -> None:
    """Draw a detail from a little before its first mark."""
    c = colours()
    metrics = painter.fontMetrics()
    start = _start(row, lambda text: metrics.horizontalAdvance(text) > area.width() * 0.6)
    text = ("…" if start else "") + row.detail[start:]
    moved = start - (1 if start else 0)
    whole, text = text, metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    shown = len(text) if text == whole else len(text) - 1  # what "…" stands for is not marked
    look = QTextCharFormat()
    look.setBackground(QBrush(QColor(c.mark)))
    look.setForeground(QBrush(QColor(c.text_on_mark)))
    formats = []
    for first, last in row.marks:
        begin, end = max(first - moved, 0), min(last - moved, shown)
        if begin < end:
            each = QTextLayout.FormatRange()
            # Qt counts as UTF-16 does.
            each.start = len(text[:begin].encode("utf-16-le")) // 2
            each.length = len(text[begin:end].encode("utf-16-le")) // 2
            each.format = look
            formats.append(each)
    layout = QTextLayout(text, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    layout.draw(painter, QPointF(area.left(), area.bottom() + 1 - line.height()))


def _start(row: HistoryRow, too_wide: Callable[[str], bool]) -> int:
    """Return where the drawn part begins, so that the first mark is in it."""
    first = row.marks[0][0]
    if not too_wide(row.detail[: row.marks[0][1]]):
        return 0
    before = row.detail.rfind(" ", 0, max(first - 8, 0))
    return max(before + 1, 0)
