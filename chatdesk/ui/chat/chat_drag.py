"""What is dragged within the list of chats, and where it may fall."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from chatdesk.domain.chat import ConversationId, FolderId
from chatdesk.ui.chat.chat_outline import Kind, Node

MIME = "application/x-chatdesk-chats"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Chats and folders that something is to be done with; none of them lies in a folder among them."""

    chats: tuple[ConversationId, ...] = ()
    folders: tuple[FolderId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.chats or self.folders)

    @property
    def count(self) -> int:
        return len(self.chats) + len(self.folders)


def packed(chosen: Chosen) -> QMimeData:
    """Return what a drag carries."""
    data = QMimeData()
    data.setData(MIME, json.dumps({"chats": chosen.chats, "folders": chosen.folders}).encode())
    return data


def dragged(data: QMimeData) -> Chosen:
    """Return what a drag has brought."""
    value = json.loads(bytes(data.data(MIME).data()))
    return Chosen(tuple(value["chats"]), tuple(value["folders"]))


def may_fall(chosen: Chosen, node: Node | None) -> bool:
    """Return whether it may be dropped there: a folder goes neither into itself nor into the archive."""
    if not chosen.folders or node is None:
        return True
    archived = node.kind is Kind.archive or (node.parent is not None and node.parent.kind is Kind.archive)
    return not archived and not lies_within(node, set(chosen.folders))


def lies_within(node: Node | None, keys: Set[str]) -> bool:
    """Return whether `node` is one of those, or lies in one."""
    while node is not None:
        if node.key in keys:
            return True
        node = node.parent
    return False
