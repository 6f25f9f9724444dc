"""Says what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

import chatdesk
from chatdesk.domain.words import tr
from chatdesk.ui.widgets.column import card
from chatdesk.ui.widgets.label import Label


def about_card() -> QFrame:
    """Return a card with the version and the licences."""
    frame, inside = card()
    version = Label(tr("ChatDesk {version}").format(version=chatdesk.__version__))
    version.setObjectName("version")
    licences = tr(
        "Free software under the MIT licence. Built with Qt for Python (LGPL 3), llama.cpp (MIT) and "
        "Lucide icons (ISC)."
    )
    inside.setContentsMargins(18, 14, 18, 14)
    inside.setSpacing(4)
    inside.addWidget(version)
    inside.addWidget(Label(licences, 9, tone="muted").wrap())
    return frame
