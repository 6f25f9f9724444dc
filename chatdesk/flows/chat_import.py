"""Brings chats out of files into the store: looks first at what is there, then stores chat by chat."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import ConversationId, Folder, FolderId
from chatdesk.domain.chat_archive import (
    ArchivedChat,
    ArchivedDocument,
    ArchivedPicture,
    Brought,
    ChatArchive,
    ChatFileBegins,
    ChatFileProgress,
    ChatFiles,
    ChatSource,
    Found,
    LeftOut,
    Unclear,
    copied,
    unclear_sentence,
)
from chatdesk.domain.document_errors import ChatFileDamaged, DocumentEmpty
from chatdesk.domain.errors import ChatDeskError, DocumentError

log = logging.getLogger(__name__)

_TOLD_UNCLEAR = 200  # kinds of things; a hostile file may make up any number


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file has to offer."""

    path: Path
    source: ChatSource
    chats: int
    messages: int
    there: int  # of the chats, those that the store has
    unclear: tuple[str, ...]  # sentences on what was not understood or is left out
    damage: DocumentError | None = None  # why nothing behind these chats can be read


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the chats of a file."""

    counts: Counter[Brought] = field(default_factory=Counter)
    problem: ChatDeskError | None = None  # why the rest did not come

    @property
    def chats(self) -> int:
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """How chats are brought in."""

    copies: bool = False  # chats that are there already come a second time
    folder: str = ""  # the name of a folder for those that are new; "": where they were, or in none


class ChatImport:
    """Looks into files of chats and imports them."""

    def __init__(self, files: ChatFiles, archive: ChatArchive) -> None:
        self._files = files
        self._archive = archive

    def look(self, path: Path, cancel: CancelToken) -> Iterator[ChatFileProgress | Contents]:
        """Yield how far the file is read, then what it has; nothing after a cancel. Raises DocumentError.

        A damaged file with whole chats before the damage is no error: `damage` says it.
        """
        looking = _Looking(self._archive.known())
        damage: DocumentError | None = None
        try:
            for found in self._files.read(path, cancel):
                if isinstance(found, ChatFileProgress):
                    yield found
                else:
                    looking.take(found)
        except ChatFileDamaged as error:
            if not looking.chats:
                raise
            damage = error
        if cancel.cancelled:
            return
        if looking.source is None or not looking.chats:
            raise DocumentEmpty(path)
        yield Contents(
            path,
            looking.source,
            looking.chats,
            looking.messages,
            looking.there,
            tuple(unclear_sentence(each, count) for each, count in looking.unclear.most_common()),
            damage,
        )

    def bring(
        self, contents: Contents, wishes: ImportWishes, cancel: CancelToken
    ) -> Iterator[ChatFileProgress | Imported]:
        """Yield how far the import is and at the end, also after a cancel or a failure, what came of it.

        Each chat is stored as a whole or not at all; those that came before a failure stay, and importing
        again doubles none.
        """
        bringing = _Bringing(self._archive, wishes)
        problem: ChatDeskError | None = None
        try:
            with closing(self._files.read(contents.path, cancel)) as reading:  # type: ignore[type-var]
                for found in reading:
                    if isinstance(found, ChatFileProgress):
                        yield found
                    else:
                        bringing.take(found)
        except ChatDeskError as error:
            # The damage that was told before is no news.
            if contents.damage is None or not isinstance(error, ChatFileDamaged):
                log.info("an import ended: %s", error)
                problem = error
        yield Imported(bringing.counts, problem)


class _Bringing:
    """Stores what a file has, piece by piece."""

    def __init__(self, archive: ChatArchive, wishes: ImportWishes) -> None:
        self.counts: Counter[Brought] = Counter()
        self._archive = archive
        self._wishes = wishes
        self._known = archive.known() if wishes.folder else frozenset()
        self._folder: FolderId | None = None
        self._waiting: list[ArchivedDocument | ArchivedPicture] = []

    def take(self, found: Found) -> None:
        """Store it, or keep it for the chat that comes behind it. Raises StorageError."""
        match found:
            case ArchivedDocument() | ArchivedPicture():
                self._waiting.append(found)
            case Folder():
                self._archive.bring_folder(found, self._waiting)
                self._waiting = []
            case ArchivedChat():
                self.counts[self._archive.bring(self._placed(found), self._waiting)] += 1
                self._waiting = []

    def _placed(self, chat: ArchivedChat) -> ArchivedChat:
        """Return the chat as it is to be stored: those that are there stay where they are."""
        if self._wishes.copies:
            chat = copied(chat)
        if not self._wishes.folder or chat.conversation.id in self._known:
            return chat
        self._folder = self._folder or self._found_or_made(self._wishes.folder)
        return replace(chat, conversation=replace(chat.conversation, folder=self._folder))

    def _found_or_made(self, name: str) -> FolderId:
        """Return the folder of that name: an import that was stopped is gone on with in the same one."""
        for each in self._archive.folders():
            if each.name == name and each.parent is None:
                return each.id
        folder = Folder(name)
        self._archive.bring_folder(folder, [])
        return folder.id


class _Looking:
    """Counts what a file has."""

    def __init__(self, known: frozenset[ConversationId]) -> None:
        self.source: ChatSource | None = None
        self.chats = self.messages = self.there = 0
        self.unclear: Counter[Unclear] = Counter()
        self._known = known

    def take(self, found: Found) -> None:
        match found:
            case ChatFileBegins(source):
                self.source = source
            case ArchivedChat(conversation, messages):
                self.chats += 1
                self.messages += len(messages)
                self.there += conversation.id in self._known
            case Unclear() if found in self.unclear or len(self.unclear) < _TOLD_UNCLEAR:
                self.unclear[found] += 1
            case Unclear():
                self.unclear[Unclear(LeftOut.unknown)] += 1
