"""Selection that runs across rows; within one row Qt selects by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QTextCursor, QTextDocument

from chatdesk.ui.transcript.entries import Row
from chatdesk.ui.transcript.plain import document_of, part_of, plain_text
from chatdesk.ui.transcript.row_widget import RowText
from chatdesk.ui.transcript.rows import continues

if TYPE_CHECKING:
    from chatdesk.ui.transcript.column import Column

_SCROLL_MS = 30

Spot = tuple[Row, int]  # a row and a text position in it


class Selection(QObject):
    """Watches the texts of all rows; each live row shows its part of what is selected."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._column = column
        self._start: Spot | None = None
        self._end: Spot | None = None
        self._pointer = QPoint()
        self._dragging = False
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    def watch(self, text: RowText) -> None:
        """Take part in the selections of this text."""
        text.viewport().installEventFilter(self)

    def clear(self) -> None:
        self._start = self._end = None
        self._end_drag()
        for row in self._column.live_rows():
            text = _text_of(row)
            if text is not None and text.textCursor().hasSelection():
                cursor = text.textCursor()
                cursor.clearSelection()
                text.setTextCursor(cursor)

    def select_all(self) -> None:
        entries = self._column.entries
        if entries:
            self._start = (entries[0].ensure_rows()[0], 0)
            self._end = (entries[-1].ensure_rows()[-1], 0)
            self._show()

    def begin(self, pointer: QPoint) -> None:
        """Start a selection at a point of the screen that no row stands at."""
        self.clear()
        self._start = self._spot_at(pointer)
        self._dragging = self._start is not None

    def extend(self, pointer: QPoint) -> None:
        """Let the selection reach to a point of the screen."""
        self._pointer = pointer
        spot = self._spot_at(pointer)
        if self._start is not None and spot is not None:
            self._end = spot
            self._show()
        inside = self._column.viewport().rect()
        y = self._column.viewport().mapFromGlobal(pointer).y()
        if self._dragging and not inside.top() <= y <= inside.bottom():
            self._scroll.start()
        else:
            self._scroll.stop()

    def end(self) -> None:
        """The mouse button is up."""
        self._end_drag()

    def text(self) -> str:
        """Return what is selected; rows without a widget are read from what they stand for."""
        ends = self._ends()
        if ends is None or ends[0][0] is ends[1][0]:
            return self._text_within_row()
        (first, start), (last, end) = ends
        pieces: list[str] = []
        for row in self._rows_between(first, last):
            if row is first and start > 0:
                piece = part_of(self._document(row), start, 1 << 30)
            elif row is last and not self._is_whole(row, end):
                piece = part_of(self._document(row), 0, end)
            else:
                piece = plain_text(row.content)
            if piece and pieces:
                pieces.append("" if continues(row.content) else "\n\n")
            pieces.append(piece)
        return "".join(pieces).strip("\n")

    def show_in(self, row: Row) -> None:
        """Show the part of the selection that lies in a row that has just got its widget."""
        ends = self._ends()
        text = _text_of(row)
        if ends is None or text is None:
            return
        (first, start), (last, end) = ends
        cursor = QTextCursor(text.document())
        if first.place <= row.place <= last.place:
            length = text.document().characterCount() - 1
            whole = row is not last or self._is_whole(row, end)
            cursor.setPosition(min(start, length) if row is first else 0)
            cursor.setPosition(length if whole else min(end, length), QTextCursor.MoveMode.KeepAnchor)
        x = text.horizontalScrollBar().value()
        text.setTextCursor(cursor)
        text.horizontalScrollBar().setValue(x)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            text = watched.parent()
            if isinstance(text, RowText):
                return self._mouse(text, event)
        return super().eventFilter(watched, event)

    def _mouse(self, text: RowText, event: QMouseEvent) -> bool:
        pointer = event.globalPosition().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.LeftButton:
                return self._press(text, event, pointer)
            case QEvent.Type.MouseMove if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
                spot = self._spot_at(pointer)
                across = self._end is not None or (spot and self._start and spot[0] is not self._start[0])
                if across:
                    self.extend(pointer)
                return bool(across)
            case QEvent.Type.MouseButtonRelease if self._dragging:
                self._end_drag()
                row = self._column.row_of(text)
                if self._end is None and row is not None and text.textCursor().hasSelection():
                    self._start = (row, text.textCursor().anchor())
                    self._end = (row, text.textCursor().position())
                    return False
                return self._end is not None
        return False

    def _press(self, text: RowText, event: QMouseEvent, pointer: QPoint) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._start is not None:
            self._dragging = True
            self.extend(pointer)
            return True
        self.clear()
        row = self._column.row_of(text)
        if row is not None:
            self._start = (row, text.cursorForPosition(event.position().toPoint()).position())
            self._dragging = True
            self._column.pinned = row
        return False

    def _end_drag(self) -> None:
        self._dragging = False
        self._scroll.stop()
        self._column.pinned = None

    def _scroll_on(self) -> None:
        y = self._column.viewport().mapFromGlobal(self._pointer).y()
        beyond = y if y < 0 else max(0, y - self._column.viewport().height())
        self._column.scroll_by(max(-80, min(80, beyond)))
        self.extend(self._pointer)

    def _show(self) -> None:
        for row in self._column.live_rows():
            self.show_in(row)

    def _spot_at(self, pointer: QPoint) -> Spot | None:
        """Return the spot nearest to a point of the screen: the row above it, or the first one."""
        nearest: tuple[Row, RowText] | None = None
        for row in self._column.live_rows():
            text = _text_of(row)
            if text is not None and row is not self._column.pinned_away():
                if nearest is not None and text.mapFromGlobal(pointer).y() < 0:
                    break
                nearest = (row, text)
        if nearest is None:
            return None
        row, text = nearest
        point = text.viewport().mapFromGlobal(pointer)
        if point.y() < 0:
            return row, 0
        if point.y() > text.viewport().height():
            return row, text.document().characterCount() - 1
        return row, text.cursorForPosition(point).position()

    def _ends(self) -> tuple[Spot, Spot] | None:
        """Return both ends in order, None where there is no selection or its rows are gone."""
        start, end = self._start, self._end
        if start is None or end is None or not (self._stands(start[0]) and self._stands(end[0])):
            return None
        forward = (start[0].place, start[1]) <= (end[0].place, end[1])
        return (start, end) if forward else (end, start)

    def _stands(self, row: Row) -> bool:
        entries = self._column.entries
        index = row.entry.index
        if index >= len(entries) or entries[index] is not row.entry:
            return False
        rows = row.entry.rows or []
        return row.index < len(rows) and rows[row.index] is row

    def _rows_between(self, first: Row, last: Row) -> list[Row]:
        rows: list[Row] = []
        for entry in self._column.entries[first.entry.index : last.entry.index + 1]:
            rows += entry.ensure_rows()
        end = len(rows) - len(last.entry.ensure_rows()) + last.index
        return rows[first.index : end + 1]

    def _text_within_row(self) -> str:
        for row in self._column.live_rows():
            text = _text_of(row)
            if text is not None and text.textCursor().hasSelection():
                return text.textCursor().selection().toPlainText()
        return ""

    def _is_whole(self, row: Row, end: int) -> bool:
        text = _text_of(row)
        return text is not None and end >= text.document().characterCount() - 1

    def _document(self, row: Row) -> QTextDocument:
        text = _text_of(row)
        return document_of(row.content, self._column.formats) if text is None else text.document()


def _text_of(row: Row) -> RowText | None:
    return row.widget.text if row.widget is not None else None
