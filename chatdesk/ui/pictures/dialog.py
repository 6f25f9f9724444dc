"""Shows an attached picture as large as the window lets it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from chatdesk.domain.chat import Attachment
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.label import Label

_MARGINS = QSize(32, 76)
_SMALLEST = QSize(320, 240)
_PART_OF_SCREEN = 0.85


class PictureDialog(QDialog):
    """The picture as the model gets it; Esc closes it."""

    def __init__(self, attachment: Attachment, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture-dialog")
        self.setWindowTitle(attachment.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picture = _Picture(data, self)
        self.picture.setAccessibleName(attachment.name)
        words = attachment.length if self.picture.readable else tr("This picture is not there any more.")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(words, tone="muted"))
        column.addWidget(self.picture, 1)
        self.resize(self._fitting())
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))

    def _fitting(self) -> QSize:
        most = self.screen().availableSize() * _PART_OF_SCREEN
        return (self.picture.natural + _MARGINS).expandedTo(_SMALLEST).boundedTo(most)


class _Picture(QWidget):
    """Fills its place without changing the proportions, and is never drawn larger than it is."""

    def __init__(self, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("picture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pixmap = QPixmap()
        self.readable = bool(data) and self._pixmap.loadFromData(data)

    @property
    def natural(self) -> QSize:
        return self._pixmap.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one picture
        if self._pixmap.isNull():
            return
        size = QSizeF(self._pixmap.size())
        if size.width() > self.width() or size.height() > self.height():
            size.scale(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(
            QRectF(left, top, size.width(), size.height()), self._pixmap, QRectF(self._pixmap.rect())
        )
