"""What stands left of a page that keeps a history: a button for a new one, a search, and the list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.label import Label

WIDTH = 252  # pixels
SEARCH_MS = 200  # after the last key


class HistorySidebar(QFrame):
    """The page's own sidebar says what is listed, and fills the list."""

    searched = Signal(str)

    def __init__(
        self, name: str, search: str, buttons: tuple[QPushButton, ...], parent: QWidget | None = None
    ) -> None:
        """`name` is what the page keeps ("summaries"), `search` what the field for its words says."""
        super().__init__(parent)
        self.setObjectName(f"{name}-sidebar")
        self.setFixedWidth(WIDTH)
        self.search = QLineEdit()
        self.search.setObjectName(f"search-{name}")
        self.search.setAccessibleName(search)
        self.search.setPlaceholderText(search)
        self.search.setClearButtonEnabled(True)
        self._sign = self.search.addAction(
            icon("search", "#808080"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._sign.setText(search)
        self._empty = Label("", tone="muted").wrap()
        self._empty.setContentsMargins(10, 8, 10, 8)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _: self._pause.start())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 12, 10, 10)
        self._column.setSpacing(8)
        for part in (*buttons, self.search):
            self._column.addWidget(part)

    def add_list(self, view: QWidget) -> None:
        """Put the list below the search; called once."""
        self._list = view
        self._column.addWidget(view, 1)
        self._column.addWidget(self._empty)
        self._column.addStretch()
        self._column.setStretchFactor(view, 1000)
        follow(self, self._restyle)

    def show_whether_empty(self, empty: bool, nothing_found: str, nothing_yet: str) -> None:
        """Say in the place of an empty list why it is empty."""
        self._list.setVisible(not empty)
        self._empty.setText(nothing_found if self.search.text().strip() else nothing_yet)
        self._empty.setVisible(empty)

    def say_below(self, note: str) -> None:
        """Say something below the list."""
        self._empty.setText(note)
        self._empty.setVisible(True)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(sheets.sidebar(c, self.objectName()))
        self._sign.setIcon(icon("search", c.muted))


def draw_chosen(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw what shows that a row of the list is chosen, or that the pointer is over it."""
    state: QStyle.StateFlag = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        c = colours()
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(QColor(c.bubble if selected else c.hover))
        painter.setPen(QColor(c.accent) if focused and selected else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), 7, 7)
