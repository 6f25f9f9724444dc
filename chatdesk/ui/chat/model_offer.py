"""Offers another model in a chat whose own is not there any more."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.page import ChatPage


class ModelOffer(QObject):
    """Tells it once for each chat; the button opens the list of models for this chat alone."""

    told = Signal(str, str)  # a sentence, and the words of the button that calls `open_list`

    def __init__(self, page: ChatPage, chat: OpenChat) -> None:
        super().__init__(page)
        self._page = page
        self._chat = chat
        self._told: tuple[ConversationId, str, Path] | None = None
        self._sentence = ""

    def show(self, chat: Conversation, wanted: str, model: InstalledModel) -> None:
        """Tell that `model` answers where the one at the path `wanted` is not there; nothing when it is."""
        there = not wanted or Path(wanted) == model.path
        now = None if there else (chat.id, wanted, model.path)
        if now == self._told:
            return
        if self._told is not None and self._page.notice.text == self._sentence:
            self._page.notice.hide()  # it tells of another chat, or of another model
        self._told = now
        if now is None:
            return
        sentence = tr("The model of this chat, “{name}”, is not there now. {title} answers instead.")
        self._sentence = sentence.format(name=Path(wanted).name, title=model.title)
        self.told.emit(self._sentence, tr("Choose a model"))

    def open_list(self) -> None:
        """Let the user choose which model answers in this chat from now on."""
        menu = QMenu(self._page.header)
        menu.setObjectName("model-offer")
        menu.setAccessibleName(tr("Models for this chat"))
        menu.aboutToHide.connect(menu.deleteLater)
        choosing = self._chat.choosing
        now = choosing.model_of(self._chat.conversation)
        keep = tr("{title}, in this chat from now on").format(title=now.title.replace("&", "&&"))
        menu.addAction(keep, partial(self._chat.choose, model=str(now.path)))
        menu.addSeparator()
        for model in choosing.models.installed(choosing.settings):
            if model.path != now.path and not model.problem:
                use = partial(self._chat.choose, model=str(model.path))
                menu.addAction(model.title.replace("&", "&&"), use)
        notice = self._page.notice
        menu.popup(notice.mapToGlobal(QPoint(notice.width() // 2, notice.height())))
        menu.setActiveAction(menu.actions()[0])
