"""How far long work is, with a button that stops it: as a part of a dialog, and as one of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.jobs import Job
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

SHOWN_AFTER_MS = 400  # what is done sooner needs no dialog
_STEPS = 1000  # of the bar: its numbers hold no more than two thousand million
_HEIGHT = 8  # pixels of the bar


class ProgressPanel(QWidget):
    """A sentence, a bar and “Stop”."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label().wrap()
        self.sentence.setObjectName("progress-sentence")
        self.bar = QProgressBar()
        self.bar.setObjectName("progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_HEIGHT)
        self.bar.setRange(0, 0)
        self.stop = push_button("stop-work", tr("Stop"))
        self.stop.clicked.connect(self._stop)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(below)
        follow(self, self._restyle)

    def begin(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.bar.setAccessibleName(sentence)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)

    def show_done(self, done: int, total: int) -> None:
        """Show a share; without a total the bar only moves."""
        if total > 0:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(min(_STEPS, done * _STEPS // total))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.sentence.setText(tr("Stopping…"))
        self.stopped.emit()

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            sheets.buttons(c)
            + f"QProgressBar {{ background: {c.pressed}; border: none; border-radius: {_HEIGHT // 2}px; }}"
            + f"QProgressBar::chunk {{ background: {c.accent}; border-radius: {_HEIGHT // 2}px; }}"
        )


class WorkDialog(QDialog):
    """Stands in front of the window while a job runs, unless it is done at once; closing it stops the job."""

    def __init__(self, title: str, sentence: str, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("work-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self.panel = ProgressPanel(self)
        self.panel.begin(sentence)
        self.panel.stopped.connect(job.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.addWidget(self.panel)
        self._over = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.open)
        self._wait.start(SHOWN_AFTER_MS)
        job.finished.connect(self._end)
        follow(self, lambda c: self.setStyleSheet(sheets.page(c)))
        width = round(scaled(420))
        self.resize(width, self.heightForWidth(width))

    def reject(self) -> None:
        """What Esc does: the work stops, and the dialog goes when it has stopped."""
        if not self._over:
            self.panel.stop.click()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._over:
            super().closeEvent(event)
        else:
            event.ignore()
            self.reject()

    def _end(self) -> None:
        self._over = True
        self._wait.stop()
        self.close()
        self.deleteLater()
