"""The row below an answer that names the passages it was given; a click shows one in its document."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import Content, Sources

_GAP = 6


class SourcesRow(RowWidget):
    """A button for each passage, in as many lines as the column needs."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._buttons: list[QToolButton] = []

    def display(self, content: Content) -> None:
        assert isinstance(content, Sources)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(place, words) for place, words in content.places]
        self._settle(self.width())

    def height_at(self, width: int) -> int:
        return self._settle(width)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._settle(self.width())

    def stops(self) -> list[QWidget]:
        return list(self._buttons)

    def _button(self, place: int, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("show-source")
        button.setAutoRaise(True)
        button.setIconSize(QSize(self.formats.scaled(14), self.formats.scaled(14)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFont(self.formats.font(self.formats.small_points, self.font()))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tint(button, self.formats.colours.link)
        button.setIcon(self.icon("file-text", self.formats.colours.link))
        button.setText(f" {words}")
        button.setAccessibleName(tr("Show the passage: {place}").format(place=words))
        button.setToolTip(tr("The model was given this passage. Show it in its document"))
        button.clicked.connect(lambda: self.acted.emit(self, f"show_source {place}"))
        button.show()
        return button

    def _settle(self, width: int) -> int:
        """Put the buttons into lines and return the height of all."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y, line = 0, 0, 0
        for button in self._buttons:
            wanted = min(button.sizeHint().width(), width)
            if x and x + wanted > width:
                x, y = 0, y + line + _GAP // 2
            line = button.sizeHint().height()
            button.setGeometry(width - x - wanted if mirrored else x, y, wanted, line)
            x += wanted + _GAP
        return y + line + 2
