"""Keys drawn as on a keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from chatdesk.ui.shortcuts import key_names, native
from chatdesk.ui.theme import Colours, follow


class KeyCaps(QWidget):
    """One cap for each key of a combination in Qt's portable text, such as "Ctrl+Shift+O"."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(native(keys))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name in key_names(keys):
            cap = QLabel(name, alignment=Qt.AlignmentFlag.AlignCenter)
            cap.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(cap)
        follow(self, self._restyle)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"QLabel {{ background: {c.window}; color: {c.text}; border: 1px solid {c.outline};"
            " border-bottom-width: 2px; border-radius: 5px; padding: 1px 6px; min-width: 12px; }"
        )
