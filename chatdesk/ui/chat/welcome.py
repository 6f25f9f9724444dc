"""What stands in an empty chat: a greeting and questions to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow


def suggestions(demonstration: bool) -> Sequence[str]:
    """Return questions that the model can answer; the starter model knows only its own field."""
    if demonstration:
        return (
            tr("What can you help me with?"),
            tr("How do I turn on dark mode?"),
            tr("Does anything leave my computer?"),
            tr("Tell me a joke please"),
        )
    return (
        tr("Explain how a rainbow forms, in three sentences."),
        tr("Write a friendly reminder to return a borrowed book."),
        tr("What are good questions to ask before renting a flat?"),
    )


class Welcome(QWidget):
    """Greeting and suggestions; a click on one asks it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._title = QLabel(tr("What would you like to know?"), self)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        self._model = QLabel(self)
        self._model.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._model.setWordWrap(True)
        self._shown: InstalledModel | None = None
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(3)
        column.addWidget(self._title)
        column.addWidget(self._model)
        column.addSpacing(12)
        column.addLayout(self._buttons)
        column.addStretch(4)
        follow(self, self._restyle)

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
            button = QPushButton(question, self)
            button.setObjectName("suggestion")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, text=question: self.chosen.emit(text))
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _restyle(self, colours: Colours) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._model.setStyleSheet(f"color: {colours.muted};")
        self.setStyleSheet(sheets.buttons(colours))
