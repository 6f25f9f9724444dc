"""Keys that an X11 desktop sends to this application whichever one is in front."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal

from chatdesk.ui.shortcuts import combination

_KEY_PRESS = 2  # an event's kind, in its first byte
_ASYNC = 1  # other keys go on meanwhile
_MODIFIERS = {
    Qt.KeyboardModifier.ShiftModifier: 1,
    Qt.KeyboardModifier.ControlModifier: 4,
    Qt.KeyboardModifier.AltModifier: 8,
    Qt.KeyboardModifier.MetaModifier: 64,
}
_LOCKS = (0, 2, 16, 2 | 16)  # Caps Lock and Num Lock, which are to make no difference
_F1, _FIRST_F = Qt.Key.Key_F1.value, 0xFFBE


class _Screens(Structure):
    _fields_ = (("root", POINTER(c_uint32)), ("left", c_int), ("index", c_int))


class _Cookie(Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class X11Keys(QObject):
    """Has a connection of its own, so that neither Qt's nor its errors are touched. Raises OSError when there
    is no X11."""

    pressed = Signal()

    def __init__(self, display: str = "", parent: QObject | None = None) -> None:
        """`display` is the name of a display, "" for that of the environment."""
        super().__init__(parent)
        self._xcb, self._symbols = _libraries()
        self._line = self._xcb.xcb_connect(display.encode() or None, None)
        if self._xcb.xcb_connection_has_error(self._line):
            self._xcb.xcb_disconnect(self._line)
            raise OSError("there is no X11 display")
        self._root = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._line)).root[0]
        self._held: list[tuple[int, int]] = []  # (key's code, modifiers)
        socket = self._xcb.xcb_get_file_descriptor(self._line)
        self._heard = QSocketNotifier(socket, QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._read)

    def take(self, keys: str) -> bool:
        """Ask for portable `keys` in place of those from before, "" for none; return whether we have them.

        Another application may have them already, and some keys cannot be had.
        """
        self._give_back()
        if not keys:
            return True
        code, modifiers = self._code(keys)
        for locks in _LOCKS if code else ():
            asked = self._xcb.xcb_grab_key_checked(
                self._line, 0, self._root, modifiers | locks, code, _ASYNC, _ASYNC
            )
            refused = self._xcb.xcb_request_check(self._line, asked)
            if refused:
                _C.free(refused)
                self._give_back()
                return False
            self._held.append((code, modifiers | locks))
        return bool(code) and not self._xcb.xcb_connection_has_error(self._line)

    def close(self) -> None:
        """Give the keys back and end the connection; nothing else may be called afterwards."""
        self._heard.setEnabled(False)
        self._give_back()
        self._xcb.xcb_disconnect(self._line)

    def _give_back(self) -> None:
        for code, modifiers in self._held:
            self._xcb.xcb_ungrab_key(self._line, code, self._root, modifiers)
        self._held = []
        self._xcb.xcb_flush(self._line)

    def _code(self, keys: str) -> tuple[int, int]:
        """Return the key's code and the modifiers; 0 for a key that the keyboard does not have."""
        pressed = combination(keys)
        key = pressed.key().value
        if _F1 <= key < _F1 + 35:
            symbol = key - _F1 + _FIRST_F
        elif key < 0x100:
            symbol = ord(chr(key).lower())
        else:
            return 0, 0
        table = self._symbols.xcb_key_symbols_alloc(self._line)
        codes = self._symbols.xcb_key_symbols_get_keycode(table, symbol)
        code = codes[0] if codes else 0
        _C.free(ctypes.cast(codes, c_void_p))
        self._symbols.xcb_key_symbols_free(table)
        held = pressed.keyboardModifiers()
        return code, sum(bit for each, bit in _MODIFIERS.items() if held & each)

    def _read(self) -> None:
        heard = False
        while event := self._xcb.xcb_poll_for_event(self._line):
            heard = heard or ctypes.cast(event, POINTER(c_uint8))[0] & 0x7F == _KEY_PRESS
            _C.free(event)
        if self._xcb.xcb_connection_has_error(self._line):
            self._heard.setEnabled(False)  # the desktop has ended
        elif heard:
            self.pressed.emit()


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """Return what speaks with X11, and what knows the keyboard; Qt needs both there. Raises OSError."""
    xcb, symbols = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL("libxcb-keysyms.so.1")
    for library, name, gives, takes in (
        (xcb, "xcb_connect", c_void_p, (c_char_p, c_void_p)),
        (xcb, "xcb_disconnect", None, (c_void_p,)),
        (xcb, "xcb_connection_has_error", c_int, (c_void_p,)),
        (xcb, "xcb_get_setup", c_void_p, (c_void_p,)),
        (xcb, "xcb_setup_roots_iterator", _Screens, (c_void_p,)),
        (xcb, "xcb_get_file_descriptor", c_int, (c_void_p,)),
        (
            xcb,
            "xcb_grab_key_checked",
            _Cookie,
            (c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8),
        ),
        (xcb, "xcb_request_check", c_void_p, (c_void_p, _Cookie)),
        (xcb, "xcb_ungrab_key", _Cookie, (c_void_p, c_uint8, c_uint32, c_uint16)),
        (xcb, "xcb_flush", c_int, (c_void_p,)),
        (xcb, "xcb_poll_for_event", c_void_p, (c_void_p,)),
        (symbols, "xcb_key_symbols_alloc", c_void_p, (c_void_p,)),
        (symbols, "xcb_key_symbols_free", None, (c_void_p,)),
        (symbols, "xcb_key_symbols_get_keycode", POINTER(c_uint8), (c_void_p, c_uint32)),
    ):
        called = getattr(library, name)
        called.restype, called.argtypes = gives, takes
    return xcb, symbols


_C = ctypes.CDLL(None)
_C.free.restype, _C.free.argtypes = None, (c_void_p,)
