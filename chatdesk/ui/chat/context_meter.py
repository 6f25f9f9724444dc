"""The small words beside the message box that say how much of the model's context is used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, colours, follow

_SMALL = 0.85  # of the text's size


class ContextMeter(QToolButton):
    """Hidden until there is something to tell; a click opens what the model sees."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("context-meter")
        self.setAutoRaise(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fits = True
        self.hide()
        follow(self, self._restyle)

    def show_used(self, told: int, context: int, *, fits: bool) -> None:
        """Say how many tokens the next question has with all that comes with it."""
        words = tr("{told:,} of {context:,} tokens").format(told=told, context=context)
        if not fits:
            words = tr("Too long: {used}").format(used=words)
        self.setText(words)
        self.setAccessibleName(tr("What the model sees: {used}").format(used=words))
        self._fits = fits
        self._restyle(colours())
        self.show()

    def _restyle(self, now: Colours) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        self.setFont(font)
        self.setStyleSheet(
            f"QToolButton {{ color: {now.muted if self._fits else now.danger}; background: transparent;"
            " border: 2px solid transparent; border-radius: 7px; padding: 2px 6px; }"
            f"QToolButton:hover {{ background: {now.hover}; }}"
            f"QToolButton:focus {{ border-color: {now.accent}; }}"
        )
