"""Makes buttons with all that each needs: a stable name, an accessible name and a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton


def push_button(name: str, title: str, look: str = "") -> QPushButton:
    """Return a button; `name` is its object name, `look` one of "", "primary", "danger", "flat"."""
    button = QPushButton(title)
    button.setObjectName(name)
    # Enter presses the button that has the keyboard, as everywhere else.
    button.setAutoDefault(True)
    # Wider than the icon, which stands in the middle of it, for a gap before the title.
    button.setIconSize(QSize(28, 18))
    if look:
        button.setProperty(look, True)
    return button


def tool_button(name: str, title: str) -> QToolButton:
    """Return a button that shows an icon alone; `title` is its tooltip and its accessible name."""
    button = QToolButton()
    button.setObjectName(name)
    button.setToolTip(title)
    button.setAccessibleName(title)
    return button
