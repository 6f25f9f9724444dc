"""The card in an empty chat that leads from the demonstration to a real model."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

WIDEST = 560  # pixels
_STEPS = 1000  # of the bar


@dataclass(frozen=True, slots=True)
class Offer:
    """What the card says and which buttons it has; parts that are empty are not shown."""

    title: str
    words: str = ""
    facts: str = ""
    action: str = ""  # title of the main button
    other: str = ""  # title of the one beside it
    progress: float | None = None  # from 0 to 1, with a bar
    can_wait: bool = True  # it can be put away


class FirstModelCard(QFrame):
    """Says by signals which button was pressed; `show_offer` changes all that is seen."""

    acted = Signal()
    other_requested = Signal()
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first-model")
        self.setMaximumWidth(WIDEST)
        self._title = Label("", 10.5, bold=True).wrap()
        self._words = Label().wrap()
        self._facts = Label("", 9, tone="muted").wrap()
        self._facts.setObjectName("first-model-facts")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._action = push_button("first-model-action", "", "primary")
        self._action.clicked.connect(self.acted)
        self._other = push_button("first-model-other", "")
        self._other.clicked.connect(self.other_requested)
        self._later = push_button("first-model-later", tr("Not now"), "flat")
        self._later.setToolTip(tr("Models stay within reach on the page Models."))
        self._later.clicked.connect(self.put_away)
        row = WrappingRow()
        row.add(self._action)
        row.add(self._other)
        row.add(self._later, far=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        for part in (self._title, self._words, self._facts, self._bar):
            inside.addWidget(part)
        inside.addSpacing(6)
        inside.addWidget(row)
        follow(self, self._restyle)

    @property
    def text(self) -> str:
        """All that is said, for tests and screen readers."""
        return " ".join(part.text() for part in (self._title, self._words, self._facts) if part.text())

    def show_offer(self, offer: Offer) -> None:
        """Show `offer` in place of what was there; the keyboard stays within the card."""
        held = self._action.hasFocus()
        for label, text in (
            (self._title, offer.title),
            (self._words, offer.words),
            (self._facts, offer.facts),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        for button, title in ((self._action, offer.action), (self._other, offer.other)):
            button.setText(title)
            button.setAccessibleName(title)
            button.setAccessibleDescription(offer.title)
            button.setVisible(bool(title))
        self._later.setVisible(offer.can_wait)
        self._bar.setVisible(offer.progress is not None)
        self._bar.setValue(round(_STEPS * (offer.progress or 0)))
        self._bar.setAccessibleName(offer.title)
        self.setAccessibleName(self.text)
        if held and not offer.action:
            self._other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"#first-model {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 12px; }}"
            f"QProgressBar {{ background: {c.pressed}; border: none; border-radius: 3px; }}"
            f"QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}"
        )
