"""What stands on the empty page: what it does, and examples to try."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label


class StartCard(QFrame):
    """Covers the pane it stands on; `chosen` gives the text of an example."""

    chosen = Signal(str)

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self.setObjectName("translate-start")
        self._pane = pane
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(6)
        column.addWidget(Label(tr("Your private translator"), 13, bold=True).wrap())
        column.addWidget(
            Label(
                tr(
                    "Type or paste a text. It is translated on this computer, paragraph by paragraph;"
                    " nothing is sent anywhere. You can correct every paragraph, and what you confirm"
                    " is used again."
                ),
                tone="muted",
            ).wrap()
        )
        examples = (
            tr("The meeting begins at 9:30 in room 12."),
            tr("Thank you for your letter of 3 May.\n\nWe will send the parts next week."),
        )
        for number, example in enumerate(examples):
            button = push_button(f"translate-example-{number + 1}", example.split("\n")[0], "flat")
            button.setAccessibleDescription(tr("Puts this example into the text"))
            button.clicked.connect(lambda _=False, text=example: self.chosen.emit(text))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        pane.installEventFilter(self)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._pane.rect().adjusted(3, 3, -3, -3))
