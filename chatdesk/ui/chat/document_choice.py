"""Asks in the message box what to do with documents that do not fit into the model's context."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.flows.larger_context import Larger
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class DocumentChoice(QFrame):
    """Hidden while everything fits."""

    passages_chosen = Signal()
    summary_chosen = Signal()
    stop_requested = Signal()
    model_chosen = Signal(object)  # Larger

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document-choice")
        self.setAccessibleName(tr("Documents that are too long for the model"))
        self.sentence = Label("").wrap()
        self.sentence.setObjectName("document-choice-sentence")
        self.passages = push_button("choose-passages", tr("Most relevant passages"), "primary")
        self.passages.setToolTip(tr("The model is told the passages that fit each of your questions"))
        self.summary = push_button("choose-summary", tr("The whole by a summary"))
        self.summary.setToolTip(tr("The model first summarises all of it; the summary is attached instead"))
        self.model = push_button("choose-model", tr("A model with more context"))
        self.model.setToolTip(tr("More context needs more memory. What a model is given here, it keeps"))
        self._menu = QMenu(self.model)
        self.model.setMenu(self._menu)
        self.stop = push_button("stop-summary", tr("Stop"))
        self.passages.clicked.connect(self.passages_chosen)
        self.summary.clicked.connect(self.summary_chosen)
        self.stop.clicked.connect(self.stop_requested)
        buttons = WrappingRow(self)
        for button in (self.passages, self.summary, self.model, self.stop):
            buttons.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 4)
        column.setSpacing(6)
        column.addWidget(self.sentence)
        column.addWidget(buttons)
        self.hide()
        follow(self, self._restyle)

    def ask(
        self,
        told: int,
        context: int,
        models: Sequence[Larger],
        *,
        summary: bool,
        folder: str = "",
    ) -> None:
        """Show the choice; `models` are those that have enough context or can have it.

        Without `summary` that is not offered; `folder` is the name of the folder whose documents are meant.
        """
        words = tr(
            "The documents do not fit: {told:,} tokens with the chat, and the model takes {context:,}."
            " What should it read?"
        )
        if folder:
            words = tr(
                "The documents of the folder “{folder}” do not fit: {told:,} tokens with the chat, and the"
                " model takes {context:,}. What should it read in all chats of the folder?"
            )
        self.sentence.setText(words.format(told=told, context=context, folder=folder))
        self._menu.clear()
        for each in models:
            words = tr("{model} with {tokens:,} tokens") if each.tokens else "{model}"
            title = words.format(model=each.model.title, tokens=each.tokens)
            self._menu.addAction(title, partial(self.model_chosen.emit, each))
        self._show_asking(asking=True)
        self.summary.setVisible(summary)
        self.model.setVisible(bool(models))
        self.show()

    def show_progress(self, sentence: str) -> None:
        """Say how far the summary is."""
        self.sentence.setText(sentence)
        self._show_asking(asking=False)
        self.show()

    def _show_asking(self, *, asking: bool) -> None:
        for button in (self.passages, self.summary, self.model):
            button.setVisible(asking)
        self.stop.setVisible(not asking)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(sheets.buttons(c) + sheets.menus(c))
