"""Chats that are never written to disk: begun, marked in words, left, or kept after all."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.chat_ports import Chats, TemporaryChats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

BACK_SECONDS = 15  # so long one can go back into a chat that was left


class TemporaryBar(QFrame):
    """Says below the header that nothing of the chat is stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("temporary")
        self._sign = QLabel()
        self.title = Label(tr("Temporary chat"), bold=True)
        self.words = Label(
            tr("Nothing of it is stored. It is gone when you leave it or close ChatDesk."), tone="muted"
        ).wrap()
        self.setAccessibleName(f"{self.title.text()}. {self.words.text()}")
        self.keep = push_button("keep-chat", tr("Keep this chat"))
        name = QWidget()
        beside = QHBoxLayout(name)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._sign)
        beside.addWidget(self.title)
        row = WrappingRow()
        row.add(name)
        row.add(self.words, stretch=True)
        row.add(self.keep, far=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 12, 6)
        column.addWidget(row)
        self.hide()
        follow(self, self._restyle)

    def _restyle(self, c: Colours) -> None:
        self._sign.setPixmap(icon("info", c.link).pixmap(QSize(16, 16)))
        self.setStyleSheet(
            sheets.buttons(c) + f"#temporary {{ background: {c.info_background}; border: none;"
            f" border-bottom: 1px solid {c.border}; }}"
        )


class Temporary(QObject):
    """At most one temporary chat is open; one that was left is forgotten soon."""

    began = Signal(object)  # the Conversation, to be shown
    kept = Signal(object)  # the Conversation, which is stored now
    left = Signal(str, str)  # what is lost, as a sentence, and the conversation id for going back
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self, bar: TemporaryBar, chat: OpenChat, answers: Answers, chats: Chats, held: TemporaryChats
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._chat = chat
        self._answers = answers
        self._chats = chats
        self._held = held
        self._open: ConversationId | None = None
        self._left: set[ConversationId] = set()
        self._soon = QTimer(self, singleShot=True, interval=BACK_SECONDS * 1000)
        self._soon.timeout.connect(self.forget_left)
        chat.changed.connect(self._changed)
        bar.keep.clicked.connect(self.keep)

    def begin(self) -> None:
        """Begin a new chat of which nothing is stored."""
        new = self._chat.choosing.new_chat(None)
        try:
            self._held.hold(new.id)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self.began.emit(new)

    def keep(self) -> None:
        """Store the open temporary chat; it is like any other from then on."""
        ident = self._chat.conversation.id
        if not self._held.holds(ident):
            return
        try:
            self._held.store_held(ident)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._open = None
        self._bar.hide()
        self.kept.emit(self._chat.conversation)

    def forget_left(self) -> None:
        """Remove what was left for good."""
        self._soon.stop()
        for ident in self._left:
            self._held.forget(ident)
        self._left.clear()

    def close(self) -> None:
        """Forget nothing later: all that is in memory is about to go."""
        self._soon.stop()
        self._left.clear()

    def _changed(self, chat: Conversation) -> None:
        before, held = self._open, self._held.holds(chat.id)
        self._bar.setVisible(held)
        if before is not None and before != chat.id:
            self._leave(before)
        self._open = chat.id if held else None
        self._left.discard(chat.id)

    def _leave(self, ident: ConversationId) -> None:
        self._answers.stop(ident)
        messages = len(self._chats.branch(ident)) if self._chats.conversation(ident) is not None else 0
        self._left.add(ident)
        self._soon.start()
        if messages:
            sentence = trn(
                "You left the temporary chat. Its {count} message is not stored and will be gone.",
                "You left the temporary chat. Its {count} messages are not stored and will be gone.",
                messages,
            )
            self.left.emit(sentence, ident)
        elif not self._chats.draft(ident).empty:
            sentence = tr("You left the temporary chat. What you had written is not stored and will be gone.")
            self.left.emit(sentence, ident)
