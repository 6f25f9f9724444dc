"""The frame: a rail of pages at the left, the page beside it, shortcuts, and where the window stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui import sheets, shortcuts
from chatdesk.ui.icons import application_icon, icon
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import tool_button

SMALLEST_BUTTON, LARGEST_BUTTON = 36, 50  # of the rail, at any text size; seven fit into the lowest window


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One page as the rail shows it; `shortcut` is an id of the table of shortcuts."""

    name: str
    title: str
    icon: str
    shortcut: str
    make: Callable[[], QWidget]  # called when the page is first shown


class Rail(QFrame):
    """Buttons for the pages, one of them pressed."""

    chosen = Signal(str)
    help_requested = Signal()

    def __init__(self, entries: list[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._icons = {entry.name: entry.icon for entry in entries} | {"help": "circle-help"}
        self._buttons = {entry.name: self._button(entry) for entry in entries}
        self._help = tool_button("rail-help", tr("Keyboard shortcuts"))
        shortcuts.hint_on(self._help, tr("Keyboard shortcuts"), "shortcuts")
        self._help.clicked.connect(self.help_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 12, 7, 10)
        column.setSpacing(6)
        *upper, last = entries
        for entry in upper:
            column.addWidget(self._buttons[entry.name])
        column.addStretch(1)
        column.addWidget(self._help)
        column.addWidget(self._buttons[last.name])
        follow(self, self._restyle)

    def title(self, name: str) -> str:
        """Return what the page called `name` is called in the window."""
        return self._buttons[name].accessibleName()

    def show_chosen(self, name: str) -> None:
        for each, button in self._buttons.items():
            button.setChecked(each == name)

    def _button(self, entry: RailEntry) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"rail-{entry.name}")
        button.setAccessibleName(entry.title)
        shortcuts.hint_on(button, entry.title, entry.shortcut)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(entry.name))
        return button

    def _restyle(self, c: Colours) -> None:
        edge = f"#rail {{ background: {c.window}; border: none; border-right: 1px solid {c.border}; }}"
        self.setStyleSheet(edge + sheets.tool_buttons(c))
        side = min(max(round(scaled(42)), SMALLEST_BUTTON), LARGEST_BUTTON)
        icon_side = side * 22 // 42
        for name, button in (*self._buttons.items(), ("help", self._help)):
            button.setIcon(icon(self._icons[name], c.text, icon_side))
            button.setIconSize(QSize(icon_side, icon_side))
            button.setFixedSize(QSize(side, side))


class MainWindow(QMainWindow):
    """Shows one page at a time. What its shortcuts do is said by whoever builds the application."""

    closing = Signal()

    def __init__(self, entries: list[RailEntry], state: Path) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowTitle("ChatDesk")
        self.setWindowIcon(application_icon())
        self._state = QSettings(str(state), QSettings.Format.IniFormat)
        self._makers = {entry.name: entry.make for entry in entries}
        self._made: dict[str, QWidget] = {}
        self.stays_open: Callable[[], bool] = lambda: False  # whether closing only hides the window
        self._quitting = False
        self.rail = Rail(entries, self)
        self._pages = QStackedWidget(self)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.setMinimumSize(560, 420)
        self.rail.chosen.connect(self.show_page)
        self.show_page(entries[0].name)
        self._restore()

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._made[self.page_name]

    @property
    def page_name(self) -> str:
        shown = self._pages.currentWidget()
        return next(name for name, page in self._made.items() if page is shown)

    def show_page(self, name: str) -> None:
        """Show the page called `name`. Raises KeyError for an unknown one."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
            self._pages.addWidget(self._made[name])
        self._pages.setCurrentWidget(self._made[name])
        self.rail.show_chosen(name)

    def bind(self, shortcut: str, action: Callable[[], object]) -> None:
        """Let the keys of `shortcut`, an id of the table, call `action` anywhere in the window."""
        bound = QAction(tr(shortcuts.find(shortcut).title), self)
        bound.setData(shortcut)
        shortcuts.follow_keys(bound, lambda: bound.setShortcuts(shortcuts.sequences(shortcut)))
        bound.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        bound.triggered.connect(lambda _checked=False: action())
        self.addAction(bound)

    def come_forward(self) -> None:
        """Raise the window, also when it is minimised."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """Close the window for good, also where closing only hides it."""
        self._quitting = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._quitting and self.stays_open():
            event.ignore()
            self.hide()
            return
        self._state.setValue("geometry", self.saveGeometry())
        self._state.sync()
        self.closing.emit()
        super().closeEvent(event)

    def _restore(self) -> None:
        self.resize(1120, 780)
        geometry = self._state.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
