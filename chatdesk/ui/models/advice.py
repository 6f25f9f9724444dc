"""Tells the user how to get a real model, and how large it may be on this computer."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.flows.models import Memory, memory
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

CATALOGUE = "https://huggingface.co/models?library=gguf&sort=trending"


def memory_words(now: Memory) -> str:
    """Return which size of model file fits into this computer's memory now."""
    return tr(
        "This computer has {total} of memory; {free} are free now, so files of up to about {fits} fit."
    ).format(total=size_words(now.total), free=size_words(now.free), fits=size_words(now.largest_file))


class Advice(QFrame):
    """Opens the catalogue in the web browser, and only when its button is pressed."""

    find_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model-advice")
        self.setProperty("card", True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(6)
        inside.addWidget(Label(tr("Get a real model"), 11.5, bold=True))
        ways = tr(
            "Choose one that suits this computer and download it here. A GGUF file that you have already can "
            "be opened, or dropped onto this page; it stays where it is."
        )
        inside.addWidget(Label(ways).wrap())
        self._memory = Label(tone="muted").wrap()
        self._memory.setObjectName("memory-advice")
        inside.addWidget(self._memory)
        inside.addSpacing(8)
        self.more = push_button("find-more", tr("Find models"), "primary")
        self.more.clicked.connect(self.find_requested)
        website = push_button("open-website", tr("Open Hugging Face"), sign="external-link")
        website.setToolTip(tr("Opens {address} in your web browser").format(address=CATALOGUE))
        website.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(CATALOGUE)))
        row = WrappingRow()
        row.add(self.more)
        row.add(website)
        inside.addWidget(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._memory.setText(memory_words(memory()))
