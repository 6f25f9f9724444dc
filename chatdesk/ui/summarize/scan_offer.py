"""Offers to recognise the text of pages that are pictures, or says what that takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class ScanOffer(QFrame):
    """Hidden until `offer` or `explain` is called."""

    recognise_requested = Signal(int)  # place of the way among those that were offered
    models_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", True)
        self._what = Label("", bold=True).wrap()
        self.how = Label("", tone="muted").wrap()
        self.ways = Choice()
        self.ways.setObjectName("recognition-way")
        self.ways.setAccessibleName(tr("What recognises the text"))
        self.recognise = push_button("recognise-text", tr("Recognise the text"), "primary")
        self.recognise.clicked.connect(lambda: self.recognise_requested.emit(self.ways.currentIndex()))
        self.command = Label("").wrap()
        self.command.setObjectName("ocr-command")
        self.command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = push_button("copy-ocr-command", tr("Copy the command"), "", "copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command.text()))
        self.models = push_button("find-seeing-model", tr("Find a model that sees"))
        self.models.clicked.connect(self.models_requested)
        row = WrappingRow()
        row.add(self.ways)
        row.add(self.copy)
        row.add(self.models)
        row.add(self.recognise, far=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        for part in (self._what, self.how, self.command, row):
            column.addWidget(part)
        self.hide()

    def offer(self, what: str, titles: Sequence[str]) -> None:
        """Say `what` is missing and offer these ways, at least one."""
        if len(titles) == 1:
            how = tr("{way} can read the pictures. It takes a while, and what it reads may contain errors.")
            self._tell(what, how.format(way=titles[0]))
        else:
            how = tr("The pictures can be read. It takes a while, and what is read may contain errors.")
            self._tell(what, how)
        self.ways.clear()
        self.ways.addItems(list(titles))
        self.ways.setVisible(len(titles) > 1)
        self.recognise.show()
        self._show_help(False)

    def explain(self, what: str, command: str) -> None:
        """Say `what` is missing and how to get what recognises it."""
        how = tr(
            "ChatDesk can read the pictures with a model that sees, or with text recognition (OCR), which"
            " this command installs in a terminal; start ChatDesk again afterwards:"
        )
        self._tell(what, how)
        self.command.setText(command)
        self.command.setAccessibleName(command)
        self._show_help(True)
        self.ways.hide()
        self.recognise.hide()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be begun while pictures are being read."""
        self.recognise.setEnabled(not busy)
        self.ways.setEnabled(not busy)

    def _show_help(self, shown: bool) -> None:
        self.command.setVisible(shown)
        self.copy.setVisible(shown)
        self.models.setVisible(shown)

    def _tell(self, what: str, how: str) -> None:
        self._what.setText(what)
        self.how.setText(how)
        self.setAccessibleName(f"{what} {how}")
        self.show()
