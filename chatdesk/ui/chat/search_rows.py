"""The places found by a search, as rows of a list: title, where the chat lies, day, and the marked words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.chat import SearchHit
from chatdesk.domain.words import tr
from chatdesk.ui.theme import LIGHT, spaced

Index = QModelIndex | QPersistentModelIndex
_SIDE, _GAP, _LINES = 12, 10, 2  # pixels at the sides and between texts; lines of a snippet


class HitModel(QAbstractListModel):
    """Holds the SearchHits under the user role."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[SearchHit] = ()

    def show(self, hits: Sequence[SearchHit]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit_at(self, index: Index) -> SearchHit | None:
        return self._hits[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hit_at(index)
        if hit is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (title_of(hit), where(hit), day_of(hit), hit.snippet if hit.message else "")
            return ". ".join(filter(None, said))
        return None


class HitDelegate(QStyledItemDelegate):
    """Draws a row; a title that was found has one line, a message one or two more with its words."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(Qt.ItemDataRole.UserRole)
        lines = 1
        if isinstance(hit, SearchHit) and hit.message is not None:
            room = self._view.viewport().width() - 2 * _SIDE
            lines += _LINES if option.fontMetrics.horizontalAdvance(hit.snippet) > room else 1
        return QSize(200, lines * option.fontMetrics.height() + spaced(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(hit, SearchHit):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.colours.bubble if selected else self.colours.hover))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 8, 8)
        inside = area.adjusted(_SIDE, spaced(16) / 2, -_SIDE, 0)
        self._paint_head(painter, option, inside, hit)
        if hit.message is not None:
            inside.setTop(inside.top() + option.fontMetrics.height())
            self._paint_marked(painter, option.font, inside, (hit.snippet, hit.marks), _LINES)
        painter.restore()

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, inside: QRectF, hit: SearchHit
    ) -> None:
        metrics, line = option.fontMetrics, QRectF(inside)
        line.setHeight(metrics.height())
        painter.setPen(QColor(self.colours.muted))
        painter.setFont(option.font)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        day = day_of(hit)
        painter.drawText(line, int(right), day)
        line.setRight(line.right() - metrics.horizontalAdvance(day) - _GAP)
        place = metrics.elidedText(where(hit), Qt.TextElideMode.ElideMiddle, int(line.width() * 0.5))
        painter.drawText(line, int(right), place)
        if place:
            line.setRight(line.right() - metrics.horizontalAdvance(place) - _GAP)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        title = title_of(hit)
        shown = QFontMetrics(bold).elidedText(title, Qt.TextElideMode.ElideRight, int(line.width()))
        marks = hit.marks if hit.message is None and hit.snippet == title else ()
        marks = tuple((start, min(end, len(shown))) for start, end in marks if start < len(shown))
        self._paint_marked(painter, bold, line, (shown, marks), 1)

    def _paint_marked(
        self,
        painter: QPainter,
        font: QFont,
        area: QRectF,
        marked: tuple[str, tuple[tuple[int, int], ...]],
        lines: int,
    ) -> None:
        """Draw a text in so many lines, its marks tinted; what is too much is left out."""
        text, marks = marked
        layout = QTextLayout(text, font)
        layout.setFormats([self._tint(text, *mark) for mark in marks])
        layout.beginLayout()
        top = 0.0
        for _ in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, area.width()))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        painter.setPen(QColor(self.colours.text))
        layout.draw(painter, area.topLeft())

    def _tint(self, text: str, start: int, end: int) -> QTextLayout.FormatRange:
        tint = QTextLayout.FormatRange()
        # Qt counts in UTF-16, in which an emoji or a rare sign is two.
        tint.start = _units(text[:start])
        tint.length = _units(text[start:end])
        look = QTextCharFormat()
        look.setBackground(QBrush(QColor(self.colours.mark)))
        look.setForeground(QBrush(QColor(self.colours.text_on_mark)))
        tint.format = look
        return tint


def title_of(hit: SearchHit) -> str:
    return hit.title or tr("New chat")


def where(hit: SearchHit) -> str:
    """Return the folder and tags of the chat, and whether it is in the archive."""
    parts = [tr("Archived")] if hit.archived else []
    parts += [hit.folder] if hit.folder else []
    parts += [f"#{tag}" for tag in hit.tags]
    return " · ".join(parts)


def day_of(hit: SearchHit) -> str:
    return hit.when.astimezone().strftime("%x")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
