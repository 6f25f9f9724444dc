"""Questions that wait while an answer is written: each is sent when the one before it is answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import ConversationId, Draft, MessageId, MessageState
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.flows.chat import AnswerDone, ChatFlow
from chatdesk.ui.chat.editing import Editing
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.undoing import Undoing
from chatdesk.ui.chat.waiting_bar import WaitingBar


class Waiting(QObject):
    """The waiting questions of all chats; the bar shows those of the chat that is open.

    They are sent by themselves after an answer that was written to its end. After one that was stopped or
    failed, and after a start, they wait until the user says so.
    """

    taken = Signal()  # a question waits now that stood in the message box
    sent = Signal()  # one was stored as a question
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self,
        bar: WaitingBar,
        chat: OpenChat,
        chats: Chats,
        flow: ChatFlow,
        editing: Editing,
        undoing: Undoing,
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._chat = chat
        self._answers = chat.answers
        self._chats = chats
        self._flow = flow
        self._editing = editing
        self._undoing = undoing
        self._running: set[ConversationId] = set()  # whose questions go on by themselves
        self._why: dict[ConversationId, str] = {}  # why those of others do not
        self._edited: ConversationId | None = None  # one of its questions stands in the message box
        chat.changed.connect(lambda _: self.show())
        chat.answers.done.connect(self._answered)
        chat.answers.busy_changed.connect(lambda _: self.show())
        bar.removed.connect(self.remove)
        bar.moved.connect(self.move)
        bar.edit_requested.connect(self.edit)
        bar.go_on_requested.connect(self.go_on)

    def add(self, draft: Draft) -> None:
        """Let a question wait in the open chat."""
        conversation = self._chat.conversation.id
        waiting = self._chats.waiting(conversation)
        if self._store(conversation, [*waiting, draft]):
            if not waiting:
                self._running.add(conversation)
            self.taken.emit()
            self.show()

    def remove(self, place: int) -> None:
        """Take a question out; it can be brought back."""
        conversation = self._chat.conversation.id
        waiting = self._chats.waiting(conversation)
        if place < len(waiting) and self._store(conversation, [*waiting[:place], *waiting[place + 1 :]]):
            gone = waiting[place]
            self.show()
            self._undoing.did(
                tr("The waiting message was removed."), lambda: self._bring_back(conversation, place, gone)
            )

    def move(self, place: int, to: int) -> None:
        """Let a question be sent sooner or later."""
        conversation = self._chat.conversation.id
        waiting = self._chats.waiting(conversation)
        if place < len(waiting) and 0 <= to < len(waiting):
            waiting.insert(to, waiting.pop(place))
            if self._store(conversation, waiting):
                self.show(to)

    def edit(self, place: int) -> None:
        """Put a question into the message box; nothing is sent from the list meanwhile."""
        conversation = self._chat.conversation.id
        waiting = self._chats.waiting(conversation)
        if place >= len(waiting):
            return

        def take(new: Draft) -> bool:
            return self._store(conversation, [*waiting[:place], new, *waiting[place + 1 :]])

        sentence = tr("You are editing a waiting message. Nothing from the list is sent meanwhile.")
        self._editing.begin(waiting[place], sentence, take, self._edit_ended)
        self._edited = conversation
        self.show()

    def go_on(self) -> None:
        """Send what waits in the open chat, from now on by itself."""
        conversation = self._chat.conversation.id
        self._running.add(conversation)
        self._send_next(conversation, None)
        self.show()

    def focus(self) -> None:
        """Go to the list with the keyboard, where something waits."""
        if self._bar.isVisible():
            self._bar.list.setFocus()

    def show(self, current: int | None = None) -> None:
        """Show what waits in the open chat."""
        conversation = self._chat.conversation.id
        try:
            waiting = self._chats.waiting(conversation)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if not waiting:
            self._running.discard(conversation)
        self._bar.show_waiting(waiting, self._state(conversation), current)

    def _state(self, conversation: ConversationId) -> str:
        """Return why the questions are not sent, "" while they are."""
        if self._edited == conversation:
            return tr("Nothing is sent while you edit.")
        if conversation in self._running:
            return ""
        return self._why.get(conversation, tr("Paused since ChatDesk was closed."))

    def _answered(self, event: AnswerDone) -> None:
        conversation, answer = event.conversation, event.shown.message
        if answer.state is not MessageState.complete:
            self._running.discard(conversation)
            stopped = answer.state is MessageState.stopped
            self._why[conversation] = (
                tr("Paused because you stopped the answer.")
                if stopped
                else tr("Paused because the answer failed.")
            )
        elif conversation in self._running:
            self._send_next(conversation, answer.id)
        if conversation == self._chat.conversation.id:
            self.show()

    def _send_next(self, conversation: ConversationId, below: MessageId | None) -> None:
        """Ask the first waiting question below a message, None for where the chat stands."""
        if self._answers.busy(conversation) or self._edited == conversation:
            return
        try:
            chat = self._chats.conversation(conversation)
            waiting = self._chats.waiting(conversation)
            if chat is None or not waiting:
                return
            if below is None or self._chats.message(below) is None:
                below = chat.head
            question = self._flow.ask(chat, waiting[0], below, waiting[1:])
        except ChatDeskError as error:
            self._running.discard(conversation)
            self._why[conversation] = tr("Paused because a message could not be sent.")
            self.failed.emit(error)
            return
        self._answers.answer(conversation, question.id, self._chat.choosing.options_of(chat))
        self.sent.emit()

    def _edit_ended(self) -> None:
        conversation, self._edited = self._edited, None
        if conversation is not None and conversation in self._running:
            self._send_next(conversation, None)
        self.show()

    def _bring_back(self, conversation: ConversationId, place: int, draft: Draft) -> None:
        waiting = self._chats.waiting(conversation)
        if self._store(conversation, [*waiting[:place], draft, *waiting[place:]]):
            self.show()

    def _store(self, conversation: ConversationId, waiting: Sequence[Draft]) -> bool:
        try:
            self._chats.save_waiting(conversation, waiting)
        except ChatDeskError as error:
            self.failed.emit(error)
            return False
        return True
