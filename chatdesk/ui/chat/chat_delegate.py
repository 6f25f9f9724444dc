"""Draws the rows of the list of chats: headings, folders, and chats with their tags."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.ui.chat.chat_outline import Kind, Node
from chatdesk.ui.chat.conversation_model import ChatRole
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import LIGHT, scaled, spaced

Index = QModelIndex | QPersistentModelIndex
EDGE = 10  # pixels between the edge of a row and what stands in it
STEP = 16  # pixels that a row is moved in for each folder around it
DEEPEST = 4  # folders: what lies deeper is moved in no further, or titles would have no room
FOLD = 13  # pixels: the arrow of a folder
SIGN = 16  # pixels: an icon
_SMALL = 0.85  # of the font's size: headings, counts and tags
_LEFT_TO_RIGHT = "\u200e"  # the sign before a number stays there among letters that run to the left
_TAGS = 0.45  # of the row's width may be taken by tags
_OPTIONS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading


class ChatDelegate(QStyledItemDelegate):
    """Paints rows by itself; style sheet rules for items would neither keep their padding nor elide."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = LIGHT
        self.open_key = ""  # of the chat that is open

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, option.fontMetrics.height() + spaced(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node = index.data(ChatRole.node)
        if not isinstance(node, Node):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if node.kind is Kind.heading:
            self._paint_heading(painter, option.rect, node)
        else:
            self._paint_box(painter, option)
            row = _Row(painter, option, min(node.depth, DEEPEST))
            if node.kind in (Kind.folder, Kind.archive):
                self._paint_folder(row, node, bool(option.state & QStyle.StateFlag.State_Open))
            else:
                self._paint_chat(row, node, bool(index.data(ChatRole.is_busy)))
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        node = index.data(ChatRole.node)
        room = _Row(QPainter(), option, min(node.depth, DEEPEST) if isinstance(node, Node) else 0)
        editor.setGeometry(room.area.adjusted(-6, 2, 6, -2))

    def _paint_heading(self, painter: QPainter, area: QRect, node: Node) -> None:
        font = _small(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.colours.muted))
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading
        painter.drawText(area.adjusted(EDGE, 0, -EDGE, -5), bottom, node.text)

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        box = QRectF(option.rect).adjusted(1, 1.5, -1, -1.5)
        over = option.state & QStyle.StateFlag.State_MouseOver
        if selected or focused or over:
            ground = self.colours.bubble if selected else self.colours.hover
            painter.setBrush(QColor(ground) if selected or over else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.colours.accent), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 7, 7)

    def _paint_folder(self, row: _Row, node: Node, is_open: bool) -> None:
        closed = "chevron-left" if row.mirrored else "chevron-right"
        row.sign("chevron-down" if is_open else closed, self.colours.muted, FOLD)
        sign = "archive" if node.kind is Kind.archive else "folder-open" if is_open else "folder"
        row.sign(sign, self.colours.muted, SIGN)
        if inside := node.chats_inside:
            row.end_text(str(inside), self.colours.muted)
        row.text(node.text, self.colours.text)

    def _paint_chat(self, row: _Row, node: Node, busy: bool) -> None:
        if node.depth:
            row.skip_fold()
        if node.kind is Kind.hint:
            row.text(node.text, self.colours.muted)
            return
        if busy:
            row.dot(self.colours.accent)
        if node.chat is not None and node.chat.tags:
            row.tags(node.chat.tags, self.colours.muted, self.colours.outline)
        row.text(node.text, self.colours.text, bold=node.key == self.open_key)


class _Row:
    """The room of a row that is not filled yet; what is painted takes its part from the beginning or end."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, depth: int) -> None:
        self._painter = painter
        self._whole = option.rect
        self.mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        self._left = option.rect.left() + EDGE + depth * STEP
        self._right = option.rect.right() - EDGE

    @property
    def area(self) -> QRect:
        return self._placed(self._left, self._right - self._left)

    def sign(self, name: str, colour: str, size: int) -> None:
        size = round(scaled(size))
        area = self._placed(self._left, size)
        area.setHeight(size)
        area.moveTop(self._whole.center().y() - size // 2)
        self._painter.drawPixmap(area, icon(name, colour, size).pixmap(QSize(size, size)))
        self._left += size + 5

    def skip_fold(self) -> None:
        """Begin where folders beside it have their icon."""
        self._left += round(scaled(FOLD)) + 5

    def dot(self, colour: str) -> None:
        area = QRectF(self._placed(self._right - 7, 7))
        area.setHeight(7)
        area.moveTop(self._whole.center().y() - 3)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(colour))
        self._painter.drawEllipse(area)
        self._right -= 15

    def end_text(self, text: str, colour: str) -> None:
        font = _small(self._painter.font())
        width = QFontMetrics(font).horizontalAdvance(text)
        self._write(self._placed(self._right - width, width), text, colour, font)
        self._right -= width + 8

    def tags(self, tags: tuple[str, ...], colour: str, edge: str) -> None:
        """Paint as many as there is room for, then how many more there are; the first one stands first."""
        font = _small(self._painter.font())
        metrics = QFontMetrics(font)
        room = round((self._right - self._left) * _TAGS)
        shown: list[tuple[str, int]] = []
        for place, tag in enumerate(tags):
            more = f"+{len(tags) - place - 1}" if place + 1 < len(tags) else ""
            kept = metrics.horizontalAdvance(f"+{len(tags)}") + 14 if more else 0
            width = metrics.horizontalAdvance(tag) + 12
            if shown and width > room - kept:
                rest = f"{_LEFT_TO_RIGHT}+{len(tags) - place}"
                shown.append((rest, metrics.horizontalAdvance(rest) + 12))
                break
            width = min(width, room - kept)
            shown.append((metrics.elidedText(tag, Qt.TextElideMode.ElideRight, width - 11), width))
            room -= width + 4
        for text, width in reversed(shown):
            self._tag(text, width, metrics.height() + 2, colour, edge, font)

    def text(self, text: str, colour: str, bold: bool = False) -> None:
        font = QFont(self._painter.font())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        width = self._right - self._left
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        self._write(self._placed(self._left, width), shown, colour, font)

    def _tag(self, text: str, width: int, height: int, colour: str, edge: str, font: QFont) -> None:
        area = self._placed(self._right - width, width)
        area.setHeight(height)
        area.moveTop(self._whole.center().y() - height // 2)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(edge), 1))
        self._painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        self._write(
            area.adjusted(3 if self.mirrored else 5, 0, -5 if self.mirrored else -3, 0), text, colour, font
        )
        self._right -= width + 4

    def _write(self, area: QRect, text: str, colour: str, font: QFont) -> None:
        before = self._painter.font()
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(area, _OPTIONS, text)
        self._painter.setFont(before)

    def _placed(self, left: int, width: int) -> QRect:
        area = QRect(left, self._whole.top(), width, self._whole.height())
        if self.mirrored:
            area.moveRight(self._whole.left() + self._whole.right() - left)
        return area


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    return small
