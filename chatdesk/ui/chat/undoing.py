"""Deletions in a chat that can be undone: each is told with a button, and Ctrl+Z takes back the last one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

MOST = 50  # deletions that are remembered


class Undoing(QObject):
    """Remembers how to take back what was done, the last first."""

    done = Signal(str, object)  # a sentence, and what the button Undo does

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Callable[[], None]] = []

    def did(self, sentence: str, undo: Callable[[], None]) -> None:
        """Tell what was done; `undo` takes it back, once."""
        self.remember(undo)
        self.done.emit(sentence, lambda: self._take_back(undo))

    def remember(self, undo: Callable[[], None]) -> None:
        """Let `undo` take back what was done and told elsewhere."""
        self._steps = [*self._steps[1 - MOST :], undo]

    def forget(self, undo: Callable[[], None]) -> None:
        """What `undo` takes back was taken back otherwise."""
        if undo in self._steps:
            self._steps.reverse()  # the last one is meant
            self._steps.remove(undo)
            self._steps.reverse()

    def undo(self) -> None:
        """Take back what was done last."""
        if self._steps:
            self._take_back(self._steps[-1])

    def _take_back(self, undo: Callable[[], None]) -> None:
        if undo in self._steps:
            before = len(self._steps)
            undo()
            if len(self._steps) == before:  # else it was forgotten on the way
                self.forget(undo)
