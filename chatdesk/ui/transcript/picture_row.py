"""The row of a picture that a question brought along."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from chatdesk.domain.chat import DocumentId
from chatdesk.ui.pictures.previews import Load, PreviewButton, no_preview
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import Content, Pictured

_LARGEST = QSize(320, 240)  # pixels at 100 % text size
_SMALLEST = QSize(48, 48)  # so that a line of a picture can be clicked
_PAD = 6


class PictureRow(RowWidget):
    """The picture, small, on the side of the user's own words; a click shows it large."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._content = Pictured(0, DocumentId(""), "", (1, 1))
        self.button = PreviewButton(no_preview, self)
        self.button.setObjectName("shown-picture")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        colours = formats.colours
        self.button.set_colours(colours.accent, colours.border, colours.muted)
        self.button.clicked.connect(lambda: self.acted.emit(self, f"show_document {self._content.place}"))

    def set_load(self, load: Load) -> None:
        """Take previews from `load`."""
        self.button.load = load

    def display(self, content: Content) -> None:
        assert isinstance(content, Pictured)
        self._content = content
        self.button.show_picture(content.picture, content.name)
        self._settle()  # a widget that is used again may keep its size

    def height_at(self, width: int) -> int:
        return shown_size(self._content.size, width - 2 * _PAD, self.formats).height() + _PAD

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._settle()

    def _settle(self) -> None:
        size = shown_size(self._content.size, self.width() - 2 * _PAD, self.formats)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if mirrored else self.width() - size.width()
        self.button.setGeometry(QRect(left, 0, size.width(), size.height()))

    def stops(self) -> list[QWidget]:
        return [self.button]


def shown_size(size: tuple[int, int], width: int, formats: Formats) -> QSize:
    """Return how large a picture of `size` pixels is shown in a column `width` pixels wide."""
    factor = formats.percent / 100
    room = (_LARGEST * factor).boundedTo(QSize(max(1, width), _LARGEST.height() * 4))
    shown = QSize(*size)
    if shown.width() > room.width() or shown.height() > room.height():
        shown = shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    return shown.expandedTo(_SMALLEST).boundedTo(room.expandedTo(_SMALLEST))
