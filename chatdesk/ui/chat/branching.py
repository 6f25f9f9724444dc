"""Menus below messages: answer again with another model or style, a new chat from here, compare, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from chatdesk.domain.chat import (
    Conversation,
    ConversationId,
    CutOff,
    Message,
    MessageId,
    Role,
    ShownMessage,
)
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.generation import PRESETS
from chatdesk.domain.settings import preset_label
from chatdesk.domain.words import tr, trn
from chatdesk.flows.branches import BranchFlow
from chatdesk.ui.chat.message_actions import MessageActions
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.chat.undoing import Undoing


class Branching(QObject):
    """An empty message id means the last answer."""

    forked = Signal(object, object)  # the new Conversation, and the one it was begun from
    menu_opening = Signal(object, object)  # QMenu, ShownMessage: others add what they can do with it
    restored = Signal(str)  # id of another conversation that has its messages back
    failed = Signal(object)  # ChatDeskError
    told = Signal(str)  # why something does not happen

    def __init__(
        self,
        page: ChatPage,
        chat: OpenChat,
        actions: MessageActions,
        flow: BranchFlow,
        undoing: Undoing,
        can_think: Callable[[Conversation], bool | None],
    ) -> None:
        """`can_think` says whether a chat's model has a switch for thinking; None: not known yet."""
        super().__init__(page)
        self._page = page
        self._chat = chat
        self._actions = actions
        self._answers = chat.answers
        self._flow = flow
        self._undoing = undoing
        self._can_think = can_think
        self._to_delete: list[tuple[ConversationId, MessageId]] = []  # once the answer there has ended
        actions.requested.connect(self.do)
        actions.rewritten.connect(self.rewrite)
        chat.answers.busy_changed.connect(self._delete_ended)

    def do(self, action: str, message: str = "") -> None:
        """Carry out an action of a message's footer."""
        if action == "again_with":
            self.open_again_menu(message)
        elif action == "more":
            self.open_menu(message)

    def rewrite(self, answer: Message, text: str) -> None:
        """Store what the user made of an answer as another version of it."""
        if self._attempt(lambda: self._flow.rewrite(self._chat.conversation, answer, text)):
            self._chat.refresh()

    def open_again_menu(self, message: str = "") -> None:
        """Offer to answer the question again with another model, in another style, or with thinking."""
        if found := self._find(message):
            menu = self._menu("again-menu", tr("Answer again with"))
            self._fill_again(menu, found.message)
            self._open(menu, found, "again_with")

    def open_menu(self, message: str = "") -> None:
        """Offer everything else that can be done with a message."""
        found = self._find(message)
        if found is None:
            return
        ident = found.message.id
        menu = self._menu("message-menu", tr("More about this message"))
        menu.addAction(tr("New chat from here"), lambda: self.fork(ident))
        self.menu_opening.emit(menu, found)
        if len(found.versions.ids) > 1:
            menu.addAction(tr("Compare versions…"), lambda: self.compare(ident))
        if found.message.role is Role.assistant:
            menu.addAction(tr("How it was written…"), lambda: self.show_details(ident))
            self._fill_again(menu.addMenu(tr("Answer again with")), found.message)
        menu.addSeparator()
        if len(found.versions.ids) > 1:
            menu.addAction(tr("Delete this version"), lambda: self.delete(ident))
        else:
            menu.addAction(tr("Delete from here on"), lambda: self.delete(ident))
        self._open(menu, found, "more")

    def answer_again(self, message: str = "", **choices: object) -> None:
        """Write another version of an answer; `choices` are a conversation's model, preset or thinking."""
        found = self._find(message)
        if found is None or found.message.parent is None:
            return
        if self._chat.busy:
            self.told.emit(tr("An answer is being written. Wait until it has ended, or stop it first."))
            return
        chosen: Conversation = replace(self._chat.conversation, **choices)  # type: ignore[arg-type]
        self._chat.answer(found.message.parent, self._chat.choosing.options_of(chosen))

    def fork(self, message: str = "") -> None:
        """Begin a new chat with a copy of everything up to a message."""
        found = self._find(message)
        if found is None:
            return
        before = self._chat.conversation
        try:
            new = self._flow.fork(before, found.message.id)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if new is not None:
            self.forked.emit(new, before)

    def compare(self, message: str = "") -> None:
        """Show two versions of a message side by side."""
        from chatdesk.ui.chat.compare import CompareDialog

        found = self._find(message)
        if found is None:
            return
        versions = [m for ident in found.versions.ids if (m := self._chat.message(ident)) is not None]
        if len(versions) < 2:
            self.told.emit(tr("There is only one version of this message."))
            return
        dialog = CompareDialog(versions, found.message.id, self._page.window())
        dialog.chosen.connect(self._use)
        dialog.open()

    def show_details(self, message: str = "") -> None:
        """Show how an answer was written."""
        from chatdesk.ui.chat.details import DetailsDialog

        if found := self._find(message):
            DetailsDialog(found.message, self._page.window()).open()

    def delete(self, message: str = "") -> None:
        """Delete a message, or a version, with all below it; an answer that grows there is stopped first."""
        found = self._find(message)
        if found is None:
            return
        live = self._answers.live(self._chat.conversation.id)
        ids = [shown.message.id for shown in self._chat.branch()]
        # An answer that is about to begin is not there yet, and the question that it belongs to must not go.
        begins = self._chat.busy and live is None
        if begins or (live is not None and live[0].id in ids[ids.index(found.message.id) :]):
            self._to_delete.append((self._chat.conversation.id, found.message.id))
            self._chat.stop()
        else:
            self._delete(found.message.id)

    def fork_last(self) -> None:
        """Begin a new chat with a copy of all that is shown."""
        if branch := self._chat.branch():
            self.fork(branch[-1].message.id)

    def delete_last(self) -> None:
        """Delete the last message that is shown."""
        if branch := self._chat.branch():
            self.delete(branch[-1].message.id)

    def _delete_ended(self, busy: frozenset[ConversationId]) -> None:
        ended = [each for each in self._to_delete if each[0] not in busy]
        self._to_delete = [each for each in self._to_delete if each[0] in busy]
        for _, message in ended:
            self._delete(message)

    def _delete(self, message: MessageId) -> None:
        try:
            cut = self._flow.cut(message)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if cut is None:
            return
        self._chat.refresh()
        self._undoing.did(deleted_words(cut), lambda: self._put_back(cut))

    def _put_back(self, cut: CutOff) -> None:
        if self._answers.busy(cut.conversation):
            # What comes back is shown, and an answer must not grow out of sight.
            sentence = tr("An answer is being written. Bring the message back when it has ended.")
            self._undoing.did(sentence, lambda: self._put_back(cut))
        elif self._attempt(lambda: self._flow.put_back(cut)):
            if cut.conversation == self._chat.conversation.id:
                self._chat.refresh()
            else:
                self.restored.emit(cut.conversation)

    def _use(self, message: str) -> None:
        if self._chat.message(MessageId(message)) is None:
            self.told.emit(tr("This version is not there any more."))
        elif self._chat.busy:
            self.told.emit(tr("An answer is being written. Wait until it has ended, or stop it first."))
        else:
            self._chat.show_version(MessageId(message))

    def _find(self, message: str) -> ShownMessage | None:
        return self._actions.find(message, Role.assistant)

    def _attempt(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except ChatDeskError as error:
            self.failed.emit(error)
            return False
        return True

    def _menu(self, name: str, title: str) -> QMenu:
        menu = QMenu(self._page.header)  # it has the sheet for menus
        menu.setObjectName(name)
        menu.setAccessibleName(title)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _fill_again(self, menu: QMenu, answer: Message) -> None:
        chat, choosing = self._chat.conversation, self._chat.choosing
        ident = answer.id
        for model in choosing.models.installed(choosing.settings):
            path = str(model.path)
            again = partial(self.answer_again, ident, model=path)
            action = menu.addAction(model.title.replace("&", "&&"), again)
            action.setEnabled(not model.problem)
            action.setToolTip(model.problem or path)
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        for name in PRESETS:
            words = tr("Style: {name}").format(name=preset_label(name))
            menu.addAction(words, partial(self.answer_again, ident, preset=name, sampling=None))
        menu.addSeparator()
        if self._can_think(chat) is not False:
            menu.addAction(tr("With thinking"), lambda: self.answer_again(ident, thinking=True))
            menu.addAction(tr("Without thinking"), lambda: self.answer_again(ident, thinking=False))

    def _open(self, menu: QMenu, found: ShownMessage, action: str) -> None:
        button = self._page.transcript.footer_button(found.message.id, action)
        if button is not None and button.isVisible():
            place = button.mapToGlobal(QPoint(0, button.height()))
        else:
            view = self._page.transcript
            place = view.mapToGlobal(QPoint(view.width() // 3, view.height() // 3))
        menu.popup(place)
        menu.setActiveAction(menu.actions()[0])


def deleted_words(cut: CutOff) -> str:
    """Return what to say after a deletion."""
    below = len(cut.messages) - 1
    if not below:
        return tr("The message was deleted.")
    return trn(
        "The message was deleted, with {count} message below it.",
        "The message was deleted, with {count} messages below it.",
        below,
    )
