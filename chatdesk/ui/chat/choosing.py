"""Which model answers in a chat, and how: by what the chat, its folders and the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.chat import Conversation, FolderId
from chatdesk.domain.chat_ports import Folders
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.settings import Settings
from chatdesk.flows.folders import inherited
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.options import AnswerOptions, options_for
from chatdesk.ui.current_settings import CurrentSettings


@dataclass(frozen=True, slots=True)
class Choosing:
    """Knows the models, the folders and the settings. Its methods raise StorageError."""

    models: ModelFlow
    folders: Folders
    current: CurrentSettings

    @property
    def settings(self) -> Settings:
        return self.current.value

    def wanted(self, chat: Conversation) -> str:
        """Return the path of the model that the chat or its folder asks for, "" for the default."""
        return chat.model or inherited(self.folders, chat.folder).model

    def model_of(self, chat: Conversation) -> InstalledModel:
        """Return the model that answers in the chat; another one where the wanted one is not there."""
        return self.models.choose(self.settings, self.wanted(chat))

    def options_of(self, chat: Conversation) -> AnswerOptions:
        """Return how the next answer in the chat is to be written."""
        around = inherited(self.folders, chat.folder)
        return options_for(chat, self.settings, self.model_of(chat), around)

    def new_chat(self, folder: FolderId | None) -> Conversation:
        """Return an empty chat; where its folder has a system prompt or a model, it has none of its own."""
        around = inherited(self.folders, folder)
        system = "" if around.system else self.settings.system_prompt
        model = "" if around.model else self.settings.default_model
        return Conversation(system=system, model=model, folder=folder)
