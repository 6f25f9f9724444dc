"""A row of controls that becomes several where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

SPACING = 8  # pixels


class WrappingRow(QWidget):
    """Controls from the near end and, after an empty space, from the far end.

    Where there is too little room, what stretches has a line of its own, and the far ones stay together.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[QWidget] = []
        self._far: list[QWidget] = []
        self._stretching: list[QWidget] = []
        self._lines: list[list[QWidget]] = []
        self._rows: list[QHBoxLayout] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING)

    def add(self, part: QWidget, *, far: bool = False, stretch: bool = False) -> None:
        """Add `part` at the near end or the far one; with `stretch` it takes the empty space."""
        self.parts.append(part)
        if far:
            self._far.append(part)
        if stretch:
            self._stretching.append(part)
        self._break()

    def clear(self) -> None:
        """Take all parts out of the row; they stay where they are until they are deleted."""
        for kept in (self.parts, self._far, self._stretching):
            kept.clear()
        self._break()

    def sizeHint(self) -> QSize:
        return QSize(_width(self._shown()), self._column.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(widest, self._column.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part has come, gone or grown
            self._break()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [part for part in self.parts if not part.isHidden()]

    def _break(self) -> None:
        """Break the row into lines, where that is not how it stands already."""
        lines = self._broken(self.width())
        if lines == self._lines:
            return
        self._lines = lines
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        while len(self._rows) < len(lines):
            row = QHBoxLayout()
            row.setSpacing(SPACING)
            self._rows.append(row)
            self._column.addLayout(row)
        for row, parts in zip(self._rows, lines, strict=False):
            for part in parts:
                row.addWidget(part, 1 if part in self._stretching else 0, _alignment(part))
            if not any(part in self._stretching for part in parts):
                row.insertStretch(sum(part not in self._far for part in parts), 1)
        self.updateGeometry()

    def _broken(self, room: int) -> list[list[QWidget]]:
        shown = self._shown()
        near = [part for part in self.parts if part not in self._far]
        far = [part for part in self.parts if part in self._far]
        if _width(shown) <= room:
            return [near + far]
        lines: list[list[QWidget]] = [[]]
        for part in near:
            alone = part in self._stretching or any(each in self._stretching for each in lines[-1])
            _append(lines, part, room, alone=alone)
        ended = any(part in self._stretching for part in lines[-1])
        if ended or _width([*lines[-1], *far]) > room:
            lines.append([])
        for part in far:
            _append(lines, part, room, alone=part in self._stretching)
        return [line for line in lines if line]


def _append(lines: list[list[QWidget]], part: QWidget, room: int, *, alone: bool) -> None:
    """Add a part to the last line where there is room for it, else to a new one."""
    if lines[-1] and (alone or _width([*lines[-1], part]) > room):
        lines.append([])
    lines[-1].append(part)


def _width(parts: list[QWidget]) -> int:
    """Return how many pixels these parts take side by side."""
    shown = [part for part in parts if not part.isHidden()]
    return sum(_natural_width(part) for part in shown) + SPACING * max(0, len(shown) - 1)


def _alignment(part: QWidget) -> Qt.AlignmentFlag:
    """Return how a part stands in its line: one of fixed height would else make the line as low as itself."""
    fixed = part.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed
    return Qt.AlignmentFlag.AlignVCenter if fixed else Qt.AlignmentFlag(0)


def _natural_width(part: QWidget) -> int:
    if isinstance(part, QLabel) and part.wordWrap():
        # A label that may break its lines would tell any width it likes.
        return part.fontMetrics().horizontalAdvance(part.text()) + SPACING
    return part.sizeHint().width()
