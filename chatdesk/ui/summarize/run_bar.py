"""How far a summary is, and the buttons that pause it, stop it and go on with it."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from chatdesk.domain.summaries import SummaryState
from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import GAP, push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class RunBar(QWidget):
    """A sentence with buttons, and a bar below while the summary is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("").wrap()
        self.words.setObjectName("summarize-progress")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(tr("Progress of the summary"))
        self.pause = push_button("pause-summary", tr("Pause"), "", "pause")
        self.resume = push_button("resume-summary", tr("Resume"), "primary", "play")
        self.stop = push_button("stop-summary", tr("Stop"), "", "square")
        row = WrappingRow()
        row.add(self.words, stretch=True)
        for button in (self.pause, self.resume, self.stop):
            row.add(button, far=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(row)
        column.addWidget(self._bar)
        follow(self, self._restyle)

    def show_state(self, state: SummaryState) -> None:
        """Show a summary that is not being made now."""
        words = {
            SummaryState.stopped: tr("Stopped. What was done is kept."),
            SummaryState.paused: tr("Paused. What was done is kept."),
            SummaryState.waiting: tr("This has not begun yet."),
            SummaryState.failed: tr("There is no summary yet."),
        }.get(state, "")
        for part in (self.pause, self.stop, self._bar):
            part.hide()
        again = tr("Try again") if state is SummaryState.failed else tr("Resume")
        self.resume.setText(f"{GAP}{again}")
        self.resume.setAccessibleName(again)
        self.resume.setVisible(bool(words))
        self.tell(words)
        self.setVisible(bool(words))

    def show_running(self, parts: int) -> None:
        """Show one that is being made; with less than two `parts` the bar says only that it runs."""
        self._bar.setRange(0, parts if parts > 1 else 0)
        self.resume.hide()
        for part in (self.pause, self.stop, self._bar):
            part.show()
        self.show()

    def count(self, done: int) -> None:
        """Show how many parts are done."""
        self._bar.setValue(done)

    def tell(self, sentence: str) -> None:
        """Say what happens now."""
        self.words.setText(sentence)
        self._bar.setAccessibleDescription(sentence)

    def _restyle(self, c: Colours) -> None:
        self._bar.setStyleSheet(
            f"QProgressBar {{ background: {c.pressed}; border: none; border-radius: 3px; }}"
            f"QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}"
        )
