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
    QTextTable,
    QTextTableFormat,
)

from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.inline import write_inline
from chatdesk.ui.transcript.rows import Cell, Table

_ALIGNMENTS = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}


def write_table(
    table: Table, cursor: QTextCursor, formats: Formats, *, left: int = 0, below: bool = False
) -> QTextTable | None:
    """Write a table at the cursor and return it, None where there is nothing to write.

    `left` is its indent in pixels, `below` adds space to the text above.
    """
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
    rows = shown_rows(table)
    if not rows or not table.head:
        return None
    if not table.continues:
        style.setHeaderRowCount(1)
    grid = cursor.insertTable(len(rows), len(table.head), style)
    for line, row in enumerate(rows):
        _write_row(grid, line, row, formats, heading=line == 0 and not table.continues)
    return grid


def shown_rows(table: Table) -> list[tuple[Cell, ...]]:
    """Return the rows of a piece; the head stands in the first piece only."""
    return list(table.body) if table.continues else [table.head, *table.body]


def grow_table(grid: QTextTable, before: Table, table: Table, formats: Formats) -> bool:
    """Write what `table` has more than `before`, which `grid` shows; False: it is another table."""
    old, new = shown_rows(before), shown_rows(table)
    # Only the last row, half written until now, may be another one.
    same = len(old) <= len(new) and before.shares == table.shares and old[:-1] == new[: len(old) - 1]
    if not same or len(old) < 2 or before.continues != table.continues:
        return False
    # One edit, so that the table is laid out once.
    edit = grid.firstCursorPosition()
    edit.beginEditBlock()
    if old[-1] != new[len(old) - 1]:
        grid.removeRows(len(old) - 1, 1)
        old.pop()
    if len(new) > len(old):
        grid.appendRows(len(new) - len(old))
    for line in range(len(old), len(new)):
        _write_row(grid, line, new[line], formats, heading=False)
    edit.endEditBlock()
    return True


def _write_row(
    grid: QTextTable, line: int, row: tuple[Cell, ...], formats: Formats, *, heading: bool
) -> None:
    for column, cell in enumerate(row[: grid.columns()]):
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
