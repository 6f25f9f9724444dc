"""Writes chats into files: all of them without loss, or the shown branches for readers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Attachment, ConversationId, DocumentId, Folder, FolderId
from chatdesk.domain.chat_archive import (
    ArchivedChat,
    ArchiveItem,
    ChatArchive,
    ChatFiles,
    ChatPages,
    Scope,
)
from chatdesk.domain.file_names import safe_name
from chatdesk.domain.whole_file import whole_file
from chatdesk.domain.words import tr

_UNFIT = re.compile(r'[<>:"/\\|?*]')  # questions are titles, and Windows takes no such name
_LONGEST_NAME = 80  # characters of a chat's title in the name of its file


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How many chats are written."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The file is there."""

    path: Path
    chats: int


class _Cancelled(Exception):
    pass


class ChatExport:
    """Exports one chat, a folder, or everything."""

    def __init__(self, files: ChatFiles, archive: ChatArchive) -> None:
        self._files = files
        self._archive = archive

    def chat(self, conversation: ConversationId) -> Scope | None:
        """Return what one chat is to an export; None when it is not stored."""
        chat = self._archive.chat(conversation)
        if chat is None:
            return None
        return Scope(file_stem(chat.conversation.title), (conversation,), several=False)

    def chats(self, chosen: Sequence[ConversationId]) -> Scope | None:
        """Return what these chats are to an export; None for one that is not stored."""
        if len(chosen) == 1:
            return self.chat(chosen[0])
        return Scope(tr("ChatDesk chats"), tuple(chosen))

    def folder(self, folder: FolderId) -> Scope | None:
        """Return a folder with all below it; None when it is not there."""
        inside: list[Folder] = []
        for each in self._archive.folders():  # parents come first
            if each.id == folder or each.parent in {one.id for one in inside}:
                inside.append(each)
        if not inside:
            return None
        idents = {each.id for each in inside}
        chats = tuple(ident for ident, place in self._archive.conversations() if place in idents)
        return Scope(file_stem(inside[0].name), chats, tuple(inside))

    def everything(self) -> Scope:
        """Return all chats and folders that are not deleted."""
        chats = tuple(ident for ident, _ in self._archive.conversations())
        return Scope(tr("ChatDesk chats"), chats, tuple(self._archive.folders()))

    def write_archive(
        self, scope: Scope, path: Path, cancel: CancelToken
    ) -> Iterator[ExportProgress | Exported]:
        """Write a JSON file that can be imported without loss; not at all when cancelled.

        Raises DocumentError where it cannot be written, and StorageError.
        """
        done = 0
        total = len(scope.chats)
        for item in self._files.write(path, self._items(scope), cancel):
            if isinstance(item, ArchivedChat):
                done += 1
                yield ExportProgress(done, total)
        if not cancel.cancelled:
            yield Exported(path, done)

    def write_pages(
        self, scope: Scope, path: Path, suffix: str, pages: ChatPages, cancel: CancelToken
    ) -> Iterator[ExportProgress | Exported]:
        """Write what `pages` makes of one chat, or a ZIP with a file for each; not at all when cancelled.

        `suffix` is that of the files in the ZIP, without its dot. Raises DocumentError and StorageError.
        """
        done = 0
        try:
            with whole_file(path) as file:
                write = self._zip if scope.several else self._one
                for done in write(scope, file, suffix, pages):
                    if cancel.cancelled:
                        raise _Cancelled
                    yield ExportProgress(done, len(scope.chats))
        except _Cancelled:
            return
        yield Exported(path, done)

    def _one(self, scope: Scope, file: BinaryIO, _suffix: str, pages: ChatPages) -> Iterator[int]:
        for chat in self._chats(scope):
            file.write(pages(chat, self.pictures(chat)))
            yield 1

    def _zip(self, scope: Scope, file: BinaryIO, suffix: str, pages: ChatPages) -> Iterator[int]:
        """Write a file for each chat, and yield how many there are."""
        names = _Names(scope.folders)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for done, chat in enumerate(self._chats(scope), start=1):
                archive.writestr(names.name(chat, suffix), pages(chat, self.pictures(chat)))
                yield done

    def _chats(self, scope: Scope) -> Iterator[ArchivedChat]:
        for ident in scope.chats:
            chat = self._archive.chat(ident)
            if chat is not None:  # deleted since
                yield chat

    def _items(self, scope: Scope) -> Iterator[ArchiveItem]:
        """Yield folders and chats, each behind what is attached to it."""
        written: set[DocumentId] = set()
        for folder in scope.folders:
            yield from self._contents(folder.documents, written)
            yield folder
        for chat in self._chats(scope):
            for message in chat.messages:
                yield from self._contents(message.attachments, written)
                yield from self._texts((source.document for source in message.sources), written)
            yield from self._contents(chat.draft.attachments, written)
            yield chat

    def _contents(self, attachments: Iterable[Attachment], written: set[DocumentId]) -> Iterator[ArchiveItem]:
        for each in attachments:
            if not each.is_picture:
                yield from self._texts([each.document], written)
            elif each.document not in written and (picture := self._archive.picture(each.document)):
                written.add(each.document)
                yield picture

    def _texts(self, documents: Iterable[DocumentId], written: set[DocumentId]) -> Iterator[ArchiveItem]:
        for ident in documents:
            if ident not in written and (document := self._archive.document(ident)):
                written.add(ident)
                yield document

    def pictures(self, chat: ArchivedChat) -> dict[DocumentId, bytes]:
        """Return the pictures of the branch that is shown."""
        wanted = (each.document for message in chat.branch for each in message.attachments if each.is_picture)
        found = ((ident, self._archive.picture(ident)) for ident in dict.fromkeys(wanted))
        return {ident: picture.data for ident, picture in found if picture is not None}


class _Names:
    """Gives each chat a name of its own in a ZIP, below those of its folders."""

    def __init__(self, folders: Iterable[Folder]) -> None:
        self._paths: dict[FolderId, str] = {}
        self._taken: set[str] = set()
        for folder in folders:  # parents come first
            above = self._paths.get(folder.parent, "") if folder.parent else ""
            self._paths[folder.id] = self._free(above + file_stem(folder.name), "") + "/"

    def name(self, chat: ArchivedChat, suffix: str) -> str:
        folder = chat.conversation.folder
        above = self._paths.get(folder, "") if folder else ""
        return self._free(above + file_stem(chat.conversation.title), f".{suffix}")

    def _free(self, stem: str, ending: str) -> str:
        number, name = 1, stem + ending
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem} ({number}){ending}"
        self._taken.add(name.casefold())
        return name


def file_stem(title: str) -> str:
    """Return a name for a file that any system can hold, without its ending."""
    plain = " ".join(_UNFIT.sub(" ", title).split())[:_LONGEST_NAME].strip(" .")
    return safe_name(plain) if plain else tr("Chat")
