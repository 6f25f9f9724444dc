"""Lays out one pane: only what is seen is measured, and each paragraph stands beside its partner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextOption,
)

from chatdesk.ui.translate.rows import Rows

MARGIN = 26.0  # pixels at each side of the text; marks stand in it
TOP = 10.0  # pixels above the first row
LONG = 20_000  # characters of a line from which on breaking it takes longer than a letter may
EVERYTHING = QRectF(0, 0, 1e9, 1e9)

Formats = Callable[[QTextBlock], Sequence[QTextLayout.FormatRange]]
Paint = Callable[[QPainter, int, QRectF], None]


class PaneLayout(QAbstractTextDocumentLayout):
    """`formats` tells how words of a block look, `below` and `above` paint what stands in a row beside text.

    `below` and `above` are given the row and its rectangle.
    """

    def __init__(self, document: QTextDocument, rows: Rows, side: int) -> None:
        super().__init__(document)
        self.rows = rows
        self.side = side
        self.formats: Formats = lambda _: ()
        self.below: Paint = lambda *_: None
        self.above: Paint = lambda *_: None
        self.changed: Callable[[], None] = lambda: None  # called when rows have moved
        self.resting = False  # while texts come one after the other, nothing is measured for each of them
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._width = 0.0
        self._direction: Qt.LayoutDirection | None = None
        self.set_direction(Qt.LayoutDirection.LayoutDirectionAuto)

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from the left or from the right; automatic looks at each line."""
        if direction == self._direction:
            return  # else what is measured of a long text would be forgotten with every look at its language
        self._direction = direction
        right = direction == Qt.LayoutDirection.RightToLeft
        self._option.setTextDirection(direction)
        self._option.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        self.forget()

    def forget(self) -> None:
        """Guess all heights anew: width, font or direction have changed."""
        self._guess_all()
        self._moved()

    def tell_size(self) -> None:
        """Tell how high all is, and draw it."""
        self.documentSizeChanged.emit(self.documentSize())
        self._redraw(EVERYTHING)

    def restyle(self, block: QTextBlock) -> None:
        """Show a block whose formats have changed."""
        if self.rows.measured(self.side, block.blockNumber()):
            self._lay_out(block)
        self._redraw(self.blockBoundingRect(block))

    def measure_some(self, start: int, enough: Callable[[], bool]) -> int:
        """Measure blocks from `start` on until `enough`; return where to go on, -1 when all are measured."""
        block = self.document().findBlockByNumber(max(start, 0))
        number = start
        while (number := self.rows.guessed(self.side, number)) >= 0:
            if block.blockNumber() != number:
                block = self.document().findBlockByNumber(number)
            self._lay_out(block)
            block = block.next()
            if enough():
                return number
        return -1

    def measure_seen(self, rect: QRectF) -> None:
        """Measure all blocks that stand within `rect`."""
        self._seen(rect)

    # -- what Qt asks ---------------------------------------------------------------------------------------

    def documentSize(self) -> QSizeF:  # noqa: N802
        return QSizeF(self._page_width(), TOP + self.rows.height + TOP)

    def pageCount(self) -> int:  # noqa: N802
        return 1

    def frameBoundingRect(self, _frame: QTextFrame) -> QRectF:  # noqa: N802
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802
        number = block.blockNumber()
        if not block.isValid() or number >= self.rows.blocks(self.side):
            return QRectF()
        known = self.rows.measured(self.side, number) and block.layout().lineCount()
        if not known and not self.resting and self._lay_out(block):
            self._moved()
        top = TOP + self.rows.block_top(self.side, number)
        return QRectF(MARGIN, top, self._text_width(), self.rows.block_height(self.side, number))

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]  # noqa: N802
        block = self.document().findBlockByNumber(self.rows.block_at(self.side, point.y() - TOP))
        rect = self.blockBoundingRect(block)
        if accuracy == Qt.HitTestAccuracy.ExactHit and not rect.contains(point):
            return -1
        layout = block.layout()
        y = point.y() - rect.top()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if y < line.y() + line.height() or number == layout.lineCount() - 1:
                return int(block.position() + line.xToCursor(point.x() - rect.left()))
        return block.position()

    def documentChanged(self, position: int, _removed: int, added: int) -> None:  # noqa: N802
        document = self.document()
        width = self._page_width()
        blocks = document.blockCount()
        first = document.findBlock(position)
        last = document.findBlock(min(position + added, document.characterCount() - 1))
        difference = blocks - self.rows.blocks(self.side)
        whole = blocks > 1 and position == 0 and added >= document.characterCount() - 1
        if width != self._width or whole:
            self._guess_all()
            self._moved()
            return
        count = last.blockNumber() - first.blockNumber() + 1
        before = self.rows.height
        if count == 1 and not difference and first.length() > LONG:  # as high as it was until it is drawn
            height = self.rows.block_height(self.side, first.blockNumber())
            self.rows.replace(self.side, first.blockNumber(), 1, [height])
            first.layout().clearLayout()
            self._redraw(EVERYTHING)
            return
        if count == 1 and not difference:
            self._lay_out(first)
        else:
            heights = self._guesses(self._texts(first, count))
            self.rows.replace(self.side, first.blockNumber(), count - difference, heights)
        if self.rows.height != before or difference:
            self._moved()
        else:
            self._redraw(self.blockBoundingRect(first).adjusted(-MARGIN, 0, MARGIN, 0))

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip if context.clip.isValid() else QRectF(QPointF(0, 0), self.documentSize())
        rows = self.rows
        for row in self._seen(clip):
            top = TOP + rows.top(row)
            rect = QRectF(0, top, self._page_width(), TOP + rows.top(row + 1) - top)
            self.below(painter, row, rect)
        painter.setPen(context.palette.text().color())
        for row in self._seen(clip):
            start, end = rows.span(self.side, row)
            if start < end and rows.top(row) + TOP < clip.top():
                start = rows.block_at(self.side, clip.top() - TOP)
            block = self.document().findBlockByNumber(start)
            for number in range(start, end):
                if TOP + rows.block_top(self.side, number) > clip.bottom():
                    break
                self._draw_block(painter, block, context, clip)
                block = block.next()
            top = TOP + rows.top(row)
            self.above(painter, row, QRectF(0, top, self._page_width(), TOP + rows.top(row + 1) - top))

    # -- the rest -------------------------------------------------------------------------------------------

    def _seen(self, clip: QRectF) -> range:
        """Measure our blocks of the rows within `clip`, and return the rows."""
        rows, moved = self.rows, False
        row = rows.row_at(clip.top() - TOP)
        first = row
        while row < rows.count and TOP + rows.top(row) < clip.bottom():
            start, end = rows.span(self.side, row)
            if row == first and start < end:
                start = rows.block_at(self.side, clip.top() - TOP)
            for number in range(start, end):
                if TOP + rows.block_top(self.side, number) > clip.bottom():
                    break
                if not rows.measured(self.side, number):
                    moved = self._lay_out(self.document().findBlockByNumber(number)) or moved
            row += 1
        if moved:
            self._moved()
        return range(first, max(row, first + 1))

    def _draw_block(
        self,
        painter: QPainter,
        block: QTextBlock,
        context: QAbstractTextDocumentLayout.PaintContext,
        clip: QRectF,
    ) -> None:
        number = block.blockNumber()
        top = TOP + self.rows.block_top(self.side, number)
        if top > clip.bottom() or top + self.rows.block_height(self.side, number) < clip.top():
            return
        rect = self.blockBoundingRect(block)
        layout = block.layout()
        start, length = block.position(), block.length()
        chosen = []
        for selection in context.selections:
            begin = max(selection.cursor.selectionStart() - start, 0)
            end = min(selection.cursor.selectionEnd() - start, length)
            if begin < end:
                form = QTextLayout.FormatRange()
                form.start, form.length, form.format = begin, end - begin, selection.format
                chosen.append(form)
        layout.draw(painter, rect.topLeft(), chosen, clip)
        place = context.cursorPosition - start
        if 0 <= place < length:
            layout.drawCursor(painter, rect.topLeft(), place, 1)

    def _lay_out(self, block: QTextBlock) -> bool:
        """Break a block into lines; return whether its height was another than it was thought to be."""
        layout = block.layout()
        layout.setTextOption(self._option)
        layout.setFormats(list(self.formats(block)))
        width, height = self._text_width(), 0.0
        layout.setCacheEnabled(block.length() > LONG)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return self.rows.measure(self.side, block.blockNumber(), ceil(height))

    def _moved(self) -> None:
        self.tell_size()
        self.changed()

    def _redraw(self, rect: QRectF) -> None:
        self.update[QRectF].emit(rect)  # type: ignore[index]

    def _guess_all(self) -> None:
        self._width = self._page_width()
        texts = self.document().toRawText().split("\u2029")
        self.rows.replace(self.side, 0, self.rows.blocks(self.side), self._guesses(texts))

    def _texts(self, block: QTextBlock, count: int) -> list[str]:
        if count > 200:
            start = block.blockNumber()
            return self.document().toRawText().split("\u2029")[start : start + count]
        texts = []
        for _ in range(count):
            texts.append(block.text())
            block = block.next()
        return texts

    def _guesses(self, texts: Sequence[str]) -> list[float]:
        metrics = QFontMetricsF(self.document().defaultFont())
        line = ceil(metrics.height())
        signs = max(1, int(self._text_width() / max(1.0, metrics.averageCharWidth())))
        return [float(line * (1 + len(text) // signs)) for text in texts]

    def _page_width(self) -> float:
        return max(self.document().pageSize().width(), 2 * MARGIN + 20)

    def _text_width(self) -> float:
        return self._page_width() - 2 * MARGIN
