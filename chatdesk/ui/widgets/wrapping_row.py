"""A row of controls that becomes a column where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

SPACING = 8  # pixels


class WrappingRow(QWidget):
    """Add the controls with `add`; the one added with `far=True` stands at the far end of the row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._row.addStretch(1)

    def add(self, part: QWidget, *, far: bool = False) -> None:
        place = self._row.count() if far else self._row.count() - 1
        self._parts.append(part)
        self._row.insertWidget(place, part)

    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(part.sizeHint().width() + SPACING for part in self._parts)
        fits = self.width() >= needed
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()
