"""Chats outside the store, as plain values: what is written into files, and what is found in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import (
    ContextNote,
    Conversation,
    ConversationId,
    DocumentId,
    Draft,
    Folder,
    FolderId,
    Message,
    MessageId,
)
from chatdesk.domain.documents import Document
from chatdesk.domain.words import tr, trn


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """The text of something attached; `document` has no name, because each attachment has its own."""

    id: DocumentId
    document: Document


@dataclass(frozen=True, slots=True)
class ArchivedPicture:
    """A picture as the store keeps it."""

    id: DocumentId
    data: bytes  # PNG or JPEG
    preview: bytes = b""


@dataclass(frozen=True, slots=True)
class ArchivedChat:
    """A chat with all branches; a message stands behind its parent, in the order of their creation."""

    conversation: Conversation
    messages: tuple[Message, ...] = ()
    draft: Draft = field(default_factory=Draft)

    @property
    def branch(self) -> tuple[Message, ...]:
        """The messages of the branch that is shown, from the root on."""
        by_id = {message.id: message for message in self.messages}
        found: list[Message] = []
        ident = self.conversation.head
        while ident is not None and ident in by_id:
            found.append(by_id.pop(ident))
            ident = found[-1].parent
        return tuple(reversed(found))


ArchiveItem = Folder | ArchivedDocument | ArchivedPicture | ArchivedChat


class ChatSource(StrEnum):
    """The application that a file of chats comes from."""

    chatdesk = "chatdesk"
    chatgpt = "chatgpt"
    open_webui = "open-webui"
    lm_studio = "lm-studio"
    jan = "jan"
    text_generation_webui = "text-generation-webui"

    @property
    def label(self) -> str:
        """How its makers write it."""
        return _TITLES[self]


_TITLES = {
    ChatSource.chatdesk: "ChatDesk",
    ChatSource.chatgpt: "ChatGPT",
    ChatSource.open_webui: "Open WebUI",
    ChatSource.lm_studio: "LM Studio",
    ChatSource.jan: "Jan",
    ChatSource.text_generation_webui: "text-generation-webui",
}


class LeftOut(StrEnum):
    """What of a file is not among the chats that were found in it."""

    picture = "picture"
    file = "file"
    sound = "sound"
    tool = "tool"
    unknown = "unknown"
    damaged_chat = "damaged chat"
    empty_chat = "empty chat"
    foreign_file = "foreign file"


@dataclass(frozen=True, slots=True)
class Unclear:
    """One thing that was not understood or not taken over; `detail` is the file's own word for it."""

    what: LeftOut
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ChatFileBegins:
    """What kind of file it is; always the first event of a reading."""

    source: ChatSource


@dataclass(frozen=True, slots=True)
class ChatFileProgress:
    """How far a file has been read, in bytes."""

    done: int
    total: int


Found = ChatFileBegins | ChatFileProgress | Unclear | ArchiveItem


def unclear_sentence(unclear: Unclear, count: int) -> str:
    """Return what happened to `count` things of one kind."""
    said = _left_out(unclear.what, count)
    return tr("{what}: {detail}").format(what=said, detail=unclear.detail) if unclear.detail else said


def _left_out(what: LeftOut, count: int) -> str:
    match what:
        case LeftOut.picture:
            return trn("{count:,} picture was left out", "{count:,} pictures were left out", count)
        case LeftOut.file:
            return trn(
                "{count:,} attached file was left out", "{count:,} attached files were left out", count
            )
        case LeftOut.sound:
            return trn("{count:,} recording was left out", "{count:,} recordings were left out", count)
        case LeftOut.tool:
            return trn("{count:,} use of a tool was left out", "{count:,} uses of tools were left out", count)
        case LeftOut.unknown:
            return trn("{count:,} part was not understood", "{count:,} parts were not understood", count)
        case LeftOut.damaged_chat:
            return trn("{count:,} chat is damaged", "{count:,} chats are damaged", count)
        case LeftOut.empty_chat:
            return trn("{count:,} chat has no messages", "{count:,} chats have no messages", count)
        case LeftOut.foreign_file:
            return trn("{count:,} file has no chat in it", "{count:,} files have no chat in them", count)


class Brought(StrEnum):
    """What became of a chat that was imported."""

    new = "new"
    grown = "grown"  # it was there, and messages were added
    there = "there"  # it was there with all its messages
    restored = "restored"  # it lay in the bin


def copied(chat: ArchivedChat) -> ArchivedChat:
    """Return the same chat with ids of its own, so that it can stand beside the first one."""
    ids = {message.id: MessageId(uuid.uuid4().hex) for message in chat.messages}

    def other(ident: MessageId | None) -> MessageId | None:
        return None if ident is None else ids.get(ident)

    messages = tuple(
        replace(each, id=ids[each.id], parent=other(each.parent), view_start=other(each.view_start))
        for each in chat.messages
    )
    note = chat.conversation.note
    until = ids.get(note.until) if note else None
    conversation = replace(
        chat.conversation,
        id=ConversationId(uuid.uuid4().hex),
        head=other(chat.conversation.head),
        note=ContextNote(note.text, until) if note and until else None,
    )
    return replace(chat, conversation=conversation, messages=messages)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is exported: chats in the order of their creation, and folders, each behind its parent."""

    name: str  # of the chat or folder, proposed for the file
    chats: tuple[ConversationId, ...]
    folders: tuple[Folder, ...] = ()
    several: bool = True  # False: one chat alone


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the whole database."""

    path: Path
    made: datetime
    size: int  # bytes
    chats: int | None  # None: it cannot be read


class ChatArchive(Protocol):
    """Takes whole chats out of the store and brings them in. Safe from any thread. Raises StorageError."""

    def conversations(self) -> list[tuple[ConversationId, FolderId | None]]:
        """Return those not deleted, archived ones too, in the order of their creation."""
        ...

    def folders(self) -> list[Folder]:
        """Return those not deleted; a folder comes after its parent."""
        ...

    def chat(self, conversation: ConversationId) -> ArchivedChat | None: ...

    def document(self, document: DocumentId) -> ArchivedDocument | None: ...

    def picture(self, picture: DocumentId) -> ArchivedPicture | None: ...

    def known(self) -> frozenset[ConversationId]:
        """Return the ids of all chats that are not deleted."""
        ...

    def bring_folder(self, folder: Folder, contents: list[ArchivedDocument | ArchivedPicture]) -> None:
        """Store it unless it is there; out of the bin it comes back. `contents` belong to it."""
        ...

    def bring(self, chat: ArchivedChat, contents: list[ArchivedDocument | ArchivedPicture]) -> Brought:
        """Store a chat with what is attached to it, all or nothing.

        Of one that is there, only messages that are new are added. Messages whose ids another chat has
        get new ones, and so does the chat.
        """
        ...


class ChatFiles(Protocol):
    """Reads and writes files of chats."""

    def read(self, path: Path, cancel: CancelToken) -> Iterator[Found]:
        """Yield what a file, a ZIP or a folder has; nothing after a cancel. Raises DocumentError.

        What belongs to a chat or folder comes before it.
        """
        ...

    def write(self, path: Path, items: Iterator[ArchiveItem], cancel: CancelToken) -> Iterator[ArchiveItem]:
        """Write a file of ChatDesk's own; yield each item when it is written. Raises DocumentError.

        The file is there as a whole after the last item, or as it was before.
        """
        ...


class ChatPages(Protocol):
    """Lays chats out for readers."""

    def __call__(self, chat: ArchivedChat, pictures: Mapping[DocumentId, bytes]) -> bytes:
        """Return the file of the branch that is shown."""
        ...
