"""Calm columns, centred and scrolled: alone, and as a page below a heading."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.ui.sheets import page
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

WIDEST = 720  # of the column, pixels
MARGIN = 24  # at both sides of it


class ScrolledColumn(QScrollArea):
    """A column at most `widest` pixels wide; its parts are added to `body`."""

    def __init__(self, widest: int = WIDEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QWidget()
        column.setMaximumWidth(widest)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 28, 0, 28)
        self.body.setSpacing(12)
        around = QWidget()
        self._around = row = QHBoxLayout(around)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        self._keep_margins(0, 0)
        self.verticalScrollBar().rangeChanged.connect(self._keep_margins)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(around)
        self.viewport().setAutoFillBackground(False)
        around.setAutoFillBackground(False)

    def _keep_margins(self, _least: int, most: int) -> None:
        # A scroll bar stands in the margin, so that the column has the same edges with it and without.
        bar = self.verticalScrollBar().sizeHint().width() if most else 0
        self._around.setContentsMargins(MARGIN, 0, max(0, MARGIN - bar), 0)


class ColumnPage(QWidget):
    """Pages add their parts to `body`, and buttons for the whole page to `heading`."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.area = ScrolledColumn()
        self.body = self.area.body
        self.heading = WrappingRow()
        self.heading.add(Label(title, 18, bold=True))
        self.body.addWidget(self.heading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
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
