"""How the marks of formatting look that stand in the texts of documents: small and calm."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from chatdesk.domain.markup import marks
from chatdesk.ui.theme import colours, scaled
from chatdesk.ui.translate.pieces import qt_length

_POINTS = 7.5  # at 100 % text size


def mark_spans(text: str) -> list[tuple[int, int]]:
    """Return where the marks of a text begin and end, in units of UTF-16."""
    if "\u27e6" not in text:
        return []
    return [(qt_length(text[: mark.start]), qt_length(text[: mark.end])) for mark in marks(text)]


def mark_ranges(text: str) -> list[QTextLayout.FormatRange]:
    """Return where the marks of a text stand, and their look."""
    spans = mark_spans(text)
    if not spans:
        return []
    look = QTextCharFormat()
    look.setForeground(QColor(colours().muted))
    look.setBackground(QColor(colours().hover))
    look.setFontPointSize(scaled(_POINTS))
    found = []
    for start, end in spans:
        each = QTextLayout.FormatRange()
        each.start, each.length, each.format = start, end - start, look
        found.append(each)
    return found
