"""Collect what arrives of an answer and let it be drawn a few times a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SHORTEST_PAUSE = 33  # milliseconds between two drawings
PAUSE_PER_COST = 6  # drawing takes at most one part in seven of the time


class Pulse(QObject):
    """Calls `draw` soon after `ask`, however often asked; what costs more gets a longer pause."""

    def __init__(self, draw: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHORTEST_PAUSE)
        self._timer.timeout.connect(self.beat)

    def ask(self) -> None:
        """Draw at the end of the pause."""
        if not self._timer.isActive():
            self._timer.start()

    def beat(self) -> None:
        """Draw now."""
        self._timer.stop()
        start = time.thread_time()
        self._draw()
        cost = (time.thread_time() - start) * 1000
        self._timer.setInterval(max(SHORTEST_PAUSE, round(PAUSE_PER_COST * cost)))
