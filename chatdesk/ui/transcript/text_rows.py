"""Rows of running text: prose, tables, plain text and the bubbles of what the user wrote."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.markdown import Block
from chatdesk.ui.transcript.render import BlockWriter
from chatdesk.ui.transcript.row_widget import RowText, RowWidget
from chatdesk.ui.transcript.rows import Bubble, Content, Plain, Prose, Table
from chatdesk.ui.transcript.tables import grow_table, write_table

_DECORATED = ("bullet_list_open", "ordered_list_open", "blockquote_open", "hr")
_SCROLL_BAR = 12  # pixels below a table that is wider than the column
_BUBBLE_PAD = 14
_BUBBLE_PAD_Y = 9
_BUBBLE_BELOW = 4  # the last line's own spacing stands below it
_BUBBLE_SHARE = 0.8  # of the column's width
_THOUGHT_INDENT = 16


class TextRow(RowWidget):
    """A row that is one text as wide as the column."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._text = self.make_text()
        self._text.setAccessibleName(tr("Answer"))

    @property
    def text(self) -> RowText:
        return self._text

    def height_at(self, width: int) -> int:
        return self._text.height_at(width)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._text.setGeometry(self.rect())


class ProseRow(TextRow):
    """Flowing Markdown; only blocks that are new are written, so a growing answer costs its last block."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._blocks: tuple[Block, ...] = ()
        self._ends: list[int] = []  # text position behind each block

    def display(self, content: Content) -> None:
        assert isinstance(content, Prose)
        blocks = content.blocks
        kept = 0
        while kept < min(len(blocks), len(self._blocks)) and blocks[kept] is self._blocks[kept]:
            kept += 1
        del self._ends[kept:]
        document = self._text.document()
        if not kept:
            document.clear()
        selected = self._text.textCursor()
        ends = selected.selectionStart(), selected.selectionEnd()
        start = self._ends[-1] if kept else 0
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        if kept:
            cursor.setPosition(start)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        writer = BlockWriter(self.formats, cursor, empty=not kept)
        for block in blocks[kept:]:
            writer.write(block)
            self._ends.append(cursor.position())
        cursor.endEditBlock()
        if not kept:
            self._text.show_beginning()
        elif selected.hasSelection() and selected.selectionEnd() >= start >= ends[1]:
            self._select(*ends)
        self._blocks = blocks
        self._text.decorated = any(block.kind in _DECORATED for block in blocks)

    def _select(self, start: int, end: int) -> None:
        """Take back a selection whose end moved along with what was written behind it."""
        cursor = self._text.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)

    def clear(self) -> None:
        self._blocks = ()
        self._ends = []
        self._text.document().clear()
        self._text.setExtraSelections([])


class TableRow(TextRow):
    """A piece of a table; scrolls sideways when the column is too narrow for it."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._grid: QTextTable | None = None
        self._table = Table((), ())
        # A word that does not fit makes the table wider and is not broken.
        self._text.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self._text.setAccessibleName(tr("Table"))

    def display(self, content: Content) -> None:
        assert isinstance(content, Table)
        document = self._text.document()
        if self._grid is None or not grow_table(self._grid, self._table, content, self.formats):
            document.clear()
            cursor = QTextCursor(document)
            cursor.beginEditBlock()
            self._grid = write_table(content, cursor, self.formats)
            # The text block that always follows a table would stand as an empty line.
            cursor.movePosition(QTextCursor.MoveOperation.End)
            flat = QTextBlockFormat()
            flat.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            cursor.setBlockFormat(flat)
            cursor.endEditBlock()
            self._text.show_beginning()
        self._table = content

    def height_at(self, width: int) -> int:
        height = self._text.height_at(width)
        wider = self._text.document().size().width() > width + 1
        return height + (_SCROLL_BAR if wider else 0)

    def clear(self) -> None:
        self._grid = None
        self._text.document().clear()
        self._text.setExtraSelections([])


class PlainRow(TextRow):
    """Text as it is; more of it is appended without writing the rest again."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._shown = ""

    def display(self, content: Content) -> None:
        assert isinstance(content, Plain | Bubble)
        text = content.text.removesuffix("\n")
        thought = isinstance(content, Plain) and content.thought
        formats = self.formats
        document = self._text.document()
        cursor = QTextCursor(document)
        if self._shown and text.startswith(self._shown):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            added = text[len(self._shown) :]
        else:
            document.clear()
            added = text
            block = QTextBlockFormat(formats.tight)
            block.setBottomMargin(0)
            block.setLeftMargin(_THOUGHT_INDENT if thought else 0)
            cursor.setBlockFormat(block)
        cursor.insertText(added, formats.muted if thought else formats.base)
        if added is text:
            self._text.show_beginning()
        self._shown = text
        self._text.setAccessibleName(tr("What the model thought") if thought else tr("Answer"))

    def clear(self) -> None:
        self._shown = ""
        self._text.document().clear()
        self._text.setExtraSelections([])


class BubbleRow(PlainRow):
    """A piece of what the user wrote, on the side where one's own words stand."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._bubble = Bubble("")

    def display(self, content: Content) -> None:
        assert isinstance(content, Bubble)
        self._bubble = content
        super().display(content)
        self._text.setAccessibleName(tr("Your message"))

    def height_at(self, width: int) -> int:
        widest = round(width * _BUBBLE_SHARE) - 2 * _BUBBLE_PAD
        height = self._text.height_at(widest)
        if self._bubble.whole:
            ideal = math.ceil(self._text.document().idealWidth()) + 2
            if ideal < widest:
                height = self._text.height_at(ideal)
        self._settle()  # a widget that is used again may keep its size
        return height + _BUBBLE_PAD_Y * (not self._bubble.continues) + _BUBBLE_BELOW * self._bubble.last

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._settle()

    def _settle(self) -> None:
        top = 0 if self._bubble.continues else _BUBBLE_PAD_Y
        bottom = _BUBBLE_BELOW if self._bubble.last else 0
        text = self._text
        left = _BUBBLE_PAD if self._mirrored() else self.width() - _BUBBLE_PAD - text.width()
        text.setGeometry(left, top, text.width(), self.height() - top - bottom)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole bubble is one shape
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.formats.colours.bubble))
        around = QRectF(self._text.geometry()).adjusted(-_BUBBLE_PAD, 0, _BUBBLE_PAD, 0)
        # Round corners that belong to the neighbouring piece are cut off by this widget's edge.
        around.setTop(-20 if self._bubble.continues else 0)
        around.setBottom(self.height() + (0 if self._bubble.last else 20))
        painter.drawRoundedRect(around, 14, 14)

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft
