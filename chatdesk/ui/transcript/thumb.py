"""Join the scroll bar with the messages' heights, many of which are estimates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtWidgets import QScrollBar

from chatdesk.ui.transcript.entries import Entry

TOP = 20  # pixels above the first message
BOTTOM = 20  # pixels below the last one


class Thumb:
    """Knows where on the scroll bar each message begins."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar
        self._tops = [TOP]
        self.value = 0  # of the bar, as last set here

    def move(self, entries: Sequence[Entry], height: int, at: tuple[int, int] | None) -> None:
        """Fit the bar to the messages in a viewport `height` pixels high.

        `at`: the message at the upper edge and how far it reaches above that; None: the end is in view.
        """
        self._tops = list(accumulate([entry.height + entry.gap for entry in entries], initial=TOP))
        below = entries[-1].gap if entries else 0
        most = max(0, self._tops[-1] - below + BOTTOM - height)
        value = most if at is None else min(self._tops[at[0]] + at[1], most - 1)
        bar = self._bar
        bar.blockSignals(True)
        bar.setRange(0, most)
        bar.setPageStep(height)
        bar.setValue(max(0, value))
        bar.blockSignals(False)
        bar.update()
        self.value = bar.value()

    def message_at(self, value: int) -> tuple[int, int]:
        """Return the message at a value of the bar, and how far it reaches above the upper edge."""
        index = max(0, min(bisect_right(self._tops, value) - 1, len(self._tops) - 2))
        return index, value - self._tops[index]
