"""Asks for the password of a document."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.label import Label


class PasswordDialog(QDialog):
    """`sentence` says which document it is, and that the last password was wrong where one was given."""

    given = Signal(str)

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("password-dialog")
        self.setWindowTitle(tr("Password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(self)
        self.field.setObjectName("document-password")
        self.field.setAccessibleName(tr("Password of the document"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        buttons = QDialogButtonBox(self)
        self.open_button = buttons.addButton(tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setObjectName("open-with-password")
        self.open_button.setEnabled(False)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setObjectName("no-password")
        explanation = Label(sentence)
        explanation.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(explanation)
        column.addWidget(self.field)
        column.addWidget(Label(tr("It is used for reading now and kept nowhere."), tone="muted"))
        column.addWidget(buttons)
        self.setMinimumWidth(380)
        self.field.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.given.emit(self.field.text()))
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))
