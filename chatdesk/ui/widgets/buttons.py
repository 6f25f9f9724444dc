"""Makes buttons with all that each needs: a stable name, an accessible name and a tooltip."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QToolButton

from chatdesk.ui.icons import icon
from chatdesk.ui.theme import follow

GAP = "\u2002"  # half an em between icon and title, for which style sheets have no property


def push_button(name: str, title: str, look: str = "", sign: str = "") -> QPushButton:
    """Return a button; `name` is its object name, `look` one of "", "primary", "danger", "flat".

    `sign` is the icon before the title.
    """
    button = QPushButton(f"{GAP}{title}" if sign else title)
    button.setObjectName(name)
    button.setAccessibleName(title)
    # Enter presses the button that has the keyboard, as everywhere else.
    button.setAutoDefault(True)
    if look:
        button.setProperty(look, True)
    if sign:
        tone = "on_accent" if look == "primary" else "muted"
        follow(button, lambda c: button.setIcon(icon(sign, getattr(c, tone))))
    return button


def tool_button(name: str, title: str) -> QToolButton:
    """Return a button that shows an icon alone; `title` is its tooltip and its accessible name."""
    button = QToolButton()
    button.setObjectName(name)
    button.setToolTip(title)
    button.setAccessibleName(title)
    return button
