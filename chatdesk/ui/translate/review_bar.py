"""Says above the panes which document is reviewed, and leads back to the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.elided import ElidedLabel


class ReviewBar(QFrame):
    """Hidden while a text is shown."""

    save_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self.name = ElidedLabel(10, bold=True, middle=True)
        self.name.setObjectName("review-name")
        self.words = ElidedLabel(9, tone="muted")
        self.words.setObjectName("review-words")
        self.back = push_button("back-to-documents", tr("Documents"), "flat", "chevron-left")
        self.back.setToolTip(tr("Back to the list of documents"))
        self.save = push_button("save-reviewed", tr("Save as…"), "", "download")
        self.save.setToolTip(tr("Save the translated document under another name"))
        self.back.clicked.connect(self.back_requested)
        self.save.clicked.connect(self.save_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self.back)
        row.addWidget(self.name, 1)
        row.addWidget(self.words, 1)
        row.addWidget(self.save)
        self.hide()
        follow(self, self._restyle)

    def show_document(self, name: str, words: str) -> None:
        """Name the document, and say how far it is; "" hides the bar."""
        self.name.tell(name)
        self.words.tell(words)
        self.setVisible(bool(name))

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"#review-bar {{ background: {c.info_background}; border: none;"
            f" border-bottom: 1px solid {c.border}; }}"
        )
