"""What stands where nothing can be listed: why, and one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

PATIENCE_MS = 250  # what answers sooner needs no sign that it is waited for


class StatePanel(QWidget):
    """Shows one state at a time; `acted` comes from its button."""

    acted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = ""
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence = Label("", 11).wrap()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = Label("", 9.5, tone="muted").wrap()
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(180, 4)
        self._button: QPushButton = push_button(f"{name}-action", "")
        self._button.clicked.connect(self.acted)
        self._late = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._late.timeout.connect(self._bar.show)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._sign)
        column.addWidget(self._sentence)
        column.addWidget(self._hint)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._bar.hide()
        follow(self, lambda _: self._draw_sign())

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def tell(self, sign: str, sentence: str, hint: str = "", action: str = "") -> None:
        """Show `sentence` below the icon `sign`, with a button if `action` has a title."""
        self._late.stop()
        self._bar.hide()
        self._icon = sign
        self._draw_sign()
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{sentence} {hint}".strip())

    def wait(self, sentence: str) -> None:
        """Show that an answer is waited for, unless it comes at once."""
        self.tell("", sentence)
        self._bar.setAccessibleName(sentence)
        self._late.start()

    def _draw_sign(self) -> None:
        self._sign.setVisible(bool(self._icon))
        if self._icon:
            self._sign.setPixmap(icon(self._icon, colours().muted, 32).pixmap(QSize(32, 32)))


def failure_words(error: Exception) -> tuple[str, str]:
    """Return the sentence and the hint for what went wrong; bugs in general words."""
    sentence, hint = getattr(error, "sentence", ""), getattr(error, "hint", "")
    if not sentence:
        return tr("Something unexpected happened."), tr("It is written down in ChatDesk's log.")
    return sentence, hint
