"""Keys that Windows sends to this application whichever one is in front."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Qt, Signal

from chatdesk.ui.shortcuts import combination

_ID = 1  # of the only combination that this application has
_HOTKEY = 0x0312  # kind of the message
_NO_REPEAT = 0x4000
_MODIFIERS = {
    Qt.KeyboardModifier.AltModifier: 1,
    Qt.KeyboardModifier.ControlModifier: 2,
    Qt.KeyboardModifier.ShiftModifier: 4,
    Qt.KeyboardModifier.MetaModifier: 8,
}
_F1, _FIRST_F = Qt.Key.Key_F1.value, 0x70


class WindowsKeys(QObject):
    """Only letters, digits and F1 to F24 can be had, with Ctrl, Alt, Shift and the Windows key."""

    pressed = Signal()

    def __init__(self, user32: Any = None, parent: QObject | None = None) -> None:  # noqa: ANN401  a library of Windows
        """`user32` is the library of Windows, or what stands for it."""
        super().__init__(parent)
        self._user32 = user32 or vars(ctypes)["windll"].user32
        self._filter = Filter(self.pressed.emit)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._filter)

    def take(self, keys: str) -> bool:
        """Ask for portable `keys` in place of those from before, "" for none; return whether we have them."""
        self._user32.UnregisterHotKey(None, _ID)
        if not keys:
            return True
        pressed = combination(keys)
        key, held = pressed.key().value, pressed.keyboardModifiers()
        if _F1 <= key < _F1 + 24:
            code = key - _F1 + _FIRST_F
        elif key < 0x80 and chr(key).isalnum():
            code = key
        else:
            return False
        modifiers = sum(bit for each, bit in _MODIFIERS.items() if held & each)
        return bool(self._user32.RegisterHotKey(None, _ID, modifiers | _NO_REPEAT, code))

    def close(self) -> None:
        """Give the keys back."""
        self._user32.UnregisterHotKey(None, _ID)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)


class Filter(QAbstractNativeEventFilter):
    """Sees each message of Windows before Qt does, and takes none away."""

    def __init__(self, heard: Callable[[], object]) -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(  # noqa: N802  Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        if bytes(kind.data() if isinstance(kind, QByteArray) else kind).startswith(b"windows"):
            told = wintypes.MSG.from_address(int(message))
            if told.message == _HOTKEY and told.wParam == _ID:
                self._heard()
        return False, 0
