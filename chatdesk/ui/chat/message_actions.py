"""What the user does with single messages: copy, edit, answer again, continue, other versions."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.chat import Message, MessageId, Role, ShownMessage
from chatdesk.ui.chat.open_chat import OpenChat

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)


class MessageActions(QObject):
    """Each action works on a message id; an empty one means the last message it fits."""

    document_requested = Signal(object)  # Attachment
    source_requested = Signal(object)  # Source

    def __init__(
        self, chat: OpenChat, edit: Callable[[Message], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._chat = chat
        self._edit = edit

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
                assert name == "show_document", action
                self._show_document(message, int(place))

    def copy(self, message: str = "") -> None:
        """Copy a message as it was written (answers as Markdown)."""
        if found := self._find(message, Role.assistant):
            QGuiApplication.clipboard().setText(found.message.text)

    def copy_code(self) -> None:
        """Copy the last block of code in the last answer that has one."""
        for shown in reversed(self._chat.branch()):
            if blocks := _FENCED.findall(shown.message.text):
                QGuiApplication.clipboard().setText(blocks[-1][1].rstrip("\n"))
                return

    def edit(self, message: str = "") -> None:
        found = self._find(message, Role.user)
        if found is not None and not self._chat.busy:
            self._edit(found.message)

    def regenerate(self, message: str = "") -> None:
        """Write another version of an answer; when the last question has none yet, its first."""
        branch = self._chat.branch()
        if not message and branch and branch[-1].message.role is Role.user:
            self._chat.answer(branch[-1].message.id)
        elif (found := self._find(message, Role.assistant)) and found.message.parent:
            self._chat.answer(found.message.parent)

    def go_on(self, message: str = "") -> None:
        if found := self._find(message, Role.assistant):
            self._chat.go_on(found.message.id)

    def step_version(self, message: str, by: int) -> None:
        """Show the version before (-1) or after (1) the one that is shown."""
        branch = self._chat.branch()
        found = self._find(message, Role.assistant) if message else (branch[-1] if branch else None)
        if found is None or self._chat.busy:
            return
        place = found.versions.place + by
        if 0 <= place < len(found.versions.ids):
            self._chat.show_version(found.versions.ids[place])

    def _show_source(self, message: str, place: int) -> None:
        for shown in self._chat.branch():
            if shown.message.id == message:
                self.source_requested.emit(shown.message.sources[place])

    def _show_document(self, message: str, place: int) -> None:
        if found := self._find(message, Role.user):
            self.document_requested.emit(found.message.attachments[place])

    def _find(self, message: str, role: Role) -> ShownMessage | None:
        branch = self._chat.branch()
        if message:
            return next((s for s in branch if s.message.id == MessageId(message)), None)
        return next((s for s in reversed(branch) if s.message.role is role), None)
