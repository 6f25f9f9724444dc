"""Says beside the message box that the model of the chat cannot see the picture that is attached."""

from __future__ import annotations

from PySide6.QtCore import QObject

from chatdesk.domain.errors import PicturesUnseen
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.widgets.banner import Kind


class BlindNotice(QObject):
    """Comes with the first picture or with another model, and goes with the last picture."""

    def __init__(self, page: ChatPage) -> None:
        super().__init__(page)
        self._page = page
        self._model: InstalledModel | None = None
        self._told: InstalledModel | None = None
        page.composer.changed.connect(self._look)
        page.blind.action.connect(page.header.picker.open_list)

    def show_model(self, model: InstalledModel) -> None:
        """Judge by another model."""
        self._model = model
        self._look()

    def _look(self) -> None:
        pictures = any(each.is_picture for each in self._page.composer.draft().attachments)
        model = self._model
        if not pictures or model is None or model.projector is not None:
            self._told = None
            self._page.blind.hide()
        elif model != self._told:
            self._told = model
            unseen = PicturesUnseen(model.title)
            self._page.blind.tell(Kind.warning, f"{unseen.sentence} {unseen.hint}", tr("Choose a model"))
