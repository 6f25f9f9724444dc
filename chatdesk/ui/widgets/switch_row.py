"""A switch with its words beside it, which switch it too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch


class SwitchRow(QWidget):
    """`name` is the object name of the switch."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = Switch()
        self.switch.setObjectName(name)
        self.switch.setAccessibleName(title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self.switch)
        row.addWidget(Label(title).wrap(), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.switch.click()
