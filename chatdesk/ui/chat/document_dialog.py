"""Shows the text of an attached document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.chat import Attachment
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.label import Label


class DocumentDialog(QDialog):
    """The text as the model gets it; it can be read, searched by eye and copied, not changed."""

    def __init__(self, attachment: Attachment, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document-dialog")
        self.setWindowTitle(attachment.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QPlainTextEdit(text, self)
        self.field.setObjectName("document-text")
        self.field.setAccessibleName(tr("Text of {name}").format(name=attachment.name))
        self.field.setReadOnly(True)
        self.field.setTabChangesFocus(True)
        self.field.setUndoRedoEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(attachment.length, tone="muted"))
        column.addWidget(self.field, 1)
        self.resize(640, 560)
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))
