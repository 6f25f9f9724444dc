"""Shows the text of an attached document, or a passage of it, marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QShowEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.chat import Attachment, Source
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.label import Label


class DocumentDialog(QDialog):
    """The text as the model gets it; it can be read, searched by eye and copied, not changed."""

    def __init__(
        self, attachment: Attachment, text: str, parent: QWidget | None = None, passage: Source | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("document-dialog")
        self.setWindowTitle(attachment.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._passage = _places(text, passage) if passage is not None else None
        self.field = QPlainTextEdit(text, self)
        self.field.setObjectName("document-text")
        self.field.setAccessibleName(tr("Text of {name}").format(name=attachment.name))
        self.field.setReadOnly(True)
        self.field.setTabChangesFocus(True)
        self.field.setUndoRedoEnabled(False)
        words = attachment.length
        if passage is not None:
            words = tr("The model was given the marked passage.")
            if passage.label:
                words = tr("The model was given the marked passage, {place}.").format(place=passage.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(words, tone="muted").wrap())
        column.addWidget(self.field, 1)
        self.resize(round(scaled(640)), round(scaled(560)))
        follow(self, self._restyle)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._passage is not None:
            cursor = self.field.textCursor()
            cursor.setPosition(self._passage[0])
            self.field.setTextCursor(cursor)
            self.field.centerCursor()

    def _restyle(self, colours: Colours) -> None:
        self.setStyleSheet(sheets.page(colours))
        if self._passage is None:
            return
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self.field.document())
        mark.cursor.setPosition(self._passage[0])
        mark.cursor.setPosition(self._passage[1], QTextCursor.MoveMode.KeepAnchor)
        mark.format.setBackground(QColor(colours.bubble))
        self.field.setExtraSelections([mark])


def _places(text: str, passage: Source) -> tuple[int, int]:
    """Return where a passage stands in the widget, which counts a sign beyond the first 65,536 as two."""
    before = text[: passage.start]
    start = len(before) + sum(sign > "\uffff" for sign in before)
    within = text[passage.start : passage.end]
    return start, start + len(within) + sum(sign > "\uffff" for sign in within)
