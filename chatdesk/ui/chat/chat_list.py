"""Keeps the list of chats as the store has it, and the open chat as the list has it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import ConversationId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.ui.chat.chat_outline import ARCHIVE
from chatdesk.ui.chat.conversation_model import Chosen
from chatdesk.ui.chat.folders import Filing
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.sidebar import Sidebar


class ChatList(QObject):
    """Lists, renames and deletes. What the page has to do then comes as a signal."""

    open_requested = Signal(str)  # conversation id: one to show in place of a deleted one, or one restored
    new_requested = Signal()  # the open chat was deleted and there is no other
    gone = Signal(object)  # frozenset of conversation ids: they were deleted
    told = Signal(str)  # what was done; `undo` takes it back
    undone = Signal()
    failed = Signal(object)  # ChatDeskError

    def __init__(self, sidebar: Sidebar, chats: Chats, open_chat: OpenChat) -> None:
        super().__init__(open_chat)
        self.filing = Filing(chats, open_chat.choosing.folders, self)
        self._sidebar = sidebar
        self._chats = chats
        self._open = open_chat
        self._settings = open_chat.choosing.current
        sidebar.model.renamed.connect(self.filing.rename)
        sidebar.model.folder_renamed.connect(self.filing.rename_folder)
        sidebar.list.delete_requested.connect(self.filing.delete)
        sidebar.list.unfolded.connect(self._keep_unfolded)
        self.filing.changed.connect(self._changed)
        self.filing.gone.connect(self._gone)
        self.filing.back.connect(self._back)
        self.filing.told.connect(self.told)
        self.filing.failed.connect(self.failed)

    def refresh(self) -> None:
        """Read the chats again; the open one is selected."""
        try:
            chats, folders = self._chats.conversations(), self._open.choosing.folders.folders()
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._sidebar.show_conversations(chats, folders, frozenset(self._settings.value.open_folders))
        self._sidebar.list.show_open(self._open.conversation.id)
        self._keep_unfolded()  # the folder of the open chat opens for it

    def delete(self, conversation: str) -> None:
        """Put a chat into the bin."""
        self.filing.delete(Chosen((ConversationId(conversation),)))

    def undo(self) -> None:
        """Take back what was done last."""
        if self.filing.undo():
            self.undone.emit()

    def unfold(self, folder: str) -> None:
        """Open a folder, or the archive, in the list."""
        self._settings.change(open_folders=(*self._settings.value.open_folders, folder))
        self.refresh()

    def _changed(self) -> None:
        if self._chats.conversation(self._open.conversation.id) is not None:
            self._open.choose()  # which reads it again, and lets the list be refreshed
        else:
            self.refresh()

    def _gone(self, ids: frozenset[ConversationId]) -> None:
        self.gone.emit(ids)
        chat = self._open.conversation.id
        if chat not in ids:
            self.refresh()
        elif (instead := self._sidebar.model.neighbour_of(chat, ids)) is not None:
            self.open_requested.emit(instead.id)
        else:
            self.new_requested.emit()

    def _back(self, ids: frozenset[ConversationId]) -> None:
        if len(ids) == 1:
            self.open_requested.emit(next(iter(ids)))
        else:
            self._changed()

    def _keep_unfolded(self) -> None:
        there = {*self._sidebar.model.folder_keys(), ARCHIVE}
        others = set(self._settings.value.open_folders) - there  # deleted ones may come back
        self._settings.change(open_folders=tuple(sorted(others | self._sidebar.list.open_folders())))
