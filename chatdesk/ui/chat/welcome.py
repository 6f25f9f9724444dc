"""What stands in an empty chat: a greeting and questions to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.column import ScrolledColumn


def suggestions(demonstration: bool) -> Sequence[str]:
    """Return questions that the model can answer; the starter model knows only its own field."""
    if demonstration:
        return (
            tr("What can you help me with?"),
            tr("How do I turn on dark mode?"),
            tr("Are my chats private?"),
            tr("Tell me a joke please"),
        )
    return (
        tr("Explain how a rainbow forms, in three sentences."),
        tr("Write a friendly reminder to return a borrowed book."),
        tr("What are good questions to ask before renting a flat?"),
    )


class Welcome(ScrolledColumn):
    """Greeting and suggestions; a click on one asks it."""

    chosen = Signal(str)
    model_shown = Signal()  # another one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("welcome")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = QLabel(tr("What would you like to know?"))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        self._model = QLabel()
        self._model.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._model.setWordWrap(True)
        self._shown: InstalledModel | None = None
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        self.body.setContentsMargins(0, 16, 0, 16)
        self.body.setSpacing(10)
        self.body.addStretch(3)
        self.body.addWidget(self._title)
        self.body.addWidget(self._model)
        self.body.addSpacing(12)
        self.body.addLayout(self._buttons)
        self.body.addStretch(4)
        follow(self, self._restyle)

    @property
    def model(self) -> InstalledModel | None:
        """The model that answers in the open chat."""
        return self._shown

    def add(self, card: QWidget) -> None:
        """Put a card below the suggestions."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 1000)
        row.addStretch(1)
        self.body.insertSpacing(self.body.count() - 1, 14)
        self.body.insertLayout(self.body.count() - 1, row)

    def show_model(self, model: InstalledModel) -> None:
        """Name the model and offer questions that suit it."""
        if model == self._shown:
            return
        self._shown = model
        self._model.setText(
            tr("{title} answers on this computer. Nothing leaves it.").format(title=model.title)
        )
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for question in suggestions(model.demonstration):
            button = QPushButton(question)
            button.setObjectName("suggestion")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, text=question: self.chosen.emit(text))
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.model_shown.emit()

    def _restyle(self, colours: Colours) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._model.setStyleSheet(f"color: {colours.muted};")
        self.setStyleSheet(sheets.buttons(colours) + sheets.scroll_bars(colours))
