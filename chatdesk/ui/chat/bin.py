"""The bin: what was deleted within the last days, to be restored or removed for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat import Conversation, ConversationId, CutOff, Deleted, Folder
from chatdesk.domain.chat_ports import Bin, Chats, Folders
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

LONGEST = 200  # characters of a message by which it is known again
KEPT_DAYS = 30  # what was deleted earlier is removed when the window opens


class FoldersWithBin(Folders, Bin, Protocol):
    """What keeps the folders keeps what was deleted as well."""


class BinDialog(QDialog):
    """Lists what was deleted last first. Several can be chosen at once."""

    restored = Signal()

    def __init__(
        self,
        store: FoldersWithBin,
        chats: Chats,
        busy: Callable[[ConversationId], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`busy` says whether an answer is being written in a chat."""
        super().__init__(parent)
        self.setObjectName("bin-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Bin"))
        self.setModal(True)
        self._store = store
        self._chats = chats
        self._busy = busy
        self._told = Label("", tone="muted").wrap()
        self.list = QListWidget(self)
        self.list.setObjectName("bin-list")
        self.list.setAccessibleName(tr("Deleted chats, folders and messages"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.restore = push_button("bin-restore", tr("Restore"), "primary", "undo-2")
        self.remove = push_button("bin-remove", tr("Delete for good…"), "danger")
        self.empty = push_button("bin-empty", tr("Empty the bin…"), "danger")
        self.close_button = push_button("bin-close", tr("Close"))
        self._arrange()
        self.restore.clicked.connect(self._restore)
        self.remove.clicked.connect(self._ask_remove)
        self.empty.clicked.connect(self._ask_empty)
        self.close_button.clicked.connect(self.accept)
        self.list.itemSelectionChanged.connect(self._show_usable)
        self.list.itemActivated.connect(lambda _: self._restore())
        follow(self, self._restyle)
        self.fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._chosen():
            self._ask_remove()
        else:
            super().keyPressEvent(event)

    def fill(self) -> None:
        """Read the bin again."""
        self.list.clear()
        try:
            found = [each for each in self._store.deleted() if self._worth_showing(each.what)]
        except ChatDeskError as error:
            self._told.setText(f"{error.sentence} {error.hint}".strip())
            found = []
        else:
            words = tr("The bin is empty. What you delete stays here for {days} days.")
            if found:
                words = tr("Deleted chats, folders and messages stay here for {days} days.")
            self._told.setText(words.format(days=KEPT_DAYS))
        for each in found:
            self._add(each)
        self.list.setCurrentRow(0)
        self._show_usable()

    def _worth_showing(self, what: object) -> bool:
        # A chat without a word was not deleted by the user; it went when another one was opened.
        return (
            not isinstance(what, Conversation)
            or what.head is not None
            or not self._chats.draft(what.id).empty
        )

    def _add(self, deleted: Deleted) -> None:
        name, kind, _ = _shown(deleted)
        left_time = deleted.when + timedelta(days=KEPT_DAYS) - datetime.now(UTC)
        days = max(0, ceil(left_time / timedelta(days=1)))
        left = trn("{count} day left", "{count} days left", days)
        day = deleted.when.astimezone().strftime("%x")
        about = tr("{kind} · deleted on {day} · {left}").format(kind=kind, day=day, left=left)
        item = QListWidgetItem(self._sign(deleted, colours()), f"{name}\n{about}", self.list)
        item.setData(Qt.ItemDataRole.UserRole, deleted)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {about}")

    def _sign(self, deleted: Deleted, now: Colours) -> QIcon:
        return icon(_shown(deleted)[2], now.muted, self.list.iconSize().width())

    def _chosen(self) -> list[Deleted]:
        return [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]

    def _restore(self) -> None:
        problems: list[str] = []

        def bring_back(each: Deleted) -> None:
            match each.what:
                case Conversation(id=chat):
                    self._chats.restore(chat)
                case Folder(id=folder):
                    self._store.restore(folder)
                case CutOff() as cut:
                    problems.append(self._put_back(cut))

        self._do(self._chosen(), bring_back)
        if problem := next(filter(None, problems), ""):
            self._told.setText(problem)
        self.restored.emit()

    def _put_back(self, cut: CutOff) -> str:
        """Bring a message back into its chat; return why that is not possible now, "" where it was."""
        if self._busy(cut.conversation):
            # What comes back is shown, and an answer must not grow out of sight.
            return tr("An answer is being written in this chat. Restore the message when it has ended.")
        self._chats.restore(cut.conversation)
        if self._chats.put_back(cut):
            return ""
        return tr("The message before this one was deleted too. Restore that one first.")

    def _ask_remove(self) -> None:
        chosen = self._chosen()
        question = trn(
            "Delete it for good? It cannot be brought back.",
            "Delete these {count} for good? They cannot be brought back.",
            len(chosen),
        )
        self._ask(question, chosen)

    def _ask_empty(self) -> None:
        every = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        self._ask(tr("Empty the bin? What is in it cannot be brought back."), every)

    def _ask(self, question: str, what: Sequence[Deleted]) -> None:
        if not what:
            return
        box = QMessageBox(self)
        box.setObjectName("bin-question")
        box.setWindowTitle(tr("Delete for good"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question)
        agreed = box.addButton(tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        agreed.clicked.connect(lambda: self._do(what, self._store.remove))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _do(self, what: Sequence[Deleted], step: Callable[[Deleted], None]) -> None:
        failure = ""
        try:
            with self._store.together():
                for each in what:
                    step(each)
        except ChatDeskError as error:
            failure = f"{error.sentence} {error.hint}".strip()
        self.fill()
        if failure:
            self._told.setText(failure)

    def _show_usable(self) -> None:
        chosen = bool(self.list.selectedItems())
        self.restore.setEnabled(chosen)
        self.remove.setEnabled(chosen)
        self.empty.setEnabled(self.list.count() > 0)
        self.list.setVisible(self.list.count() > 0)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.restore, self.remove, self.empty):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        column.addStretch()
        column.setStretchFactor(self.list, 1000)
        column.addLayout(row)
        self.resize(round(scaled(600)), round(scaled(440)))

    def _restyle(self, now: Colours) -> None:
        side = round(scaled(18))
        self.list.setIconSize(QSize(side, side))
        self.setStyleSheet(
            sheets.page(now)
            + f"""
#bin-list {{ background: transparent; border: none; outline: none; }}
#bin-list::item {{ border-radius: 8px; padding: 7px 8px; color: {now.text}; }}
#bin-list::item:hover {{ background: {now.hover}; }}
#bin-list::item:selected {{ background: {now.bubble}; }}
"""
        )
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(self._sign(item.data(Qt.ItemDataRole.UserRole), now))


def _shown(deleted: Deleted) -> tuple[str, str, str]:
    """Return by which name and as what it is shown, and the name of its icon."""
    match deleted.what:
        case Folder(name=name):
            return name, tr("Folder with all inside"), "folder"
        case Conversation(title=title):
            return title or tr("New chat"), tr("Chat"), "message-square"
        case CutOff(messages=(first, *below)):
            words = " ".join(first.text[:LONGEST].split()) or tr("(empty)")
            kind = tr("Message of “{chat}”").format(chat=deleted.title or tr("New chat"))
            if below:
                kind += ", " + trn("with {count} below it", "with {count} below it", len(below))
            return words, kind, "file-text"
    raise AssertionError(deleted)
