"""Where the branches of a chat, the questions that wait and temporary chats meet the chat page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.words import tr
from chatdesk.flows.branches import BranchFlow
from chatdesk.ui.chat.branching import Branching
from chatdesk.ui.chat.controller import UNDO_SECONDS
from chatdesk.ui.chat.taking_off import TakingOff
from chatdesk.ui.chat.temporary import BACK_SECONDS, Temporary, TemporaryBar
from chatdesk.ui.chat.undoing import Undoing
from chatdesk.ui.chat.waiting import Waiting
from chatdesk.ui.chat.waiting_bar import WaitingBar
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.app import App


class BranchJoints(QObject):
    """Builds these parts and joins them with the chat page."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        chat, page = app.chat, app.chat.page
        self.undoing = Undoing(self)
        flow = BranchFlow(app.chats, app.chats)
        self.branching = Branching(page, chat.chat, chat.actions, flow, self.undoing, chat.model.can_think)
        bar = WaitingBar(page)
        page.add_above_composer(bar)
        self.waiting = Waiting(bar, chat.chat, app.chats, app.chat_flow, chat.editing, self.undoing)
        self.temporary_bar = TemporaryBar(page)
        page.add_below_header(self.temporary_bar)
        self.temporary = Temporary(self.temporary_bar, chat.chat, app.answers, app.chats, app.chats)
        TakingOff(page.composer, self.undoing, page.notice)
        self._join_branches()
        self._join_waiting()
        self._join_temporary()
        self._fill_menu()
        self._bind()

    def _join_branches(self) -> None:
        chat = self._app.chat
        self.undoing.done.connect(
            lambda sentence, undo: chat.notify(Kind.info, sentence, tr("Undo"), undo, UNDO_SECONDS)
        )
        chat.list.told.connect(lambda _: self.undoing.remember(chat.list.undo))
        chat.list.undone.connect(lambda: self.undoing.forget(chat.list.undo))
        self.branching.failed.connect(chat.show_error)
        self.branching.told.connect(lambda sentence: chat.notify(Kind.info, sentence))
        self.branching.forked.connect(self._show_fork)
        self.branching.restored.connect(chat.open)

    def _join_waiting(self) -> None:
        chat = self._app.chat
        chat.queued.connect(self.waiting.add)
        self.waiting.taken.connect(chat.sent)
        self.waiting.sent.connect(chat.chat.asked)
        self.waiting.failed.connect(chat.show_error)

    def _join_temporary(self) -> None:
        app, chat = self._app, self._app.chat
        chat.remembers = chat.list.lists = lambda ident: not app.chats.holds(ident)
        self.temporary.began.connect(chat.show)
        self.temporary.kept.connect(self._show_kept)
        self.temporary.left.connect(self._offer_back)
        self.temporary.failed.connect(chat.show_error)
        app.window.closing.connect(self.temporary.close)

    def _fill_menu(self) -> None:
        menu = self._app.chat.page.header.menu_button.menu()
        first = menu.actions()[0]
        begin = menu.addAction(tr("New temporary chat"), self.temporary.begin)
        origin = menu.addAction(tr("Open the chat that it came from"), self._open_origin)
        menu.insertActions(first, [begin, origin])
        menu.insertSeparator(first)
        menu.aboutToShow.connect(lambda: origin.setVisible(self._origin() is not None))

    def _bind(self) -> None:
        chat, window = self._app.chat, self._app.window
        steps: dict[str, Callable[[], object]] = {
            "temporary-chat": self.temporary.begin,
            "fork-chat": self.branching.fork_last,
            "answer-with": self.branching.open_again_menu,
            "previous-question": partial(chat.actions.step_question, -1),
            "next-question": partial(chat.actions.step_question, 1),
            "compare-versions": self.branching.compare,
            "edit-answer": chat.actions.edit_answer,
            "message-menu": self.branching.open_menu,
            "delete-message": self.branching.delete_last,
            "waiting-list": self.waiting.focus,
        }
        for shortcut, step in steps.items():
            window.bind(shortcut, partial(self._on_chat, step))

    def _on_chat(self, step: Callable[[], object]) -> None:
        self._app.window.show_page("chat")
        step()

    def _show_fork(self, new: Conversation, before: Conversation) -> None:
        chat = self._app.chat
        chat.show(new)
        sentence = tr("This is a new chat with a copy of what stood in “{title}” up to there.")
        title = before.title or tr("New chat")
        back = partial(chat.open, before.id)
        chat.notify(Kind.info, sentence.format(title=title), tr("Back to it"), back, BACK_SECONDS)

    def _origin(self) -> ConversationId | None:
        origin = self._app.chat.chat.conversation.origin
        return origin if origin is not None and self._app.chats.conversation(origin) is not None else None

    def _open_origin(self) -> None:
        if (origin := self._origin()) is not None:
            self._app.chat.open(origin)

    def _show_kept(self, chat: Conversation) -> None:
        self._app.settings.change(last_conversation=chat.id)
        self._app.chat.chat.changed.emit(chat)  # it comes into the list
        self._app.chat.notify(Kind.info, tr("The chat is stored now, like any other."))

    def _offer_back(self, sentence: str, conversation: str) -> None:
        back = partial(self._app.chat.open, conversation)
        self._app.chat.notify(Kind.warning, sentence, tr("Go back"), back, BACK_SECONDS)
