"""The pane with the text that is translated."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCursor
from PySide6.QtWidgets import QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import colours
from chatdesk.ui.translate.layout import MARGIN
from chatdesk.ui.translate.pane import Pane, cleaned
from chatdesk.ui.translate.rows import SOURCE, Rows


class SourcePane(Pane):
    """`typed` comes when the text has changed."""

    typed = Signal()

    def __init__(self, rows: Rows, parent: QWidget | None = None) -> None:
        super().__init__(rows, SOURCE, parent)
        self.setObjectName("translate-source")
        self.setAccessibleName(tr("Text to translate"))
        self.setAccessibleDescription(tr("Type or paste a text"))
        self.lines.above = self._invite
        self.textChanged.connect(self.typed)

    def _invite(self, painter: QPainter, _row: int, rect: QRectF) -> None:
        if self.document().isEmpty():
            painter.save()
            painter.setPen(QColor(colours().muted))
            room = rect.adjusted(MARGIN, 0, -MARGIN, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignTop, tr("Type or paste a text"))
            painter.restore()

    def show_text(self, text: str) -> None:
        """Show another text; Ctrl+Z brings back the one before."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(cleaned(text))
        self.moveCursor(QTextCursor.MoveOperation.Start)
