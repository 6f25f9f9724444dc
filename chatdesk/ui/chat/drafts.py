"""Unsent questions: kept for each chat, and on disk soon after they were typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.chat import Conversation, Draft
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.ui.chat.composer import Composer

PAUSE_MS = 400


class Drafts(QObject):
    """Stores what stands in the message box under the chat that is open."""

    failed = Signal(object)  # ChatDeskError
    chat_stored = Signal()  # a new chat came into the list because it has a draft

    def __init__(self, chats: Chats, composer: Composer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chats = chats
        self._composer = composer
        self._chat = Conversation()
        self._stored = Draft()
        self._paused = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.store)
        composer.changed.connect(self._note_change)

    def open(self, chat: Conversation) -> None:
        """Store the open chat's draft, then show that of `chat`."""
        self.store()
        self.leave()
        self._chat = chat
        self._stored = self._chats.draft(chat.id)
        self._paused = True
        self._composer.set_draft(self._stored)
        self._paused = False

    def store(self) -> None:
        """Store what is in the box, at once."""
        self._pause.stop()
        draft = self._composer.draft()
        if draft == self._stored:
            return
        try:
            if self._chats.conversation(self._chat.id) is None:
                self._chats.save(self._chat)
                self.chat_stored.emit()
            self._chats.save_draft(self._chat.id, draft)
        except ChatDeskError as error:
            self.failed.emit(error)
        else:
            self._stored = draft

    def hold(self, held: bool) -> None:
        """While held, the box shows something else than the draft (an earlier message that is edited)."""
        if held:
            self.store()
        self._paused = held
        if not held:
            self._composer.set_draft(self._stored)

    def leave(self) -> None:
        """Take the open chat away again when it has neither a message nor a draft."""
        stored = self._chats.conversation(self._chat.id)
        if stored is not None and stored.head is None and self._stored.empty:
            self._chats.delete(self._chat.id)

    def _note_change(self) -> None:
        if not self._paused:
            self._pause.start()
