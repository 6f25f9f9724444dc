"""The small window that says how an answer was written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from chatdesk.domain.chat import Message
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import follow, scaled
from chatdesk.ui.transcript.entries import stamp_words
from chatdesk.ui.transcript.facts import fact_lines
from chatdesk.ui.widgets.label import Label

WIDTH = 420  # pixels at 100 % text size


class DetailsDialog(QDialog):
    """Names and values, one below the other; Esc closes it. Call `open`."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer-details")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("How it was written"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        written = (tr("Written"), stamp_words(message.created))
        for row, (name, value) in enumerate([*fact_lines(message), written]):
            shown = Label(value).wrap()
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            shown.setAccessibleName(f"{name}: {value}")
            grid.addWidget(Label(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addWidget(buttons)
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))
        width = round(scaled(WIDTH))
        self.setMinimumWidth(min(width, 380))
        self.resize(width, column.totalHeightForWidth(width))  # long values take two lines
