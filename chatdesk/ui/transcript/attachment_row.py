"""The row of a document that a question brought along."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import Attached, Content

_WIDEST = 360  # pixels at 100 % text size; a longer name loses its middle
_PAD = 6


class AttachmentRow(RowWidget):
    """A chip on the side of the user's own words; a click shows the document."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._place = 0
        self.button = QToolButton(self)
        self.button.setObjectName("shown-attachment")
        self.button.setAutoRaise(True)
        self.button.setIconSize(QSize(formats.scaled(16), formats.scaled(16)))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFont(formats.font(formats.small_points, self.font()))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tint(self.button, formats.colours.text)
        self.button.clicked.connect(lambda: self.acted.emit(self, f"show_document {self._place}"))

    def display(self, content: Content) -> None:
        assert isinstance(content, Attached)
        self._place = content.place
        metrics = self.button.fontMetrics()
        widest = self.formats.scaled(_WIDEST)
        self.button.setText(
            f" {metrics.elidedText(content.name, Qt.TextElideMode.ElideMiddle, widest)} · {content.length}"
        )
        self.button.setIcon(self.icon("paperclip"))
        self.button.setToolTip(tr("Show {name}").format(name=content.name))
        self.button.setAccessibleName(f"{content.name}, {content.length}")
        self._settle()  # a widget that is used again may keep its size

    def height_at(self, width: int) -> int:  # noqa: ARG002  one line
        return self.button.sizeHint().height() + _PAD

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._settle()

    def _settle(self) -> None:
        wanted = min(self.width() - 2 * _PAD, self.button.sizeHint().width())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = _PAD if mirrored else self.width() - wanted - _PAD
        self.button.setGeometry(left, 0, wanted, self.height() - 2)

    def stops(self) -> list[QWidget]:
        return [self.button]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the frame is one shape
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.formats.colours.border))
        painter.setBrush(QColor(self.formats.colours.bubble))
        around = QRectF(self.button.geometry()).adjusted(0.5 - _PAD, 0.5, _PAD - 0.5, -0.5)
        painter.drawRoundedRect(around, 10, 10)
