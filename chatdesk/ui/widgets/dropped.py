"""Which files or pictures are dragged over a widget, or wait on the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def local_files(data: QMimeData) -> list[Path]:
    """Return the files of this computer among what is dragged or on the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def loose_picture(data: QMimeData) -> QImage | None:
    """Return a picture that is no file; None also where there is text as well, as from a table or a word
    processor, whose picture of it nobody means."""
    if not data.hasImage() or local_files(data) or data.text().strip():
        return None
    image = data.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None
