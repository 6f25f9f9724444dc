"""Opens a link that others wrote, after the user has seen where it leads."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from chatdesk.domain.words import tr

ALLOWED = ("http", "https", "mailto")


def ask_and_open(address: str, window: QWidget, question: str = "") -> None:
    """Show the whole address and open it when the user agrees; other schemes are ignored.

    Without a `question`, the link is one of a model's answer.
    """
    url = QUrl(address)
    if url.scheme() not in ALLOWED:
        return
    box = QMessageBox(window)
    box.setObjectName("link-question")
    box.setWindowTitle(tr("Open a link"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question or tr("The model wrote this link. Open it outside ChatDesk?"))
    box.setInformativeText(url.toDisplayString())
    opening = box.addButton(tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
    opening.clicked.connect(lambda: QDesktopServices.openUrl(url))
    box.open()
