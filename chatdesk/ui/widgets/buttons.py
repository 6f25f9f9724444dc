"""Makes buttons with all that each needs: a stable name, an accessible name and a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

from chatdesk.ui.icons import icon
from chatdesk.ui.theme import follow, scaled

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
        follow(button, lambda c: show_sign(button, sign, getattr(c, tone), 16))
    return button


def show_sign(button: QAbstractButton, sign: str, colour: str, points: float = 18) -> None:
    """Show an icon that is `points` large at 100 % and grows with the text."""
    side = round(scaled(points))
    button.setIcon(icon(sign, colour, side))
    button.setIconSize(QSize(side, side))


def tool_button(name: str, title: str) -> QToolButton:
    """Return a button that shows an icon alone; `title` is its tooltip and its accessible name."""
    button = QToolButton()
    button.setObjectName(name)
    button.setToolTip(title)
    button.setAccessibleName(title)
    return button
