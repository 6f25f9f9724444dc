"""A flag that native code can read without calling Python."""

from __future__ import annotations

import ctypes


class AbortFlag:
    """Raised by the thread that listens to the window, read between tokens and, as a C string, by llama.cpp.

    `libc.strlen` serves as the native abort callback: it returns 0 (go on) for the empty string that stands
    at `address`, and 1 (stop) once the flag is raised. No Python runs and no lock is taken for it.
    """

    def __init__(self) -> None:
        self._text = ctypes.create_string_buffer(8)
        self._bytes = memoryview(self._text).cast("B")

    def set(self) -> None:
        self._text.value = b"x"

    def clear(self) -> None:
        self._text.value = b""

    @property
    def raised(self) -> bool:
        return self._bytes[0] != 0

    @property
    def view(self) -> memoryview:
        """The first byte is 0 until the flag is raised: the cheapest way to ask again and again."""
        return self._bytes

    @property
    def address(self) -> int:
        """Where the C string stands; valid as long as this object lives."""
        return ctypes.addressof(self._text)
