"""What the chat page does: everything that the user does on it arrives here."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.chat import Attachment, Conversation, ConversationId, Draft, FolderId, MessageId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr, trn
from chatdesk.flows.chat import AnswerDone
from chatdesk.flows.models import ModelFlow
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.chat.chat_list import ChatList
from chatdesk.ui.chat.drafts import Drafts
from chatdesk.ui.chat.editing import Editing
from chatdesk.ui.chat.finding import Finding
from chatdesk.ui.chat.loads import Loads
from chatdesk.ui.chat.message_actions import MessageActions
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.chat.shown_model import ShownModel
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 15


class ChatController(QObject):
    """Joins the page with the open chat, the list of chats, drafts, models and settings."""

    search_requested = Signal()
    models_page_requested = Signal()
    model_file_requested = Signal()
    queued = Signal(object)  # Draft: a question that came while an answer is written

    def __init__(
        self,
        page: ChatPage,
        chats: Chats,
        open_chat: OpenChat,
        answers: Answers,
        models: ModelFlow,
        settings: CurrentSettings,
    ) -> None:
        super().__init__(page)
        self.page = page
        self.chat = open_chat
        self.list = ChatList(page.sidebar, chats, open_chat)
        self.drafts = Drafts(chats, page.composer, self)
        self.editing = Editing(page, self.drafts, self)
        self.actions = MessageActions(open_chat, self.editing, self)
        self.finding = Finding(page, self)
        self.loads = Loads(answers, settings, self)
        self.model = ShownModel(page, open_chat, chats, models, settings)
        self.remembers: Callable[[ConversationId], bool] = lambda _: True  # opened again the next time
        self._chats = chats
        self._answers = answers
        self._settings = settings
        self._connect_page()
        self._connect_chat()

    def start(self) -> None:
        """Show the chat of the last time, else an empty one."""
        self.list.refresh()
        settings = self._settings.value
        self.page.show_send_key(settings.send_key)
        self.page.show_sidebar(settings.sidebar)
        last = self._chats.conversation(ConversationId(settings.last_conversation))
        if last is None:
            self.new()
        else:
            self._open(last)
        self.page.composer.setFocus()

    def new(self, folder: FolderId | None = None) -> None:
        """Open an empty chat, in a folder or in none; it is stored with its first words."""
        self.show(self.chat.choosing.new_chat(folder))

    def show(self, chat: Conversation) -> None:
        """Open a chat, stored or new, and go to the message box."""
        self._open(chat)
        self.page.composer.setFocus()

    def open(self, conversation: str, message: str = "") -> None:
        """Open a stored chat; with a message, on the branch and at the place where it stands."""
        if message:
            self._chats.show(ConversationId(conversation), MessageId(message))
        stored = self._chats.conversation(ConversationId(conversation))
        if stored is not None:
            self._open(stored)
            if message:
                self.page.transcript.show_message(MessageId(message))

    def submit(self, text: str) -> None:
        """Send a text with what is attached to the message box; while an answer is written, it waits."""
        attachments = self.page.composer.draft().attachments
        if attachments and not text.strip():
            text = _asked_of(attachments)
        draft = Draft(text.replace("\0", ""), attachments)
        if self.editing.active:
            self.editing.submit(draft)
        elif self.chat.busy:
            self.queued.emit(draft)
        elif self.chat.ask(draft):
            self.sent()

    def sent(self) -> None:
        """Empty the message box: what stood in it is stored elsewhere now."""
        self.page.composer.clear()
        self.drafts.store()

    def stop_or_close(self) -> None:
        """What Esc does: close the find bar, end editing, or stop the answer."""
        if self.page.find_bar.isVisible():
            self.page.find_bar.close_bar()
        elif self.editing.active:
            self.editing.end()
        else:
            self.chat.stop()

    def search(self) -> None:
        """Search all chats."""
        self.search_requested.emit()

    def pick_model(self, path: Path) -> None:
        """Use another model in this chat, and in new ones."""
        self._settings.change(default_model=str(path))
        self.chat.choose(model=str(path))

    def ask_system_prompt(self) -> None:
        """Let the user write what the model is told before this chat."""
        from chatdesk.ui.chat.system_prompt import SystemPromptDialog

        dialog = SystemPromptDialog(self.chat.conversation.system, self.page.window())
        dialog.written.connect(lambda text: self.chat.choose(system=text))
        dialog.open()

    def delete_current(self) -> None:
        self.list.delete(self.chat.conversation.id)

    def rename_current(self) -> None:
        if self._chats.conversation(self.chat.conversation.id) is not None:
            self.page.sidebar.setVisible(True)
            self.page.sidebar.list.go_to(self.chat.conversation.id)
            self.page.sidebar.list.rename_current()

    def toggle_sidebar(self) -> None:
        """Show the list of chats or hide it; in a narrow window only for now."""
        visible = self.page.sidebar.isVisible()
        if self.page.has_room:
            self._settings.change(sidebar=not visible)
        else:
            self.page.sidebar.setVisible(not visible)

    def show_error(self, error: Exception) -> None:
        """Say above the transcript what went wrong."""
        if isinstance(error, ChatDeskError):
            self.notify(Kind.error, f"{error.sentence} {error.hint}".strip())
        else:
            details = "".join(traceback.format_exception(error))
            sentence = tr("Something went wrong inside ChatDesk. The log has the details.")
            self.notify(Kind.error, sentence, tr("Copy details"), lambda: _copy(details))

    def offer_anyway(self, refused: AnswerDone) -> None:
        """Say that a model does not seem to fit, and let the user load it nevertheless."""

        def load() -> None:
            if self.chat.conversation.id != refused.conversation:
                self.open(refused.conversation)
            self.chat.go_on(refused.shown.message.id, anyway=True)

        self.notify(Kind.warning, refused.shown.message.error, tr("Load anyway"), load)

    def _open(self, chat: Conversation) -> None:
        self.editing.end()
        self.page.find_bar.close_bar()
        self.drafts.open(chat)
        self.chat.show(chat)
        if self.remembers(chat.id):
            self._settings.change(last_conversation=chat.id)

    def _chat_changed(self) -> None:
        self.model.refresh()
        self.list.renew()

    def _deleted(self, chats: frozenset[ConversationId]) -> None:
        for chat in chats:
            self._answers.stop(chat)

    def _settings_changed(self, settings: Settings) -> None:
        self.page.show_send_key(settings.send_key)
        self.page.show_sidebar(settings.sidebar)
        self.model.refresh()

    def notify(
        self,
        kind: Kind,
        sentence: str,
        action: str = "",
        then: Callable[[], None] | None = None,
        seconds: float = 0,
    ) -> None:
        """Say something above the chat; a button called `action` does `then`."""
        self.page.notice.tell(kind, sentence, action, seconds, then)

    def _connect_page(self) -> None:
        page = self.page
        page.sidebar.new_requested.connect(self.new)
        page.sidebar.search_requested.connect(self.search)
        page.sidebar.opened.connect(self.open)
        page.composer.submitted.connect(self.submit)
        page.composer.stop_requested.connect(self.chat.stop)
        page.composer.edit_last_requested.connect(self.actions.edit)
        page.welcome.chosen.connect(page.composer.send_text)
        page.action_requested.connect(self.actions.do)
        page.header.sidebar_requested.connect(self.toggle_sidebar)
        page.header.preset_picked.connect(lambda name: self.chat.choose(preset=name, sampling=None))
        page.header.thinking_switched.connect(lambda on: self.chat.choose(thinking=on))
        page.header.system_prompt_requested.connect(self.ask_system_prompt)
        page.header.find_requested.connect(page.find_bar.open_bar)
        page.header.rename_requested.connect(self.rename_current)
        page.header.delete_requested.connect(self.delete_current)
        page.header.picker.picked.connect(self.pick_model)
        page.header.picker.open_requested.connect(self.model_file_requested)
        page.header.picker.page_requested.connect(self.models_page_requested)
        self.model.models_page_requested.connect(self.models_page_requested)

    def _connect_chat(self) -> None:
        self.chat.changed.connect(lambda _: self._chat_changed())
        self.chat.asked.connect(self.list.renew)
        self.chat.failed.connect(self.show_error)
        offer = self.model.offer
        offer.told.connect(
            lambda sentence, action: self.notify(Kind.warning, sentence, action, offer.open_list)
        )
        self.model.told.connect(lambda sentence: self.notify(Kind.warning, sentence))
        self.actions.refused.connect(lambda sentence: self.notify(Kind.info, sentence))
        self.drafts.failed.connect(self.show_error)
        self.drafts.chat_stored.connect(self.list.renew)
        self.list.failed.connect(self.show_error)
        self.list.gone.connect(self._deleted)
        self.list.open_requested.connect(self.open)
        self.list.new_requested.connect(self.new)
        self.list.told.connect(
            lambda sentence: self.notify(Kind.info, sentence, tr("Undo"), self.list.undo, UNDO_SECONDS)
        )
        self.list.undone.connect(self.page.notice.hide)
        self._answers.busy_changed.connect(self._busy_changed)
        self._answers.model_ready.connect(self.model.loaded)
        self.loads.refused.connect(self.offer_anyway)
        self._answers.named.connect(lambda _: self.list.refresh())
        self._answers.failed.connect(lambda _, error: self.show_error(error))
        self._settings.changed.connect(self._settings_changed)

    def _busy_changed(self, busy: frozenset[ConversationId]) -> None:
        self.page.sidebar.model.set_busy(busy)
        self.page.composer.set_busy(self.chat.busy)


def _asked_of(attachments: Sequence[Attachment]) -> str:
    """Return what is asked with attachments alone."""
    if all(each.is_picture for each in attachments):
        return trn("Describe this picture.", "Describe these pictures.", len(attachments))
    return trn("Summarise this document.", "Summarise these documents.", len(attachments))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
