"""Keeps marks of formatting whole while a translation is written: the cursor passes them as one sign."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QTextEdit

from chatdesk.ui.translate.mark_looks import mark_spans

_KEEP = QTextCursor.MoveMode.KeepAnchor


class WholeMarks:
    """Of one pane: no cursor and no end of a selection stands within a mark."""

    def __init__(self, pane: QTextEdit) -> None:
        self._pane = pane
        self._before = 0  # where the cursor stood last
        self._moving = False
        pane.cursorPositionChanged.connect(self._keep_out)
        pane.selectionChanged.connect(self._keep_out)

    def deletes(self, event: QKeyEvent) -> bool:
        """Delete the mark or the word beside the cursor, marks as a whole; return whether it was for that."""
        cursor = self._pane.textCursor()
        if cursor.hasSelection() or self._pane.isReadOnly():
            return False
        forwards = event.key() == Qt.Key.Key_Delete
        if not forwards and event.key() != Qt.Key.Key_Backspace:
            return False
        place = cursor.position()
        beside = [span for span in self._spans(place) if span[0 if forwards else 1] == place]
        if not beside and not _deletes_word(event):
            return False
        if beside:
            first, last = beside[0]
        else:
            move = QTextCursor.MoveOperation
            cursor.movePosition(move.NextWord if forwards else move.PreviousWord, _KEEP)
            first, last = sorted((place, cursor.position()))
            first, last = self._outside(first, forwards=False), self._outside(last, forwards=True)
        cursor.setPosition(first)
        cursor.setPosition(last, _KEEP)
        self._pane.setTextCursor(cursor)
        self._pane.textCursor().removeSelectedText()
        return True

    def _keep_out(self) -> None:
        if self._moving:
            return
        cursor = self._pane.textCursor()
        place, anchor = cursor.position(), cursor.anchor()
        new = self._outside(place, forwards=place > self._before)
        other = self._outside(anchor, forwards=anchor > place) if cursor.hasSelection() else new
        self._before = new
        if (new, other) == (place, anchor):
            return
        cursor.setPosition(other)
        cursor.setPosition(new, _KEEP)
        self._moving = True
        try:
            self._pane.setTextCursor(cursor)
        finally:
            self._moving = False

    def _outside(self, place: int, *, forwards: bool) -> int:
        for start, end in self._spans(place):
            if start < place < end:
                return end if forwards else start
        return place

    def _spans(self, place: int) -> list[tuple[int, int]]:
        """Return where the marks stand in the block at a place."""
        block = self._pane.document().findBlock(place)
        begin = block.position()
        return [(begin + start, begin + end) for start, end in mark_spans(block.text())]


def _deletes_word(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return bool(event.matches(keys.DeleteStartOfWord) or event.matches(keys.DeleteEndOfWord))
