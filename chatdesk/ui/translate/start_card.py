"""What stands on the empty page: what it does, and examples to try."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

RING = 4  # pixels of a button that stand before its words, for the ring of the keyboard


class StartCard(QScrollArea):
    """Covers the pane it stands on, and scrolls in a low one; `chosen` gives the text of an example."""

    chosen = Signal(str)

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self.setObjectName("translate-start")
        self._pane = pane
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons take the keyboard, and come into sight
        self.setWidget(self._text())
        pane.installEventFilter(self)
        follow(self, self._restyle)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._pane and event.type() == QEvent.Type.Resize:
            self._fit()
        elif isinstance(watched, QPushButton) and event.type() == QEvent.Type.FocusIn:
            self.ensureWidgetVisible(watched, 0, 12)
        return super().eventFilter(watched, event)

    def _text(self) -> QWidget:
        whole = QWidget()
        whole.setObjectName("translate-start-text")
        column = QVBoxLayout(whole)
        column.setContentsMargins(25 - RING, 18, 25, 18)
        column.setSpacing(6)
        title = Label(tr("Your private translator"), 13, bold=True).wrap()
        told = Label(
            tr(
                "Type or paste a text. It is translated on this computer, paragraph by paragraph;"
                " nothing is sent anywhere. You can correct every paragraph, and what you confirm"
                " is used again."
            ),
            tone="muted",
        ).wrap()
        for label in (title, told):
            label.setContentsMargins(RING, 0, 0, 0)
            column.addWidget(label)
        examples = (
            tr("The meeting begins at 9:30 in room 12."),
            tr("Thank you for your letter of 3 May.\n\nWe will send the parts next week."),
        )
        for number, example in enumerate(examples):
            button = push_button(f"translate-example-{number + 1}", example.split("\n")[0], "flat")
            button.setAccessibleDescription(tr("Puts this example into the text"))
            button.clicked.connect(lambda _=False, text=example: self.chosen.emit(text))
            button.installEventFilter(self)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return whole

    def _fit(self) -> None:
        self.setGeometry(self._pane.rect().adjusted(3, 3, -3, -3))

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"#translate-start, #translate-start-text {{ background: {c.base}; border: none; }}"
        )
