"""The documents of the folder that the open chat lies in, which all its chats are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from chatdesk.domain.chat import Attachment, Conversation, Folder
from chatdesk.domain.errors import ChatDeskError
from chatdesk.flows.folders import documents_folder
from chatdesk.ui.chat.open_chat import OpenChat


class FolderDocuments(QObject):
    """Follows the open chat; what is changed here counts in every chat of the folder."""

    def __init__(self, chat: OpenChat) -> None:
        super().__init__(chat)
        self._chat = chat
        self._folder: Folder | None = None
        chat.changed.connect(self._look)

    @property
    def name(self) -> str:
        """The name of the folder, "" where no folder of the chat has documents."""
        return self._folder.name if self._folder is not None else ""

    @property
    def whole(self) -> list[Attachment]:
        """Return the documents that are told as a whole."""
        return [each for each in self._folder.documents if not each.passages] if self._folder else []

    def change(self, new: Callable[[Attachment], Attachment]) -> None:
        """Store `new` of each document in its place. Raises StorageError."""
        folders = self._chat.choosing.folders
        stored = folders.folder(self._folder.id) if self._folder is not None else None
        if stored is not None:
            folders.save(replace(stored, documents=tuple(map(new, stored.documents))))
            self._chat.choose()  # tells everybody that what counts in the chat is new

    def _look(self, chat: Conversation) -> None:
        try:
            self._folder = documents_folder(self._chat.choosing.folders, chat.folder)
        except ChatDeskError:
            self._folder = None
