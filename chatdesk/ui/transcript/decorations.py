"""Paint what a text document cannot: bars of quotes, bullets, check boxes and rules."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock, QTextDocument

from chatdesk.ui.transcript.formats import BlockProperty, Formats


def paint_decorations(painter: QPainter, document: QTextDocument, clip: QRectF, formats: Formats) -> None:
    """Paint over the text blocks that reach into `clip`, in the document's coordinates."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    layout = document.documentLayout()
    width = document.textWidth()
    margin = document.documentMargin()
    block = document.begin()
    while block.isValid():
        style = block.blockFormat()
        quotes = style.intProperty(BlockProperty.quotes)
        bullet = style.intProperty(BlockProperty.bullet)
        task = style.intProperty(BlockProperty.task)
        rule = style.boolProperty(BlockProperty.rule)
        if quotes or bullet or task or rule:
            place = layout.blockBoundingRect(block)
            if place.top() > clip.bottom():
                return
            if place.bottom() + style.bottomMargin() >= clip.top():
                if quotes:
                    _paint_bars(
                        painter, block, quotes, place, QRectF(margin, 0, width - 2 * margin, 0), formats
                    )
                if bullet or task:
                    _paint_mark(painter, block, bullet, task, formats)
                if rule:
                    line = QRectF(place.left(), place.center().y(), width - margin - place.left(), 1)
                    painter.fillRect(line, QColor(formats.colours.border))
        block = block.next()


def _rtl(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft


def _paint_bars(
    painter: QPainter, block: QTextBlock, quotes: int, place: QRectF, column: QRectF, formats: Formats
) -> None:
    bottom = place.bottom()
    following = block.next()
    if following.isValid() and following.blockFormat().intProperty(BlockProperty.quotes) & quotes:
        bottom = following.document().documentLayout().blockBoundingRect(following).top()
    for indent in range(quotes.bit_length()):
        if quotes >> indent & 1:
            x = indent * formats.indent + 6
            left = column.right() - x - 3 if _rtl(block) else column.left() + x
            painter.fillRect(
                QRectF(left, place.top(), 3, bottom - place.top()), QColor(formats.colours.border)
            )


def _paint_mark(painter: QPainter, block: QTextBlock, bullet: int, task: int, formats: Formats) -> None:
    layout = block.layout()
    if layout.lineCount() == 0:
        return
    line = layout.lineAt(0)
    top = layout.position().y() + line.y()
    middle = top + line.ascent() - formats.points * 0.42
    text = line.naturalTextRect()
    if _rtl(block):
        x = layout.position().x() + text.right() + formats.indent * 0.5
    else:
        x = layout.position().x() + text.left() - formats.indent * 0.5
    if task:
        _paint_box(painter, QPointF(x - 2, middle), formats, done=task > 1)
        return
    radius = formats.points * (0.24 if bullet == 1 else 0.22)
    ink = QColor(formats.colours.muted)
    painter.setPen(QPen(ink, 1.2) if bullet == 2 else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if bullet == 2 else ink)
    spot = QRectF(x - radius, middle - radius, 2 * radius, 2 * radius)
    if bullet > 2:
        painter.drawRect(spot)
    else:
        painter.drawEllipse(spot)


def _paint_box(painter: QPainter, middle: QPointF, formats: Formats, *, done: bool) -> None:
    side = formats.points * 1.25
    box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    accent = QColor(formats.colours.accent)
    painter.setPen(QPen(accent if done else QColor(formats.colours.muted), 1.3))
    painter.setBrush(accent if done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, side * 0.22, side * 0.22)
    if done:
        tick = QPainterPath(QPointF(box.left() + side * 0.24, box.top() + side * 0.54))
        tick.lineTo(box.left() + side * 0.43, box.top() + side * 0.72)
        tick.lineTo(box.left() + side * 0.78, box.top() + side * 0.32)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#0b1220" if formats.colours.dark else "#ffffff"), 1.6))
        painter.drawPath(tick)
