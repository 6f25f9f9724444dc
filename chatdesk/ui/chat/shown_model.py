"""Shows on the chat page which model answers, what it can do, and what was found when it was loaded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.generation import ModelReady
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.options import preset_of, thinking_of
from chatdesk.ui.chat.blind_notice import BlindNotice
from chatdesk.ui.chat.header import ChatChoices
from chatdesk.ui.chat.model_offer import ModelOffer
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.widgets.banner import Kind


class ShownModel(QObject):
    """The model of the open chat, in the header, the welcome and the notices."""

    told = Signal(str)  # a warning about a model that was loaded
    models_page_requested = Signal()

    def __init__(
        self, page: ChatPage, chat: OpenChat, chats: Chats, models: ModelFlow, settings: CurrentSettings
    ) -> None:
        super().__init__(page)
        self.offer = ModelOffer(page, chat)
        self._page = page
        self._chat = chat
        self._chats = chats
        self._models = models
        self._settings = settings
        self._blind = BlindNotice(page)
        self._ready: dict[Path, ModelReady] = {}
        self._demonstration_known = False
        page.demonstration.action.connect(self.models_page_requested)
        page.demonstration.closed.connect(self._demonstration_closed)

    def refresh(self) -> None:
        """Show the models as they are called and set now, and what the open chat has chosen."""
        chat, settings = self._chat.conversation, self._settings.value
        model = self._chat.choosing.model_of(chat)
        ready = self._ready.get(model.path)
        switch = thinking_of(chat, settings, model) if ready is not None and ready.thinking_switch else None
        self._page.header.show_choices(ChatChoices(model, preset_of(chat, settings, model), switch))
        self._page.header.picker.show_models(self._models.installed(settings), model)
        self._page.welcome.show_model(model)
        self._blind.show_model(model)
        self._show_demonstration(model)
        self._page.composer.set_busy(self._chat.busy)
        self.offer.show(chat, self._chat.choosing.wanted(chat), model)

    def loaded(self, conversation: str, ready: ModelReady) -> None:
        """Show what was found when the model of a chat was loaded."""
        stored = self._chats.conversation(ConversationId(conversation))
        model = self._chat.choosing.model_of(stored or Conversation())
        before, self._ready[model.path] = self._ready.get(model.path), ready
        self._page.header.show_device(ready.device)
        for problem in (ready.template_problem, ready.adapter_problem):
            if problem:
                self.told.emit(problem)
        unseen = ready.projector_problem
        if unseen and (before is None or before.projector_problem != unseen):
            self.told.emit(f"{unseen} {tr('Pictures are left out; texts are answered as ever.')}")
        self.refresh()

    def unloaded(self) -> None:
        """Forget where the model ran; it is not in memory any more."""
        self._page.header.show_device(None)

    def can_think(self, chat: Conversation) -> bool | None:
        """Return whether thinking can be switched in a chat; None: not known before its model is loaded."""
        ready = self._ready.get(self._chat.choosing.model_of(chat).path)
        return ready.thinking_switch if ready is not None else None

    def _show_demonstration(self, model: InstalledModel) -> None:
        if not model.demonstration or self._demonstration_known:
            self._page.demonstration.hide()
            return
        sentence = tr(
            "This is a tiny demonstration model: it knows ChatDesk and simple sentences, nothing else."
        )
        self._page.demonstration.tell(Kind.info, sentence, tr("Get a real model"))

    def _demonstration_closed(self) -> None:
        self._demonstration_known = True
