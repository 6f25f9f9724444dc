"""A label whose size and colour follow the application's text size and theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from chatdesk.ui.theme import Colours, follow, scaled

TONES = {
    "text": QPalette.ColorRole.WindowText,
    "muted": QPalette.ColorRole.PlaceholderText,
    "danger": QPalette.ColorRole.BrightText,
    "link": QPalette.ColorRole.Link,
}


class Label(QLabel):
    """Plain text, never read as HTML; `points` are those of the design at 100 % text size.

    `tone` is a key of TONES.
    """

    def __init__(
        self,
        text: str = "",
        points: float = 10,
        *,
        bold: bool = False,
        tone: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._points, self._bold = points, bold
        # A role and not a palette of its own: a style sheet set later on a parent brings back old palettes.
        self.setForegroundRole(TONES[tone])
        self.setTextFormat(Qt.TextFormat.PlainText)
        follow(self, self._restyle)

    def wrap(self) -> Label:
        """Break lines at the width there is; return the label itself."""
        self.setWordWrap(True)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        return self

    def _restyle(self, _: Colours) -> None:
        font = QFont(self.font())
        font.setPointSizeF(scaled(self._points))
        font.setWeight(QFont.Weight.DemiBold if self._bold else QFont.Weight.Normal)
        self.setFont(font)
