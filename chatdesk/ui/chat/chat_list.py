"""Keeps the list of chats as the store has it, and the open chat as the list has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Conversation, ConversationId, Folder
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.ui.chat.chat_drag import Chosen
from chatdesk.ui.chat.chat_outline import ARCHIVE
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
        self.lists: Callable[[ConversationId], bool] = lambda _: True  # a stored chat, no temporary one
        self._sidebar = sidebar
        self._chats = chats
        self._open = open_chat
        self._settings = open_chat.choosing.current
        self._known: dict[ConversationId, Conversation] = {}  # as they were read
        self._folders: list[Folder] = []
        self._last = open_chat.conversation.id  # the chat that was open before
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
        """Read all chats and folders again; the open chat is selected."""
        try:
            self._known = {chat.id: chat for chat in self._chats.conversations()}
            self._folders = self._open.choosing.folders.folders()
        except ChatDeskError as error:
            self.failed.emit(error)
        else:
            self._show()

    def renew(self) -> None:
        """Read the open chat again, and the one before it; with thousands of chats far quicker than all."""
        now = self._open.conversation.id
        try:
            stay = [self._read_again(chat) for chat in dict.fromkeys((self._last, now))]
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if all(stay):
            self._sidebar.list.show_open(now)
            self._last = now
        else:
            self._show()

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

    def _read_again(self, chat: ConversationId) -> bool:
        """Take a chat as it is stored; return whether it stays where it stands in the list."""
        known = self._known.get(chat)
        stored = self._chats.conversation(chat) if self.lists(chat) else None
        if stored is None:
            self._known.pop(chat, None)
            return known is None
        self._known[chat] = stored
        return stored == known or (known is not None and self._sidebar.model.renew(stored))

    def _show(self) -> None:
        chats = sorted(self._known.values(), key=lambda chat: chat.updated, reverse=True)
        unfolded = frozenset(self._settings.value.open_folders)
        self._sidebar.show_conversations(chats, self._folders, unfolded)
        self._last = self._open.conversation.id
        self._sidebar.list.show_open(self._last)
        self._keep_unfolded()  # the folder of the open chat opens for it

    def _changed(self) -> None:
        self.refresh()
        if self._chats.conversation(self._open.conversation.id) is not None:
            self._open.choose()  # which takes it as it is stored now

    def _gone(self, ids: frozenset[ConversationId]) -> None:
        self.gone.emit(ids)
        chat = self._open.conversation.id
        instead = self._sidebar.model.neighbour_of(chat, ids)
        self.refresh()
        if chat in ids and instead is not None:
            self.open_requested.emit(instead.id)
        elif chat in ids:
            self.new_requested.emit()

    def _back(self, ids: frozenset[ConversationId]) -> None:
        self._changed()
        if len(ids) == 1:
            self.open_requested.emit(next(iter(ids)))

    def _keep_unfolded(self) -> None:
        there = {*self._sidebar.model.folder_keys(), ARCHIVE}
        others = set(self._settings.value.open_folders) - there  # deleted ones may come back
        self._settings.change(open_folders=tuple(sorted(others | self._sidebar.list.open_folders())))
