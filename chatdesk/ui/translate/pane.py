"""One of the two panes: a plain text whose paragraphs stand beside their partners."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from chatdesk.languages.table import languages
from chatdesk.ui.theme import colours, follow
from chatdesk.ui.translate.layout import TOP, PaneLayout
from chatdesk.ui.translate.pieces import qt_length
from chatdesk.ui.translate.rows import Rows


class Pane(QTextEdit):
    """`hovered` tells the row under the pointer, -1 for none; `entered` that with the cursor."""

    hovered = Signal(int)
    entered = Signal(int)
    focused = Signal()

    def __init__(self, rows: Rows, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        document = QTextDocument(self)
        self.rows = rows
        self.side = side
        self.lines = PaneLayout(document, rows, side)
        document.setDocumentLayout(self.lines)
        self.setDocument(document)
        self.lines.below = self._paint_row
        self.marked: tuple[int, int] = (-1, -1)  # the rows under the pointer and with the cursor
        self.blank: list[int] = []  # empty lines at the end of each row
        self.prepare: Callable[[], None] = lambda: None  # called before each painting
        self._pointer = -1.0  # pixels of the pointer below the upper edge, -1 while it is elsewhere
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(lambda: self.entered.emit(self.row))
        follow(self, lambda _: self._recolour())

    @property
    def text(self) -> str:
        """The whole text, character for character."""
        return self.document().toRawText().replace("\u2029", "\n")

    @property
    def row(self) -> int:
        """The row with the cursor."""
        return self.rows.row_of(
            self.side, min(self.textCursor().blockNumber(), self.rows.blocks(self.side) - 1)
        )

    def set_language(self, code: str) -> None:
        """Write from the right where a language is written so; for "" each line as it begins."""
        language = languages().get(code)
        direction = Qt.LayoutDirection.LayoutDirectionAuto
        if language is not None:
            right = language.rtl
            direction = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        self.lines.set_direction(direction)

    def mark(self, hovered: int, entered: int) -> None:
        """Mark the rows under the pointer and with the cursor."""
        if self.marked != (hovered, entered):
            self.marked = (hovered, entered)
            self.viewport().update()

    def row_at(self, y: float) -> int:
        """Return the row at `y` pixels below the upper edge, -1 where no text is any more."""
        place = y + self.verticalScrollBar().value() - TOP
        return self.rows.row_at(place) if place < self.rows.height else -1

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of what stands from `start` to `end`."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def replace_all(self, text: str) -> None:
        """Show another text; only what differs is written, and the place in the text stays."""
        old = self.text
        if old == text:
            return
        head = same(old, text)
        tail = min(same(old[::-1], text[::-1]), len(old) - head, len(text) - head)
        start, end = qt_length(old[:head]), qt_length(old[: len(old) - tail])
        self.replace(start, end, text[head : len(text) - tail])

    def paintEvent(self, event: QPaintEvent) -> None:
        self.prepare()
        super().paintEvent(event)

    def measure_seen(self) -> None:
        """Measure what is seen, before either pane is painted: its heights count for both."""
        top = self.verticalScrollBar().value()
        self.lines.measure_seen(QRectF(0, top, self.viewport().width(), self.viewport().height()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._pointer = event.position().y()
        self.tell_pointer()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = -1.0
        self.hovered.emit(-1)

    def tell_pointer(self) -> None:
        """Tell which row is under the pointer, if that is here: the text may have moved below it."""
        if self._pointer >= 0:
            self.hovered.emit(self.row_at(self._pointer))

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(cleaned(source.text()))
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def _recolour(self) -> None:
        """Show what has looks of its own in the colours and the text size of now."""
        block = self.document().firstBlock()
        while block.isValid():
            if block.layout().formats():
                self.lines.restyle(block)
            block = block.next()

    def _paint_row(self, painter: QPainter, row: int, rect: QRectF) -> None:
        hovered, entered = self.marked
        if row not in (hovered, entered):
            return
        c = colours()
        blank = self.blank[row] if row < len(self.blank) else 0
        below = blank * ceil(QFontMetricsF(self.document().defaultFont()).height())
        bar = rect.adjusted(4, -3, -4, -3 - below)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.hover if row != entered else c.info_background))
        painter.drawRoundedRect(bar, 6, 6)
        painter.restore()

    def place_of(self, row: int) -> QPointF:
        """Return where a row begins in the visible part, for menus and notes."""
        return QPointF(0, TOP + self.rows.top(row) - self.verticalScrollBar().value())


def cleaned(text: str) -> str:
    """Return a text as the panes take it: lines end with a line feed, and nothing stands in the way."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")


def same(one: str | bytes, other: str | bytes) -> int:
    """Return with how many characters or bytes both begin alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
