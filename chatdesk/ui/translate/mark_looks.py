"""How the marks of formatting look that stand in the texts of documents: small and calm."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from chatdesk.tasks.marks import marks
from chatdesk.ui.theme import colours, scaled
from chatdesk.ui.translate.pieces import qt_length

_POINTS = 7.5  # at 100 % text size


def mark_ranges(text: str) -> list[QTextLayout.FormatRange]:
    """Return where the marks of a text stand, and their look."""
    if "\u27e6" not in text:
        return []
    look = QTextCharFormat()
    look.setForeground(QColor(colours().muted))
    look.setBackground(QColor(colours().hover))
    look.setFontPointSize(scaled(_POINTS))
    found = []
    for mark in marks(text):
        each = QTextLayout.FormatRange()
        each.start = qt_length(text[: mark.start])
        each.length = qt_length(text[mark.start : mark.end])
        each.format = look
        found.append(each)
    return found
