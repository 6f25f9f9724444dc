"""Keys that open quick ask from every application, where the platform permits it: X11 and Windows.

Wayland gives keys only to applications with a desktop file of their own; there the desktop runs a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.ui.shortcuts import is_combination, native

if TYPE_CHECKING:
    from chatdesk.ui.windows_keys import WindowsKeys
    from chatdesk.ui.x11_keys import X11Keys


def permitted() -> bool:
    """Return whether keys can be had from this platform."""
    on_x11 = QGuiApplication.platformName() == "xcb" and not os.environ.get("WAYLAND_DISPLAY")
    return on_x11 or sys.platform == "win32"


def platform_keys(parent: QObject) -> X11Keys | WindowsKeys:
    """Return what asks the platform for keys. Raises OSError."""
    if sys.platform == "win32":
        from chatdesk.ui.windows_keys import WindowsKeys

        return WindowsKeys(parent=parent)
    from chatdesk.ui.x11_keys import X11Keys

    return X11Keys(parent=parent)


class GlobalKeys(QObject):
    """Has the keys that the settings say, for as long as they say so."""

    pressed = Signal()
    refused = Signal(str)  # a sentence that says why

    def __init__(
        self, made: Callable[[QObject], X11Keys | WindowsKeys] = platform_keys, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make = made
        self._keys = ""
        self._platform: X11Keys | WindowsKeys | None = None

    def follow(self, settings: Settings) -> None:
        """Have the keys of these settings; nothing is loaded as long as there are none."""
        keys = settings.quick_ask_keys if is_combination(settings.quick_ask_keys) else ""
        if keys == self._keys:
            return
        self._keys = keys
        try:
            if self._platform is None:
                self._platform = self._make(self)
                self._platform.pressed.connect(self.pressed)
            taken = self._platform.take(keys)
        except OSError:
            taken = False
        if not taken:
            told = tr("{keys} cannot be had from this desktop: another application may have these keys.")
            self.refused.emit(told.format(keys=native(keys)))

    def close(self) -> None:
        """Give the keys back."""
        if self._platform is not None:
            self._platform.close()
            self._platform = None
