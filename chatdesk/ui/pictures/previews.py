"""Small pictures for chips and messages, from the previews that the store keeps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPainterPath, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QToolButton, QWidget

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon

_ROUND = 8  # pixels
_FOCUS = 2
_SIGN = 22

Load = Callable[[DocumentId], bytes | None]


def no_preview(_: DocumentId) -> None:
    """The `Load` of a place without a store."""
    return


class PreviewButton(QToolButton):
    """A picture that is a button; what cannot be shown has a sign in its place."""

    def __init__(self, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load = load
        self._pixmap = QPixmap()
        self._colours = ("#000000", "#808080", "#808080")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, picture: DocumentId, name: str) -> None:
        """Show another picture, whose name is what a screen reader says."""
        self._pixmap = _pixmap(picture, self.load)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr("Picture"))
        self.setToolTip(tr("Show {name}").format(name=name))
        self.update()

    def set_colours(self, accent: str, border: str, muted: str) -> None:
        self._colours = (accent, border, muted)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small enough to be drawn whole
        accent, border, muted = self._colours
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(_FOCUS, _FOCUS, -_FOCUS, -_FOCUS)
        shape = QPainterPath()
        shape.addRoundedRect(frame, _ROUND, _ROUND)
        painter.setClipPath(shape)
        if self._pixmap.isNull():
            sign = icon("image", muted, _SIGN).pixmap(QSize(_SIGN, _SIGN))
            painter.drawPixmap(self.rect().center() - QPoint(_SIGN // 2, _SIGN // 2), sign)
        else:
            painter.drawPixmap(frame, self._pixmap, _covering(self._pixmap, frame))
        painter.setClipping(False)
        painter.setPen(QColor(border))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(QColor(accent))
            pen.setWidth(_FOCUS)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND + 1, _ROUND + 1)


def _covering(pixmap: QPixmap, frame: QRectF) -> QRectF:
    """Return the middle part of a pixmap that has the proportions of `frame`."""
    scale = min(pixmap.width() / frame.width(), pixmap.height() / frame.height())
    width, height = frame.width() * scale, frame.height() * scale
    return QRectF((pixmap.width() - width) / 2, (pixmap.height() - height) / 2, width, height)


def _pixmap(picture: DocumentId, load: Load) -> QPixmap:
    """Return the preview, decoded once while the cache keeps it."""
    pixmap = QPixmap()
    key = f"preview-{picture}"
    if QPixmapCache.find(key, pixmap):
        return pixmap
    try:
        data = load(picture)
    except ChatDeskError:
        return pixmap  # the sign stands there; opening it tells why
    if data and pixmap.loadFromData(data):
        QPixmapCache.insert(key, pixmap)
    return pixmap
