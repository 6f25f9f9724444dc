"""Write tables into a text document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.inline import write_inline
from chatdesk.ui.transcript.rows import Cell, Table

_ALIGNMENTS = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}


def write_table(
    table: Table, cursor: QTextCursor, formats: Formats, *, left: int = 0, below: bool = False
) -> None:
    """Write a table at the cursor; `left` is its indent in pixels, `below` adds space to the text above."""
    style = QTextTableFormat()
    style.setBorder(1)
    style.setBorderCollapse(True)
    style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    style.setBorderBrush(QColor(formats.colours.border))
    style.setCellPadding(formats.scaled(6))
    style.setLeftMargin(left)
    style.setTopMargin(formats.scaled(6) if below else 0)
    style.setBottomMargin(formats.scaled(8))
    if table.shares:
        style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        style.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, share) for share in table.shares]
        )
    rows = list(table.body) if table.continues else [table.head, *table.body]
    if not rows or not table.head:
        return
    if not table.continues:
        style.setHeaderRowCount(1)
    grid = cursor.insertTable(len(rows), len(table.head), style)
    for line, row in enumerate(rows):
        heading = line == 0 and not table.continues
        for column, cell in enumerate(row[: len(table.head)]):
            place = grid.cellAt(line, column)
            _write_cell(cell, place.firstCursorPosition(), formats, heading=heading)
            if heading:
                tint = place.format()
                tint.setBackground(QColor(formats.colours.code_background))
                place.setFormat(tint)


def _write_cell(cell: Cell, cursor: QTextCursor, formats: Formats, *, heading: bool) -> None:
    characters = formats.base
    if heading:
        characters = QTextCharFormat(formats.base)
        characters.setFontWeight(QFont.Weight.DemiBold)
    if alignment := _ALIGNMENTS.get(cell.align):
        block = QTextBlockFormat()
        block.setAlignment(alignment)
        cursor.setBlockFormat(block)
    cursor.setBlockCharFormat(characters)
    write_inline(cell.tokens, cursor, characters, formats)
