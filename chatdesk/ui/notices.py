"""Tells the user that something long has ended while another window was in front."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

LONG = 10.0  # seconds: who waited less is still looking

Tell = Callable[[str, str, Callable[[], object]], None]  # title, sentence, what a click does


class Notices(QObject):
    """`begin` and `end` frame what takes long. `tell` shows a message; None: the desktop shows none."""

    def __init__(
        self,
        window: QWidget,
        wanted: Callable[[], bool],
        tell: Callable[[], Tell | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = wanted
        self._tell = tell
        self._clock = clock
        self._begun: dict[str, float] = {}

    def begin(self, key: str) -> None:
        """Remember that `key` runs from now on, unless it did already."""
        self._begun.setdefault(key, self._clock())

    def end(self, key: str, title: str, sentence: str, then: Callable[[], object]) -> None:
        """Tell that `key` has ended, if that took long, nobody sees the window and the user wants to know."""
        begun = self._begun.pop(key, None)
        short = begun is None or self._clock() - begun < LONG
        if short or not self._wanted() or QApplication.activeWindow() is not None:
            return
        tell = self._tell()
        if tell is None:
            QApplication.alert(self._window)
        else:
            tell(title, sentence, then)
