"""A page of one calm column, centred and scrolled, below a heading."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.ui.sheets import page
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

WIDEST = 720  # of the column, pixels


class ColumnPage(QWidget):
    """Pages add their parts to `body`, and buttons for the whole page to `heading`."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 28, 0, 28)
        self.body.setSpacing(12)
        self.heading = WrappingRow()
        self.heading.add(Label(title, 18, bold=True))
        self.body.addWidget(self.heading)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        self.area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(around)
        area.viewport().setAutoFillBackground(False)
        around.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.setAutoFillBackground(True)
        follow(self, self._restyle)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(page(c))


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return a rounded frame and the column inside it, for pages whose style sheet is `sheets.page`."""
    frame = QFrame()
    frame.setProperty("card", True)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(18, 6, 18, 6)
    inside.setSpacing(0)
    return frame, inside


def line() -> QFrame:
    """Return a thin line between the rows of a card."""
    frame = QFrame()
    frame.setProperty("line", True)
    return frame
