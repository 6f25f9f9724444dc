"""Keys drawn as on a keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from chatdesk.ui.theme import Colours, follow


class KeyCaps(QWidget):
    """One cap for each of `names`, keys pressed together; `spoken` is what a screen reader says."""

    def __init__(self, names: Sequence[str], spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(spoken)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name in names:
            cap = QLabel(name, alignment=Qt.AlignmentFlag.AlignCenter)
            cap.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(cap)
        follow(self, self._restyle)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"QLabel {{ background: {c.window}; color: {c.text}; border: 1px solid {c.outline};"
            " border-bottom-width: 2px; border-radius: 5px; padding: 1px 6px; min-width: 12px; }"
        )
