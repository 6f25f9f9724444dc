"""The list of chats as a Qt model: a tree that changes only where the chats have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from chatdesk.domain.chat import Conversation, ConversationId, Folder, FolderId
from chatdesk.domain.words import tr
from chatdesk.ui.chat.chat_drag import MIME, Chosen, dragged, lies_within, may_fall, packed
from chatdesk.ui.chat.chat_outline import Kind, Node, outline, title_of, walk

Index = QModelIndex | QPersistentModelIndex
MANY = 200  # rows that come or go: from here on views are quicker with a new list


_LEAF = Qt.ItemFlag.ItemNeverHasChildren
_USABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
_MOVABLE = _USABLE | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
_FLAGS = {  # views ask for them thousands of times
    Kind.heading: _LEAF,
    Kind.hint: _LEAF,
    Kind.archive: _USABLE,
    Kind.folder: _MOVABLE,
    Kind.chat: _MOVABLE | _LEAF,
}


class ChatRole(IntEnum):
    """What the delegate asks for beside the text."""

    node = Qt.ItemDataRole.UserRole + 1
    is_busy = Qt.ItemDataRole.UserRole + 2


class ConversationModel(QAbstractItemModel):
    """Headings, folders and chats. Editing a text asks for a new name by a signal, a drop for a move."""

    renamed = Signal(str, str)  # conversation id, title
    folder_renamed = Signal(str, str)  # folder id, name
    dropped = Signal(object, object)  # Chosen, the Node on which it fell (None: below the list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node(Kind.heading, "", "")
        self._nodes: dict[int, Node] = {}
        self._by_key: dict[str, Node] = {}
        self._busy: frozenset[ConversationId] = frozenset()

    def show(self, chats: Sequence[Conversation], now: datetime, folders: Sequence[Folder] = ()) -> None:
        """Show these; `chats` come newest first, `folders` in the order of their names."""
        rows = outline(chats, folders, now)
        there = {node.key for row in rows for node in (row, *walk(row))}
        if not self._root.children or len(there ^ self._by_key.keys()) > MANY:
            self.beginResetModel()
            self._root.children, self._nodes = [], {}
            self._adopt(self._root, 0, rows)
            self.endResetModel()
        else:
            self._sync(self._root, rows)
        self._by_key = {node.key: node for node in walk(self._root)}

    def renew(self, chat: Conversation) -> bool:
        """Show `chat` as it is now; False when it would stand elsewhere, which `show` alone can do."""
        node = self._by_key.get(chat.id)
        if node is None or node.chat is None or _where(node.chat) != _where(chat):
            return False
        if node.chat.updated != chat.updated and not _stands_first(node):
            return False
        self._update(node, Node(Kind.chat, chat.id, title_of(chat), chat))
        return True

    def set_busy(self, busy: frozenset[ConversationId]) -> None:
        """Mark the chats in which an answer is being written."""
        changed = busy ^ self._busy
        self._busy = busy
        for chat in changed:
            if (where := self.index_of(chat)).isValid():
                self.dataChanged.emit(where, where, [ChatRole.is_busy])

    def node_at(self, index: Index) -> Node | None:
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def conversation_at(self, index: Index) -> Conversation | None:
        node = self.node_at(index)
        return node.chat if node is not None else None

    def index_of(self, key: str | None) -> QModelIndex:
        """Return where a chat, a folder or the archive stands; an invalid index when it is not there."""
        node = self._by_key.get(key or "")
        return self._index_of(node) if node is not None else QModelIndex()

    def folder_keys(self) -> set[str]:
        return {node.key for node in self._by_key.values() if _opens(node)}

    def folder_indexes(self) -> list[QModelIndex]:
        """Return the rows that can be opened and closed, the outermost first."""
        return [self._index_of(node) for node in self._by_key.values() if _opens(node)]

    def neighbour_of(
        self, conversation: ConversationId, without: frozenset[ConversationId] = frozenset()
    ) -> Conversation | None:
        """Return the chat below, else the one above: what to show when this one and those `without` go."""
        chats = [node.chat for node in walk(self._root) if node.chat is not None]
        place = next((n for n, chat in enumerate(chats) if chat.id == conversation), None)
        if place is None:
            return None
        others = [*chats[place + 1 :], *reversed(chats[:place])]
        return next((chat for chat in others if chat.id not in without), None)

    def chosen(self, indexes: Sequence[Index]) -> Chosen:
        """Return what stands there, without what lies in a folder that is there as well."""
        nodes = [node for index in indexes if (node := self.node_at(index)) is not None]
        folders = {node.key for node in nodes if node.kind is Kind.folder}
        nodes = [node for node in sorted(nodes, key=_place) if not lies_within(node.parent, folders)]
        return Chosen(
            tuple(node.chat.id for node in nodes if node.chat is not None),
            tuple(node.folder.id for node in nodes if node.folder is not None),
        )

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        above = self.node_at(parent) or self._root
        if column or not 0 <= row < len(above.children):
            return QModelIndex()
        return self.createIndex(row, 0, above.children[row].number)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        node = self.node_at(index)
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index_of(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len((self.node_at(parent) or self._root).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        return bool((self.node_at(parent) or self._root).children)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if (node := self.node_at(index)) is None:
            return None
        busy = node.chat is not None and node.chat.id in self._busy
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return node.text
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(node)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = node.spoken
                return tr("{title}, an answer is being written").format(title=said) if busy else said
            case ChatRole.node:
                return node
            case ChatRole.is_busy:
                return busy
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node_at(index)
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or node is None or node.what is None or not title:
            return False
        if title != (node.chat.title if node.chat is not None else node.text):
            (self.renamed if node.chat is not None else self.folder_renamed).emit(node.key, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self.node_at(index)
        return _FLAGS[node.kind] if node is not None else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return packed(self.chosen(indexes))

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        return data.hasFormat(MIME) and may_fall(dragged(data), self.node_at(parent))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.dropped.emit(dragged(data), self.node_at(parent))
        return True

    def _index_of(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.number)

    def _tooltip(self, node: Node) -> str | None:
        if node.chat is None and node.folder is None:
            return None
        lines = [node.text] if len(node.text) > 24 else []
        folder = self._by_key.get(node.chat.folder or "") if node.chat is not None else None
        if folder is not None and node.parent is not folder:
            lines.append(tr("In the folder “{name}”").format(name=folder.text))
        if node.chat is not None and node.chat.tags:
            lines.append(tr("Tags: {tags}").format(tags=", ".join(node.chat.tags)))
        return "\n".join(lines) or None

    def _sync(self, above: Node, wanted: Sequence[Node]) -> None:
        """Bring the rows below `above` to what is wanted, with the fewest changes that views see."""
        keys = {node.key for node in wanted}
        for row in range(len(above.children) - 1, -1, -1):
            if above.children[row].key not in keys:
                self._remove(above, row)
        present = {node.key: node for node in above.children}
        for row, node in enumerate(wanted):
            here = [each.key for each in above.children[row : row + 2]]
            if here[1:] == [node.key] and here[0] not in (each.key for each in wanted[row : row + 2]):
                del present[here[0]]  # it stands further down now, and comes again there
                self._remove(above, row)
            known = present.get(node.key)
            if known is None:
                self._insert(above, row, node)
                continue
            if known.row != row:
                self._move(above, known.row, row)
            self._update(known, node)
            if known.children or node.children:
                self._sync(known, node.children)

    def _update(self, known: Node, node: Node) -> None:
        before, known.what = known.what, node.what
        if before == node.what:
            return
        known.text = node.text
        where = self._index_of(known)
        self.dataChanged.emit(where, where)

    def _insert(self, above: Node, row: int, node: Node) -> None:
        self.beginInsertRows(self._above(above), row, row)
        self._adopt(above, row, [node])
        self.endInsertRows()

    def _remove(self, above: Node, row: int) -> None:
        self.beginRemoveRows(self._above(above), row, row)
        gone = above.children.pop(row)
        for node in (gone, *walk(gone)):
            del self._nodes[node.number]
        _renumber(above, row)
        self.endRemoveRows()

    def _move(self, above: Node, source: int, row: int) -> None:
        where = self._above(above)
        self.beginMoveRows(where, source, source, where, row)
        above.children.insert(row, above.children.pop(source))
        _renumber(above, row)
        self.endMoveRows()

    def _adopt(self, above: Node, row: int, nodes: Sequence[Node]) -> None:
        above.children[row:row] = nodes
        for node in nodes:
            node.parent = above
            self._nodes[node.number] = node
            self._nodes.update({each.number: each for each in walk(node)})
        _renumber(above, row)

    def _above(self, node: Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self._index_of(node)


def _renumber(above: Node, first: int) -> None:
    for row in range(first, len(above.children)):
        above.children[row].row = row


def _where(chat: Conversation) -> tuple[FolderId | None, bool, bool]:
    return chat.folder, chat.pinned, chat.archived


def _stands_first(node: Node) -> bool:
    """Return whether a chat that is used now stays where it is."""
    if node.parent is None or node.row == 0:
        return True
    above = node.parent.children[node.row - 1]
    return above.kind is Kind.folder or above.text in (tr("Today"), tr("Pinned"))


def _opens(node: Node) -> bool:
    return node.kind in (Kind.folder, Kind.archive)


def _place(node: Node) -> tuple[int, ...]:
    place = [node.row]
    while node.parent is not None:
        node = node.parent
        place.insert(0, node.row)
    return tuple(place)
