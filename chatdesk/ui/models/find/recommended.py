"""The recommended models as cards, as many beside each other as fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.domain.catalogue import CatalogueModel, Purpose
from chatdesk.domain.words import tr
from chatdesk.flows.models import Memory
from chatdesk.ui.models.numbers import size_words, time_words
from chatdesk.ui.theme import follow, scaled
from chatdesk.ui.widgets.badge import Badge
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

ASSUMED_SPEED = 50e6 / 8  # bytes a second, until a download has shown the real one
CARD_WIDTH = 290  # pixels at 100 % text size that a card needs
GAP = 12
BITS_PER_BYTE = 8


class Rank(IntEnum):
    """How strongly a model is recommended: beside others, first of its purpose, first of all."""

    other = 0
    first = 1
    best = 2


class RecommendedCard(QFrame):
    """One model; the buttons send signals without it, whoever builds the card knows which it is."""

    download = Signal()
    details = Signal()

    def __init__(
        self,
        model: CatalogueModel,
        speed: float,
        rank: Rank = Rank.other,
        warning: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recommended-model")
        self.setProperty("card", True)
        self.setAccessibleName(model.title)
        self.setAccessibleDescription(model.good_at)
        self.model = model
        # All columns are equally wide, whatever the words in them ask for.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(4)
        heading = WrappingRow()
        heading.add(Label(model.title, 11.5, bold=True).wrap(), stretch=True)
        if rank:
            heading.add(Badge(tr("First choice")), far=True)
        inside.addWidget(heading)
        inside.addWidget(Label(model.good_at).wrap())
        inside.addSpacing(2)
        self._cost = Label("", 9, tone="muted").wrap()
        self.show_speed(speed)
        inside.addWidget(self._cost)
        inside.addWidget(Label(sentence(model.languages), 9, tone="muted").wrap())
        licence = tr("Licence: {name}").format(name=model.licence)
        inside.addWidget(Label(licence, 9, tone="muted").wrap())
        if warning:
            inside.addWidget(Label(warning, 9).wrap())
        inside.addStretch(1)
        inside.addSpacing(8)
        inside.addWidget(self._buttons(rank))

    def show_speed(self, speed: float) -> None:
        """Show how long the download takes on a line of `speed` bytes a second."""
        self._cost.setText(size_and_time(self.model.bytes, speed))

    def show_state(self, words: str, usable: bool) -> None:
        """Show on the button what became of the download."""
        self.button.setText(words)
        self.button.setEnabled(usable)
        self.button.setAccessibleName(f"{words} {self.model.title}")

    def _buttons(self, rank: Rank) -> WrappingRow:
        title = self.model.title
        self.button: QPushButton = push_button(
            "download-recommended", tr("Download"), "primary" if rank is Rank.best else ""
        )
        self.button.setAccessibleName(tr("Download {title}").format(title=title))
        self.button.clicked.connect(self.download)
        more = push_button("recommended-details", tr("Details"), "flat")
        more.setAccessibleName(tr("Details of {title}").format(title=title))
        more.setToolTip(tr("Asks Hugging Face for {name}").format(name=self.model.repository))
        more.clicked.connect(self.details)
        row = WrappingRow()
        row.add(self.button)
        row.add(more)
        return row


class CardGrid(QWidget):
    """Cards in as many columns as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[RecommendedCard] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        # The cards give the height, and every width will do.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow(self, lambda _: self._arrange())

    def show_cards(self, cards: Sequence[RecommendedCard]) -> None:
        """Replace all cards."""
        for old in self._cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = list(cards)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, int((self.width() + GAP) // (scaled(CARD_WIDTH) + GAP)))
        if columns == self._columns:
            return
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            # Equal columns, whatever the cards ask for; without this empty ones would take no room.
            self._grid.setColumnMinimumWidth(column, 1 if column < columns else 0)
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
            card.show()


class RecommendedSection(QWidget):
    """The models of one purpose below its heading; `cards` are in the order of the catalogue."""

    def __init__(
        self, purpose: Purpose, cards: Sequence[RecommendedCard], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(purpose_title(purpose), 10.5, bold=True, tone="muted"))
        if purpose is Purpose.embedding:
            words = tr("For other programs: ChatDesk finds passages by their words, without such a model.")
            column.addWidget(Label(words, 9, tone="muted").wrap())
        self.grid = CardGrid()
        self.grid.show_cards(cards)
        column.addWidget(self.grid)


def purpose_title(purpose: Purpose) -> str:
    """Return the heading over the models of a purpose."""
    return {
        Purpose.chat: tr("For chats, summaries and questions"),
        Purpose.translation: tr("For translations"),
        Purpose.embedding: tr("For finding passages in documents"),
    }[purpose]


def size_and_time(size: int, speed: float) -> str:
    """Return what a download of `size` bytes costs on a line of `speed` bytes a second."""
    return tr("{size} · about {time} to download").format(
        size=size_words(size), time=time_words(size / speed)
    )


def tight_words(now: Memory) -> str:
    """Return what to do before a model is loaded that fits into this computer, but not into what is free."""
    return tr("Close other programs before you use it: {free} of memory are free now.").format(
        free=size_words(now.free)
    )


def sentence(words: str) -> str:
    """Return `words` with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def line_words(speed: float) -> str:
    """Return a line's speed, in bytes a second, as line providers write it: "50 Mbit/s"."""
    megabits = max(0.1, speed * BITS_PER_BYTE / 1e6)
    digits = 0 if megabits >= 10 else 1
    return tr("{speed} Mbit/s").format(speed=f"{megabits:.{digits}f}".removesuffix(".0"))
