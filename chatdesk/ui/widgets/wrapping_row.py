"""A row of controls that becomes a column where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

SPACING = 8  # pixels
_TAKES_ALL = 1000  # against the empty space in the middle, which has 1


class WrappingRow(QWidget):
    """Controls from the near end and, after an empty space, from the far end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[QWidget] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._space = 0
        self._row.addStretch(1)

    def add(self, part: QWidget, *, far: bool = False, stretch: bool = False) -> None:
        """Add `part` at the near end or the far one; with `stretch` it takes the empty space."""
        self.parts.append(part)
        self._row.insertWidget(self._row.count() if far else self._space, part, _TAKES_ALL if stretch else 0)
        if not far:
            self._space += 1

    def clear(self) -> None:
        """Take all parts out of the row; they stay where they are until they are deleted."""
        for part in self.parts:
            self._row.removeWidget(part)
        self.parts.clear()
        self._space = 0

    def sizeHint(self) -> QSize:
        return QSize(self._needed(), self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self.parts), default=0)
        return QSize(widest, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self._needed()
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()

    def _needed(self) -> int:
        return sum(_natural_width(part) for part in self.parts) + SPACING * max(0, len(self.parts) - 1)


def _natural_width(part: QWidget) -> int:
    if isinstance(part, QLabel) and part.wordWrap():
        # A label that may break its lines would tell any width it likes.
        return part.fontMetrics().horizontalAdvance(part.text()) + SPACING
    return part.sizeHint().width()
