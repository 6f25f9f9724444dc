"""The models on this computer as cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui.models.advice import Advice
from chatdesk.ui.models.card import ModelCard
from chatdesk.ui.models.folder import FolderCard
from chatdesk.ui.models.found import FoundCard
from chatdesk.ui.models.measures import WIDEST
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.column import ScrolledColumn

UNDO_SECONDS = 12


class LibraryView(ScrolledColumn):
    """Asks by signals and changes nothing itself; `show_models` shows what there is afterwards."""

    use_requested = Signal(object)  # Path, as in each of these
    forget_requested = Signal(object)
    restore_requested = Signal(object)  # put one back into the list that was just forgotten
    asked = Signal(str, object)  # Act, InstalledModel
    shown = Signal()  # it came into sight: answers since may have changed what is known of models
    find_requested = Signal()  # more models than there are here

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WIDEST, parent)
        self.setObjectName("library")
        self.setAccessibleName(tr("On this computer"))
        self._cards: list[ModelCard] = []
        self._banner = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._advice = Advice()
        self._advice.find_requested.connect(self.find_requested)
        self.body.setContentsMargins(0, 8, 0, 28)
        self.body.addWidget(self._banner)
        self.body.addLayout(self._list)
        self.found = FoundCard()
        self.body.addWidget(self.found)
        self.folder = FolderCard()
        self.body.addWidget(self.folder)
        self.body.addSpacing(8)
        self.body.addWidget(self._advice)
        self.body.addStretch(1)

    def show_models(self, models: Sequence[InstalledModel], in_use: Path | None) -> None:
        """Show `models` in order, with a badge on the one at `in_use`; the keyboard stays where it is."""
        focus = self._focus()
        wanted = [(model, model.path == in_use) for model in models]
        # A card takes 5 ms to make, and the list is shown again with every setting that changes. What follows
        # a change is made anew too, so that Tab goes from card to card in their order.
        same = zip(self._cards, wanted, strict=False)
        kept = len(list(takewhile(lambda pair: (pair[0].model, pair[0].in_use) == pair[1], same)))
        for old in self._cards[kept:]:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        made = [self._card(model, in_use=used) for model, used in wanted[kept:]]
        self._cards[kept:] = made
        for card in made:
            self._list.addWidget(card)
            card.show()
        self._give_focus(focus)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def show_problem(self, sentence: str, advice: str = "") -> None:
        """Say above the list why something did not work."""
        self.tell(Kind.error, f"{sentence} {advice}".strip())

    def tell(
        self,
        kind: Kind,
        text: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        seconds: float = 0,
    ) -> None:
        """Say something above the list; `act` is called by the button called `action`."""
        self._banner.tell(kind, text, action, seconds, act)

    def _card(self, model: InstalledModel, *, in_use: bool) -> ModelCard:
        card = ModelCard(model, in_use=in_use)
        card.use.connect(lambda: self.use_requested.emit(model.path))
        card.show_in_folder.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.path.parent)))
        )
        card.forget.connect(lambda: self._forget(model))
        card.asked.connect(lambda act: self.asked.emit(act, model))
        return card

    def _forget(self, model: InstalledModel) -> None:
        text = tr("“{title}” is no longer in the list. Its file is still there.").format(title=model.title)
        if model.away or not model.bytes:
            text = tr("“{title}” is no longer in the list.").format(title=model.title)
        self.tell(Kind.info, text, tr("Undo"), lambda: self.restore_requested.emit(model.path), UNDO_SECONDS)
        self.forget_requested.emit(model.path)

    def _focus(self) -> tuple[str, str] | None:
        """Return the title of the card and the name of the button that have the keyboard, if any."""
        held = self.focusWidget()
        card = held.parent() if held is not None and held.hasFocus() else None
        while card is not None and not isinstance(card, ModelCard):
            card = card.parent()
        return (card.accessibleName(), held.objectName()) if card is not None and held is not None else None

    def _give_focus(self, place: tuple[str, str] | None) -> None:
        if place is None:
            return
        title, name = place
        card = next((card for card in self._cards if card.accessibleName() == title), None)
        button = card.findChild(QAbstractButton, name) if card is not None else None
        (button or self._advice.more).setFocus(Qt.FocusReason.OtherFocusReason)
