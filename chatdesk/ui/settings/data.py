"""Says where the user's data is kept, and what goes over the network: nothing of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import card, line
from chatdesk.ui.widgets.label import Label


def data_card(home: Path) -> QFrame:
    """Return a card on privacy and on the folder `home`, with a button that opens it."""
    frame, inside = card()
    sentences = (
        tr("Your chats, your settings and your models stay on this computer."),
        tr("ChatDesk asks the Hugging Face Hub only when you look for a model or download one."),
        tr("A link opens in your web browser when you click it."),
    )
    privacy = Label(" ".join(sentences)).wrap()
    privacy.setObjectName("privacy")
    title = tr("Folder with your chats and settings")
    folder = Label(str(home), 9, tone="muted").wrap()
    folder.setObjectName("data-folder")
    folder.setAccessibleName(title)
    folder.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    opener = push_button("open-data-folder", tr("Open folder"))
    opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(folder, 1)
    row.addWidget(opener)
    inside.setContentsMargins(18, 14, 18, 14)
    inside.setSpacing(10)
    inside.addWidget(privacy)
    inside.addWidget(line())
    inside.addWidget(Label(title).wrap())
    inside.addLayout(row)
    return frame
