"""Shows the difference of two texts: "+" and "−" before lines, and a line below what changed in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chatdesk.domain.templates import Change, DiffLine
from chatdesk.domain.words import tr, trn
from chatdesk.ui.theme import colours, follow

_SIGNS = {Change.same: "  ", Change.removed: "− ", Change.added: "+ "}


class DiffView(QPlainTextEdit):
    """Read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("template-diff")
        self.setAccessibleName(tr("Difference"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self._lines: Sequence[DiffLine] = ()
        follow(self, lambda _: self.show_lines(self._lines))

    def show_lines(self, lines: Sequence[DiffLine]) -> None:
        """Show these in place of others."""
        self._lines = lines
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.95)
        self.clear()
        cursor = QTextCursor(self.document())
        for number, line in enumerate(lines):
            look = _look(line.change, font)
            cursor.insertText(("\n" if number else "") + _SIGNS[line.change], look)
            end = 0
            for first, last in line.marks:
                cursor.insertText(line.text[end:first], look)
                marked = QTextCharFormat(look)
                marked.setFontUnderline(True)
                marked.setFontWeight(QFont.Weight.Bold)
                cursor.insertText(line.text[first:last], marked)
                end = last
            cursor.insertText(line.text[end:], look)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def difference_words(lines: Sequence[DiffLine]) -> str:
    """Return how much differs, in words."""
    gone = sum(line.change is Change.removed for line in lines)
    new = sum(line.change is Change.added for line in lines)
    if not gone and not new:
        return tr("Both are the same.")
    return tr("{gone}, {new}.").format(
        gone=trn("{count} line gone (−)", "{count} lines gone (−)", gone),
        new=trn("{count} line new (+)", "{count} lines new (+)", new),
    )


def _look(change: Change, font: QFont) -> QTextCharFormat:
    c = colours()
    ground, words = {
        Change.same: (c.base, c.muted),
        Change.removed: (c.danger_background, c.text),
        Change.added: (c.info_background, c.text),
    }[change]
    look = QTextCharFormat()
    look.setFont(font)
    look.setBackground(QColor(ground))
    look.setForeground(QColor(words))
    return look
