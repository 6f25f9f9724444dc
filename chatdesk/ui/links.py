"""Opens a link from a model's answer, after the user has seen where it leads."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from chatdesk.domain.words import tr

ALLOWED = ("http", "https", "mailto")


class LinkOpener(QObject):
    """Asks before the browser or the mail program opens."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def open(self, address: str) -> None:
        """Show the whole address and open it when the user agrees; other schemes are ignored."""
        url = QUrl(address)
        if url.scheme() not in ALLOWED:
            return
        box = QMessageBox(self._window)
        box.setObjectName("link-question")
        box.setWindowTitle(tr("Open a link"))
        box.setText(tr("The model wrote this link. Open it in your browser?"))
        box.setInformativeText(url.toDisplayString())
        opening = box.addButton(tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        opening.clicked.connect(lambda: QDesktopServices.openUrl(url))
        box.open()
