"""The icon in the tray: a menu for the window, and messages while another window is in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import application_icon

MESSAGE_MS = 12_000  # a message stays this long, as far as the desktop listens


def has_tray() -> bool:
    """Return whether this desktop shows icons of applications that run in the background."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """Shows the icon while it is wanted, or for as long as a message needs it."""

    toggle_requested = Signal()
    new_chat_requested = Signal()
    ask_requested = Signal()
    quit_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = False
        self._then: Callable[[], object] | None = None
        self.menu = QMenu(parent)
        self.menu.addAction(tr("Show or hide ChatDesk"), self.toggle_requested.emit)
        self.menu.addAction(tr("New chat"), self.new_chat_requested.emit)
        self.menu.addAction(tr("Quick ask"), self.ask_requested.emit)
        self.menu.addSeparator()
        self.menu.addAction(tr("Quit"), self.quit_requested.emit)
        self._icon = QSystemTrayIcon(application_icon(), self)
        self._icon.setToolTip("ChatDesk")
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._clicked)
        self._gone = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._gone.timeout.connect(self._rest)

    def set_shown(self, wanted: bool) -> None:
        """Show the icon from now on, or only with messages."""
        self._wanted = wanted
        self._icon.setVisible(wanted)

    def tell(self, title: str, sentence: str, then: Callable[[], object]) -> None:
        """Show a message; a click on it does `then`."""
        self._then = then
        self._icon.show()  # without the icon there is no message
        self._icon.showMessage(title, sentence, application_icon(), MESSAGE_MS)
        self._gone.start()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.toggle_requested.emit()

    def _clicked(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _rest(self) -> None:
        self._icon.setVisible(self._wanted)
