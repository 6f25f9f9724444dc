"""What the user does with single messages: copy, change, answer again, continue, other versions."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.chat import Draft, Message, MessageId, Role, ShownMessage
from chatdesk.domain.words import tr
from chatdesk.ui.chat.editing import Editing
from chatdesk.ui.chat.open_chat import OpenChat

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)


class MessageActions(QObject):
    """Each action works on a message id; an empty one means the last message it fits."""

    document_requested = Signal(object)  # Attachment
    source_requested = Signal(object)  # Source
    rewritten = Signal(object, str)  # the answer as a Message, and its new text
    requested = Signal(str, str)  # another action and its message
    refused = Signal(str)  # why something cannot be done now

    def __init__(self, chat: OpenChat, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chat = chat
        self._editing = editing

    def do(self, action: str, message: str = "") -> None:
        """Carry out an action that the transcript or a shortcut names."""
        match action:
            case "copy":
                self.copy(message)
            case "edit":
                self.edit(message)
            case "regenerate":
                self.regenerate(message)
            case "continue":
                self.go_on(message)
            case "previous_version":
                self.step_version(message, -1)
            case "next_version":
                self.step_version(message, 1)
            case source if source.startswith("show_source "):
                self._show_source(message, int(source.split()[1]))
            case _:
                name, _, place = action.partition(" ")
                if name == "show_document":
                    self._show_document(message, int(place))
                else:
                    self.requested.emit(action, message)

    def copy(self, message: str = "") -> None:
        """Copy a message as it was written (answers as Markdown)."""
        if found := self.find(message, Role.assistant):
            QGuiApplication.clipboard().setText(found.message.text)

    def copy_code(self) -> None:
        """Copy the last block of code in the last answer that has one."""
        for shown in reversed(self._chat.branch()):
            if blocks := _FENCED.findall(shown.message.text):
                QGuiApplication.clipboard().setText(blocks[-1][1].rstrip("\n"))
                return

    def edit(self, message: str = "") -> None:
        """Let the user change a question, the last one by itself, or an answer."""
        found = self.find(message, Role.user)
        if found is None:
            return
        old = found.message
        if old.role is Role.user:
            sentence = tr("You are editing a message. Sending makes a new version; the old one is kept.")
        else:
            sentence = tr("You are editing an answer. Sending makes a new version; the old one is kept.")
        self._editing.begin(Draft(old.text, old.attachments), sentence, lambda new: self._change(old, new))

    def edit_answer(self) -> None:
        """Let the user change the last answer."""
        if found := self.find("", Role.assistant):
            self.edit(found.message.id)

    def regenerate(self, message: str = "") -> None:
        """Write another version of an answer; when the last question has none yet, its first."""
        branch = self._chat.branch()
        if not message and branch and branch[-1].message.role is Role.user:
            self._chat.answer(branch[-1].message.id)
        elif (found := self.find(message, Role.assistant)) and found.message.parent:
            self._chat.answer(found.message.parent)

    def go_on(self, message: str = "") -> None:
        if found := self.find(message, Role.assistant):
            self._chat.go_on(found.message.id)

    def step_version(self, message: str, by: int) -> None:
        """Show the version before (-1) or after (1) the one that is shown."""
        branch = self._chat.branch()
        found = self.find(message, Role.assistant) if message else (branch[-1] if branch else None)
        if found is None or self._chat.busy:
            return
        place = found.versions.place + by
        if 0 <= place < len(found.versions.ids):
            self._chat.show_version(found.versions.ids[place])

    def step_question(self, by: int) -> None:
        """Show the version before (-1) or after (1) of the last question that has several."""
        branch = self._chat.branch()
        several = (s for s in reversed(branch) if s.message.role is Role.user and len(s.versions.ids) > 1)
        if found := next(several, None):
            self.step_version(found.message.id, by)

    def _change(self, old: Message, new: Draft) -> bool:
        """Store what the user made of a message; False: not now."""
        if self._chat.busy:
            self.refused.emit(
                tr("An answer is being written. Send the change when it has ended, or stop it first.")
            )
            return False
        if old.parent is not None and self._chat.message(old.parent) is None:
            self.refused.emit(
                tr("The message before this one was deleted. Bring it back, then send the change.")
            )
            return False
        if old.role is Role.user:
            return self._chat.ask(new, old)
        self.rewritten.emit(old, new.text)
        return True

    def _show_source(self, message: str, place: int) -> None:
        for shown in self._chat.branch():
            if shown.message.id == message:
                self.source_requested.emit(shown.message.sources[place])

    def _show_document(self, message: str, place: int) -> None:
        if found := self.find(message, Role.user):
            self.document_requested.emit(found.message.attachments[place])

    def find(self, message: str, role: Role) -> ShownMessage | None:
        """Return a message that is shown; with no id, the last one of `role`."""
        branch = self._chat.branch()
        if message:
            return next((s for s in branch if s.message.id == MessageId(message)), None)
        return next((s for s in reversed(branch) if s.message.role is role), None)
