"""What stands in the list of chats, and where: pinned chats, folders, chats by age, the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from chatdesk.domain.chat import Conversation, Folder, FolderId
from chatdesk.domain.words import tr, trn

ARCHIVE = "archive"  # key of the row that holds archived chats; folders have their ids
_numbers = count(1)


class Kind(StrEnum):
    heading = "heading"
    folder = "folder"
    chat = "chat"
    archive = "archive"
    hint = "hint"  # stands in an empty folder


@dataclass(slots=True, eq=False)
class Node:
    """A row of the list with the rows below it; `key` stays the same as long as it shows the same thing."""

    kind: Kind
    key: str
    text: str
    what: Conversation | Folder | None = None
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    row: int = 0
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def chat(self) -> Conversation | None:
        return self.what if isinstance(self.what, Conversation) else None

    @property
    def folder(self) -> Folder | None:
        return self.what if isinstance(self.what, Folder) else None

    @property
    def depth(self) -> int:
        """How many rows it lies below, 0 for the outermost."""
        depth, node = -1, self.parent
        while node is not None:
            depth, node = depth + 1, node.parent
        return depth

    @property
    def chats_inside(self) -> int:
        return sum(1 for node in walk(self) if node.kind is Kind.chat)

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        if self.chat is not None and self.chat.tags:
            return tr("{title}, tags: {tags}").format(title=self.text, tags=", ".join(self.chat.tags))
        if self.kind in (Kind.folder, Kind.archive):
            chats = trn("{count} chat", "{count} chats", self.chats_inside)
            kind = tr("folder “{name}”") if self.kind is Kind.folder else "{name}"
            return f"{kind.format(name=self.text)}, {chats}"
        return self.text


def walk(node: Node) -> Iterator[Node]:
    """Yield all that lies below `node`, from top to bottom."""
    for child in node.children:
        yield child
        if child.children:
            yield from walk(child)


def title_of(chat: Conversation) -> str:
    return chat.title or tr("New chat")


def outline(chats: Sequence[Conversation], folders: Sequence[Folder], now: datetime) -> list[Node]:
    """Return the outermost rows; `chats` come newest first. A pinned chat stands on top alone."""
    known = {folder.id for folder in folders}
    inside: dict[FolderId, list[Node]] = {folder.id: [] for folder in folders}
    pinned, loose, archived = [], [], []
    for chat in chats:
        node = Node(Kind.chat, chat.id, title_of(chat), chat)
        if chat.archived:
            archived.append(node)
        elif chat.pinned:
            pinned.append(node)
        elif chat.folder in known and chat.folder is not None:
            inside[chat.folder].append(node)
        else:
            loose.append(node)
    rows: list[Node] = []
    if pinned:
        rows += [_heading(tr("Pinned")), *pinned]
    if folders:
        rows += [_heading(tr("Folders")), *_folder_rows(folders, inside)]
    rows += _by_age(loose, now)
    if archived:
        rows.append(_adopted(Node(Kind.archive, ARCHIVE, tr("Archive")), archived))
    return rows


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


def _heading(text: str) -> Node:
    return Node(Kind.heading, f"heading {text}", text)


def _adopted(parent: Node, children: Sequence[Node]) -> Node:
    parent.children = list(children)
    for row, child in enumerate(children):
        child.parent, child.row = parent, row
    return parent


def _folder_rows(folders: Sequence[Folder], inside: dict[FolderId, list[Node]]) -> list[Node]:
    """Return the outermost folders; `folders` are in the order of their names."""
    below: dict[FolderId | None, list[Folder]] = {}
    for folder in folders:
        below.setdefault(folder.parent, []).append(folder)

    def row_of(folder: Folder) -> Node:
        children = [*map(row_of, below.get(folder.id, ())), *inside[folder.id]]
        hint = Node(Kind.hint, f"hint {folder.id}", tr("No chats yet"))
        return _adopted(Node(Kind.folder, folder.id, folder.name, folder), children or [hint])

    return [row_of(folder) for folder in below.get(None, ())]


def _by_age(chats: Sequence[Node], now: datetime) -> list[Node]:
    rows: list[Node] = []
    heading = ""
    for node in chats:
        assert node.chat is not None
        if (group := age_group(node.chat.updated, now)) != heading:
            heading = group
            rows.append(_heading(group))
        rows.append(node)
    return rows
