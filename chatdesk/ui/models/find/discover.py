"""What the view shows before anything was searched for: the models that are recommended for this machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.catalogue import CatalogueModel, Purpose, suited
from chatdesk.domain.downloads import Download
from chatdesk.domain.words import tr
from chatdesk.flows.fits import first_choice, is_tight
from chatdesk.flows.models import Memory
from chatdesk.ui.models.downloads.words import button_words
from chatdesk.ui.models.find.recommended import (
    ASSUMED_SPEED,
    Rank,
    RecommendedCard,
    RecommendedSection,
    line_words,
    tight_words,
)
from chatdesk.ui.models.measures import WIDEST
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ScrolledColumn
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

SHOWN = 3  # cards of a purpose before all are asked for


class Discover(ScrolledColumn):
    """Nothing here has asked the network for anything."""

    download_requested = Signal(object)  # CatalogueModel
    details_requested = Signal(str)  # "owner/name"
    popular_requested = Signal()
    found_requested = Signal()  # show the models of other applications

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WIDEST, parent)
        self.setObjectName("recommended")
        self.setAccessibleName(tr("Recommended models"))
        self._models: tuple[CatalogueModel, ...] = ()
        self._memory = Memory(0, 0)
        self._speed = 0.0
        self._all = False
        self._known: Mapping[tuple[str, str], Download] = {}
        self._shown: list[RecommendedCard] = []
        self._sections: list[RecommendedSection] = []
        self.notice = Banner()
        self.notice.action.connect(self.found_requested)
        self._about = Label(tone="muted").wrap()
        self._about.setObjectName("recommended-why")
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._toggle = push_button("all-recommended", "")
        self._toggle.clicked.connect(self._switch)
        popular = push_button("popular", tr("Show popular models on Hugging Face"), "flat")
        popular.clicked.connect(self.popular_requested)
        row = WrappingRow()
        row.add(self._toggle)
        row.add(popular)
        self.body.setContentsMargins(0, 8, 0, 28)
        self.body.addWidget(self.notice)
        self.body.addWidget(Label(tr("Recommended for this computer"), 12.5, bold=True).wrap())
        self.body.addWidget(self._about)
        self.body.addLayout(self._list)
        self.body.addSpacing(6)
        self.body.addWidget(row)
        self.body.addStretch(1)

    def show_models(self, models: Sequence[CatalogueModel], memory: Memory, speed: float = 0.0) -> None:
        """Recommend what suits `memory`; `speed` of the line in bytes a second, 0 if not known."""
        self._models, self._memory, self._speed = tuple(models), memory, speed
        self._draw()

    def show_speed(self, speed: float) -> None:
        """Tell the times for a line of `speed` bytes a second, which was measured just now."""
        self._speed = speed
        self._about.setText(self._why(bool(suited(self._models, self._memory.total))))
        for card in self._shown:
            card.show_speed(speed)

    def show_downloads(self, known: Mapping[tuple[str, str], Download]) -> None:
        """Show on the buttons what became of downloads, by repository and first file."""
        self._known = known
        for card in self._shown:
            card.show_state(*button_words(known.get((card.model.repository, card.model.file))))

    def _switch(self) -> None:
        self._all = not self._all
        self._draw()

    def _draw(self) -> None:
        fitting = suited(self._models, self._memory.total)
        shown = list(self._models) if self._all or not fitting else fitting
        self._about.setText(self._why(bool(fitting)))
        for old in self._sections:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._sections, self._shown = [], []
        for purpose in Purpose:
            if purpose is Purpose.embedding and not self._all:
                continue  # nothing here uses them, so a newcomer is not led to one
            cards = self._cards([each for each in shown if each.purpose is purpose])
            self._shown += cards
            if cards:
                section = RecommendedSection(purpose, cards)
                self._sections.append(section)
                self._list.addWidget(section)
                section.show()
        self.show_downloads(self._known)
        text = tr("Only for this computer") if self._all else tr("Show all recommended models")
        self._toggle.setText(text)
        self._toggle.setAccessibleName(text)

    def _cards(self, models: Sequence[CatalogueModel]) -> list[RecommendedCard]:
        best = first_choice(models, self._memory)
        first = Rank.best if best is not None and best.purpose is Purpose.chat else Rank.first
        if not self._all:
            models = sorted(models, key=lambda each: each is not best)[:SHOWN]
        return [self._card(each, first if each is best else Rank.other) for each in models]

    def _card(self, model: CatalogueModel, rank: Rank) -> RecommendedCard:
        warning = tight_words(self._memory) if is_tight(model, self._memory) else ""
        card = RecommendedCard(model, self._speed or ASSUMED_SPEED, rank, warning)
        card.download.connect(lambda: self.download_requested.emit(model))
        card.details.connect(lambda: self.details_requested.emit(model.repository))
        return card

    def _why(self, fits: bool) -> str:
        size = size_words(self._memory.total)
        if not fits:
            words = tr("Its {size} of memory are less than any of these models asks for.")
        elif self._memory.gpus:
            words = tr("Chosen for its {size} of memory, {cards} of them on graphics cards.")
        else:
            words = tr("Chosen for its {size} of memory.")
        first = words.format(size=size, cards=size_words(self._memory.gpus))
        line = line_words(self._speed or ASSUMED_SPEED)
        times = tr("Times are for a line of {line}, as measured last.") if self._speed else ""
        times = times or tr("Times are for a line of {line}; yours may be faster or slower.")
        return f"{first} {times.format(line=line)}"

    def tell_usable(self, count: int) -> None:
        """Say how many models of other applications can be used already; nothing for 0."""
        if not count:
            self.notice.dismiss()
            return
        words = tr("You already have {count} usable models on this computer.")
        if count == 1:
            words = tr("You already have one usable model on this computer.")
        self.notice.tell(Kind.info, words.format(count=count), tr("Show them"))
