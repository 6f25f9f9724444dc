"""The chat that is open: its messages on the page, and its answers as they come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Conversation, Draft, Message, MessageId, ShownMessage
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.flows.chat import AnswerDone, AnswerStarted, ChatFlow, first_words
from chatdesk.flows.options import AnswerOptions
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.chat.choosing import Choosing
from chatdesk.ui.chat.page import ChatPage


class OpenChat(QObject):
    """Shows one conversation and follows the answer that grows in it."""

    changed = Signal(object)  # the Conversation, newly opened or with another title, model ...
    asked = Signal()  # a question was stored
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self,
        page: ChatPage,
        chats: Chats,
        flow: ChatFlow,
        choosing: Choosing,
        answers: Answers,
    ) -> None:
        super().__init__(page)
        self.choosing = choosing
        self.answers = answers
        self._page = page
        self._chats = chats
        self._flow = flow
        self._chat = Conversation()
        answers.started.connect(self._started)
        answers.text_grew.connect(self._feed_text)
        answers.thinking_grew.connect(self._feed_thinking)
        answers.progressed.connect(self._show_progress)
        answers.done.connect(self._done)
        answers.named.connect(self._named)

    @property
    def conversation(self) -> Conversation:
        return self._chat

    @property
    def busy(self) -> bool:
        return self.answers.busy(self._chat.id)

    def show(self, chat: Conversation) -> None:
        """Open a chat, stored or new."""
        self._chat = chat
        self._show_branch(keep_place=False)
        self.changed.emit(chat)

    def branch(self) -> list[ShownMessage]:
        """Return the messages that are shown, as the store has them."""
        return self._chats.branch(self._chat.id)

    def message(self, message: MessageId) -> Message | None:
        """Return a message as the store has it, None when it is not there any more."""
        return self._chats.message(message)

    def model_path(self) -> Path:
        """Return the file of the model that answers in this chat now."""
        return self.choosing.model_of(self._chat).path

    def options(self) -> AnswerOptions:
        """Return how the next answer is to be written."""
        return self.choosing.options_of(self._chat)

    def ask(self, asked: Draft, instead_of: Message | None = None) -> bool:
        """Store a question (as a new version of `instead_of`) and let the model answer; False: not stored."""
        head = self._stored_head()
        parent = instead_of.parent if instead_of is not None else head
        chat = self._chat if self._chat.title else replace(self._chat, title=first_words(asked.text))
        try:
            if chat is not self._chat:
                self._chats.save(chat)
            question = self._flow.ask(chat, asked, parent)
        except ChatDeskError as error:
            self.failed.emit(error)
            return False
        self._chat = chat
        self._show_branch(keep_place=False)
        self._page.transcript.scroll_to_end()
        self.asked.emit()
        self.answer(question.id)
        return True

    def answer(self, question: MessageId, options: AnswerOptions | None = None) -> None:
        """Write a new answer to a question, unless one is being written."""
        if not self.busy:
            self.answers.answer(self._chat.id, question, options or self.options())

    def go_on(self, answer: MessageId, anyway: bool = False) -> None:
        """Continue an answer, unless one is being written; `anyway` though the model does not seem to fit."""
        if not self.busy:
            options = self.options()
            options = replace(options, load=replace(options.load, anyway=anyway))
            self.answers.go_on(self._chat.id, answer, options)

    def stop(self) -> None:
        self.answers.stop(self._chat.id)

    def show_version(self, message: MessageId) -> None:
        """Show the branch through `message`."""
        self._chats.show(self._chat.id, message)
        self._show_branch(keep_place=True)

    def refresh(self) -> None:
        """Show the messages as the store has them now."""
        self._show_branch(keep_place=True)

    def choose(self, **choices: object) -> None:
        """Change the chat's own model, preset, thinking, system prompt or title."""
        stored = self._chats.conversation(self._chat.id)
        self._chat = replace(stored or self._chat, **choices)  # type: ignore[arg-type]
        if stored is not None:
            try:
                self._chats.save(self._chat)
            except ChatDeskError as error:
                self.failed.emit(error)
        self.changed.emit(self._chat)

    def _stored_head(self) -> MessageId | None:
        stored = self._chats.conversation(self._chat.id)
        return stored.head if stored is not None else None

    def _show_branch(self, keep_place: bool) -> None:
        branch = self.branch()
        if not branch and not self._page.shows_messages:
            self._page.show_empty(True)
            return
        live = self.answers.live(self._chat.id)
        if live is not None:
            branch = [replace(s, message=live[0]) if s.message.id == live[0].id else s for s in branch]
        transcript = self._page.transcript
        transcript.show_messages(branch, keep_place=keep_place)
        begins = next((s.message.view_start for s in reversed(branch) if s.message.view_start), None)
        transcript.set_view_start(begins)
        if live is not None:
            transcript.begin_stream(live[0].id)
            transcript.set_progress(live[0].id, live[1])
        self._page.show_empty(not branch)

    def _feed_text(self, message: str, text: str) -> None:
        self._page.transcript.feed_text(MessageId(message), text)

    def _feed_thinking(self, message: str, text: str) -> None:
        self._page.transcript.feed_thinking(MessageId(message), text)

    def _show_progress(self, message: str, sentence: str) -> None:
        self._page.transcript.set_progress(MessageId(message), sentence)

    def _started(self, event: AnswerStarted) -> None:
        if event.conversation == self._chat.id:
            self._show_branch(keep_place=True)
            self._page.transcript.scroll_to_end()

    def _done(self, event: AnswerDone) -> None:
        if event.conversation == self._chat.id:
            self._page.transcript.end_stream(event.shown)
            if event.shown.message.view_start is not None:
                self._page.transcript.set_view_start(event.shown.message.view_start)
        self._make_title(event)

    def _make_title(self, event: AnswerDone) -> None:
        answer = event.shown.message
        if not self.choosing.settings.make_titles or not answer.text or answer.error or answer.parent is None:
            return
        question = self._chats.message(answer.parent)
        stored = self._chats.conversation(event.conversation)
        if question is not None and question.parent is None and stored is not None:
            if self.choosing.model_of(stored).demonstration:
                return  # its titles are wrong more often than right; the first words are better
            self.answers.name(event.conversation, answer.id, self.choosing.options_of(stored))

    def _named(self, conversation: Conversation) -> None:
        if conversation.id == self._chat.id:
            self._chat = replace(self._chat, title=conversation.title)
            self.changed.emit(self._chat)
