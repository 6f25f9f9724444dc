"""What the sidebar does: lists, renames and deletes chats, and brings them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.ui.chat.sidebar import Sidebar


class ChatList(QObject):
    """Keeps the sidebar as the store has it. What the open chat has to know comes as a signal."""

    renamed = Signal(object)  # Conversation
    deleted = Signal(object, object)  # the Conversation, and the one to show instead (or None)
    restored = Signal(str)  # conversation id
    failed = Signal(object)  # ChatDeskError

    def __init__(self, sidebar: Sidebar, chats: Chats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sidebar = sidebar
        self._chats = chats
        self._last_deleted: ConversationId | None = None
        sidebar.renamed.connect(self.rename)
        sidebar.delete_requested.connect(self.delete)

    def refresh(self, current: ConversationId) -> None:
        """Read the chats again and select `current`."""
        try:
            self._sidebar.show_conversations(self._chats.conversations(), current)
        except ChatDeskError as error:
            self.failed.emit(error)

    def rename(self, conversation: str, title: str) -> None:
        """Give a chat a title of the user's own."""
        stored = self._chats.conversation(ConversationId(conversation))
        if stored is not None:
            named = replace(stored, title=title)
            self._attempt(lambda: self._chats.save(named), lambda: self.renamed.emit(named))

    def delete(self, conversation: str) -> None:
        """Take a chat out of the list; `undo` brings it back."""
        chosen = self._chats.conversation(ConversationId(conversation))
        if chosen is None:
            return
        instead = self._sidebar.model.neighbour_of(chosen.id)
        self._last_deleted = chosen.id
        self._attempt(lambda: self._chats.delete(chosen.id), lambda: self.deleted.emit(chosen, instead))

    def undo(self) -> None:
        """Bring back the chat that was deleted last."""
        if (last := self._last_deleted) is not None:
            self._last_deleted = None
            self._attempt(lambda: self._chats.restore(last), lambda: self.restored.emit(last))

    def _attempt(self, step: Callable[[], None], then: Callable[[], None]) -> None:
        try:
            step()
        except ChatDeskError as error:
            self.failed.emit(error)
        else:
            then()


def deleted_sentence(conversation: Conversation) -> str:
    """Return what to say after a deletion."""
    return tr("“{title}” was deleted.").format(title=conversation.title or tr("New chat"))
