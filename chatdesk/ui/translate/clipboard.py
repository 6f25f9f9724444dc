"""Translates what was copied in whatever application: a text, or files in a file manager."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.words import tr
from chatdesk.ui.translate.desk import DeskControl
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.dropped import local_files

SOON_MS = 400


def translate_clipboard(desk: DeskControl) -> None:
    """Translate a copied text at once; put copied files into the list of documents.

    What was written before stays in the history.
    """
    if _copied().formats():
        _translate(desk)
    else:
        # Wayland tells what was copied to the window in front alone, which this one may become just now.
        QTimer.singleShot(SOON_MS, desk, lambda: _translate(desk))


def _translate(desk: DeskControl) -> None:
    data = _copied()
    if files := local_files(data):
        desk.take(files)
        return
    desk.show_text()
    control = desk.controller
    if data.hasImage() and not data.text().strip():
        words = tr("There is a picture on the clipboard, and no text that could be translated.")
        control.notices.tell(Kind.info, words, seconds=8)
        return
    control.translate_clipboard()


def _copied() -> QMimeData:
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if data is None else data  # there is none where nothing was copied
