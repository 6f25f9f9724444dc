"""The dialog in which one writes what the model is told before a chat."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import follow


class SystemPromptDialog(QDialog):
    """A text field with Save and Cancel."""

    written = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("system-prompt-dialog")
        self.setWindowTitle(tr("System prompt"))
        self.setModal(True)
        explanation = QLabel(tr("What the model is told before this chat. Leave it empty for none."), self)
        explanation.setWordWrap(True)
        self.field = QPlainTextEdit(text, self)
        self.field.setObjectName("system-prompt")
        self.field.setAccessibleName(tr("System prompt"))
        self.field.setPlaceholderText(tr("For example: Answer in short sentences, for a reader of twelve."))
        self.field.setTabChangesFocus(True)
        buttons = QDialogButtonBox(self)
        save = buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(explanation)
        column.addWidget(self.field, 1)
        column.addWidget(buttons)
        self.resize(520, 320)
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))

    def _save(self) -> None:
        self.written.emit(self.field.toPlainText().strip())
        self.accept()
