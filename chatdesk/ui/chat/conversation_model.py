"""The list of chats as a Qt model: conversations below headings by age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.words import tr

Index = QModelIndex | QPersistentModelIndex


class ChatRole(IntEnum):
    """What the delegate asks for beside the text."""

    is_heading = Qt.ItemDataRole.UserRole + 1
    is_busy = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    conversation: Conversation | None  # None: a heading


class ConversationModel(QAbstractListModel):
    """Rows of headings and chats. Editing a row's text asks for a new title by `renamed`."""

    renamed = Signal(str, str)  # conversation id, title

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._busy: frozenset[ConversationId] = frozenset()

    def show(self, conversations: Sequence[Conversation], now: datetime) -> None:
        """Replace all rows; `conversations` come newest first."""
        rows: list[_Row] = []
        heading = ""
        for conversation in conversations:
            group = age_group(conversation.updated, now)
            if group != heading:
                heading = group
                rows.append(_Row(heading, None))
            rows.append(_Row(conversation.title or tr("New chat"), conversation))
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def set_busy(self, busy: frozenset[ConversationId]) -> None:
        """Mark the chats in which an answer is being written."""
        changed = busy ^ self._busy
        self._busy = busy
        for number, row in enumerate(self._rows):
            if row.conversation is not None and row.conversation.id in changed:
                where = self.index(number)
                self.dataChanged.emit(where, where, [ChatRole.is_busy])

    def conversation_at(self, index: Index) -> Conversation | None:
        return self._rows[index.row()].conversation if index.isValid() else None

    def index_of(self, conversation: ConversationId | None) -> QModelIndex:
        """Return where the chat stands; an invalid index when it is not in the list."""
        for number, row in enumerate(self._rows):
            if row.conversation is not None and row.conversation.id == conversation:
                return self.index(number)
        return QModelIndex()

    def neighbour_of(self, conversation: ConversationId) -> Conversation | None:
        """Return the chat below, else the one above: what to show when this one goes."""
        chats = [row.conversation for row in self._rows if row.conversation is not None]
        place = next((n for n, chat in enumerate(chats) if chat.id == conversation), None)
        if place is None:
            return None
        others = chats[place + 1 : place + 2] or chats[max(0, place - 1) : place]
        return others[0] if others else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        busy = row.conversation is not None and row.conversation.id in self._busy
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.text
            case Qt.ItemDataRole.ToolTipRole:
                return row.text if row.conversation is not None and len(row.text) > 24 else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{title}, an answer is being written").format(title=row.text) if busy else row.text
            case ChatRole.is_heading:
                return row.conversation is None
            case ChatRole.is_busy:
                return busy
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        conversation = self.conversation_at(index)
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or conversation is None or not title:
            return False
        if title != conversation.title:
            self.renamed.emit(conversation.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.conversation_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


def age_group(updated: datetime, now: datetime) -> str:
    """Return the heading for a chat last used at `updated`; both moments carry a time zone."""
    days = (now.astimezone().date() - updated.astimezone().date()) / timedelta(days=1)
    if days < 1:
        return tr("Today")
    if days < 2:
        return tr("Yesterday")
    if days < 7:
        return tr("This week")
    return tr("Older")
