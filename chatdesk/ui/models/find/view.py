"""Finds models: what is recommended until something is searched for, then a list with details beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui.models.find.detail import Detail
from chatdesk.ui.models.find.discover import Discover
from chatdesk.ui.models.find.result_list import ResultList
from chatdesk.ui.models.find.search_bar import AddressOf, SearchBar
from chatdesk.ui.models.measures import MARGIN, WIDEST
from chatdesk.ui.models.state_panel import StatePanel
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.wrapping_row import WrappingRow

WIDE = 700  # pixels at 100 % text size, from which on the details stand beside the list
_BESIDE = (380, 620)  # shares of list and details
_BELOW = (215, 500)


class FindView(QWidget):
    """Gives room to its parts; what they show and say is the controller's affair."""

    more_requested = Signal()  # of what was found

    def __init__(self, address_of: AddressOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find-models")
        self.setAccessibleName(tr("Find models"))
        self.bar = SearchBar(address_of)
        self.notice = Banner()
        self.discover = Discover()
        self.list = ResultList()
        self.state = StatePanel("results-state")
        self.detail = Detail()
        self._back = push_button("back-to-recommended", tr("Recommended models"), "flat", "chevron-left")
        self._back.clicked.connect(self.show_recommended)
        self._more = push_button("more-results", tr("Show more"), "flat")
        self._more.clicked.connect(self.more_requested)
        self._found = QStackedWidget()
        self._listing = QWidget()
        self._left = QFrame()
        self._results = QWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._content = QStackedWidget()
        self._arrange()
        self.setFocusProxy(self.bar.field)
        self.bar.emptied.connect(self.show_recommended)
        self.bar.field.left_down.connect(self._go_to_list)
        self.show_recommended()
        follow(self, self._restyle)

    @property
    def searching(self) -> bool:
        """Whether the list stands there and not what is recommended."""
        return self._content.currentWidget() is not self.discover

    def show_recommended(self) -> None:
        """Go back to where nothing was searched for."""
        self.bar.stop()
        self.bar.field.clear()
        with self._keyboard_kept():
            self.bar.sort.hide()
            self._back.hide()
            self._content.setCurrentWidget(self.discover)

    def show_list(self, *, more: bool) -> None:
        """Show the list; `more`: the Hub may have more of them."""
        self._more.setVisible(more)
        self._show_found(self._listing)

    def show_state(self) -> None:
        """Show the panel of states where the list would stand."""
        self._show_found(self.state)

    def show_details(self) -> None:
        """Give room to the details of a model."""
        with self._keyboard_kept():
            self._show_results()
        self.detail.show()
        self._turn()

    def hide_list(self) -> None:
        """Leave all room to the details: they belong to no list."""
        with self._keyboard_kept():
            self._left.hide()

    @contextmanager
    def _keyboard_kept(self) -> Iterator[None]:
        """Give the keyboard to the field where what has it is hidden inside: Qt would leave the page."""
        held = QApplication.focusWidget()
        yield
        if held is not None and self.isAncestorOf(held) and not held.isVisibleTo(self):
            self.bar.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _show_found(self, part: QWidget) -> None:
        self._show_results()
        self._left.show()
        # What is chosen in the list stands beside it, also after another search that found it again.
        self.detail.setVisible(part is not self.state and self.list.currentIndex().isValid())
        self._found.setCurrentWidget(part)

    def _show_results(self) -> None:
        self.bar.sort.show()
        self._back.show()
        self._content.setCurrentIndex(1)

    def _turn(self) -> None:
        wide = self.width() >= scaled(WIDE)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes(list(_BESIDE if wide else _BELOW))

    def _go_to_list(self) -> None:
        if self.searching and self._found.currentWidget() is not self.state:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.list.results.index(0))

    def _arrange(self) -> None:
        inside = QVBoxLayout(self._listing)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.list, 1)
        inside.addWidget(self._more)
        self._found.addWidget(self.state)
        self._found.addWidget(self._listing)
        self._left.setObjectName("found")
        around = QVBoxLayout(self._left)
        around.setContentsMargins(6, 6, 6, 6)
        around.addWidget(self._found)
        self._split.addWidget(self._left)
        self._split.addWidget(self.detail)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(16)
        self._split.setSizes(list(_BESIDE))
        self._split.setStretchFactor(1, 1)
        self.detail.hide()
        column = QVBoxLayout(self._results)
        column.setContentsMargins(0, 0, 0, MARGIN)
        column.addWidget(self._split)
        self._content.addWidget(self.discover)
        self._content.addWidget(_centred(self._results))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(_centred(self._top()))
        outer.addWidget(self._content, 1)

    def _top(self) -> QWidget:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        row = WrappingRow()
        row.add(self._back)
        column.addWidget(row)
        return top

    def _restyle(self, c: Colours) -> None:
        self._split.setStyleSheet(f"""
#found {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 12px; }}
#found QListView {{ background: transparent; border: none; outline: none; }}
QSplitter::handle {{ background: transparent; }}
""")


def _centred(part: QWidget) -> QWidget:
    part.setMaximumWidth(WIDEST)
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(MARGIN, 0, MARGIN, 0)
    row.addStretch(1)
    row.addWidget(part, 1000)
    row.addStretch(1)
    return around
