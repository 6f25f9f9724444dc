"""Shows a filled template; what came from its fields is underlined."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chatdesk.domain.templates import Filled
from chatdesk.domain.words import tr
from chatdesk.ui.theme import colours, follow

_LONGEST = 50_000  # letters of a value that are shown


class FilledView(QPlainTextEdit):
    """Read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("template-preview")
        self.setAccessibleName(tr("What will be sent"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self._filled = Filled(())
        follow(self, lambda _: self.show_filled(self._filled))

    def show_filled(self, filled: Filled) -> None:
        """Show this text; the place that is looked at stays."""
        self._filled = filled
        place = self.verticalScrollBar().value()
        self.clear()
        cursor = QTextCursor(self.document())
        for part in filled.parts:
            text = part.text if len(part.text) <= _LONGEST else f"{part.text[:_LONGEST]} …"
            cursor.insertText(text, self._format(bool(part.variable)))
        self.verticalScrollBar().setValue(place)

    def _format(self, filled: bool) -> QTextCharFormat:
        shown = QTextCharFormat()
        shown.setForeground(QColor(colours().text))
        if filled:
            shown.setBackground(QColor(colours().info_background))
            shown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        return shown
