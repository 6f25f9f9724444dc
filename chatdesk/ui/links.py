"""Opens a link from a model's answer, after the user has seen where it leads."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from chatdesk.domain.words import tr

ALLOWED = ("http", "https", "mailto")


def ask_and_open(address: str, window: QWidget) -> None:
    """Show the whole address and open it when the user agrees; other schemes are ignored."""
    url = QUrl(address)
    if url.scheme() not in ALLOWED:
        return
    box = QMessageBox(window)
    box.setObjectName("link-question")
    box.setWindowTitle(tr("Open a link"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("The model wrote this link. Open it outside ChatDesk?"))
    box.setInformativeText(url.toDisplayString())
    opening = box.addButton(tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
    opening.clicked.connect(lambda: QDesktopServices.openUrl(url))
    box.open()
