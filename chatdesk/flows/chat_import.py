"""Brings chats out of files into the store: looks first at what is there, then stores chat by chat."""

from __future__ import annotations

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
from chatdesk.domain.errors import DocumentError

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

    @property
    def chats(self) -> int:
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """How chats are brought in."""

    copies: bool = False  # chats that are there already come a second time
    folder: str = ""  # the name of a new folder for them; "": where they were, or in none


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
        """Yield how far the import is and at the end, also after a cancel, what came of it.

        Each chat is stored as a whole or not at all. Raises StorageError, and DocumentError where the file
        has changed since; the chats that came before stay, and importing again doubles none.
        """
        counts: Counter[Brought] = Counter()
        folder = self._new_folder(wishes)
        waiting: list[ArchivedDocument | ArchivedPicture] = []
        try:
            with closing(self._files.read(contents.path, cancel)) as reading:  # type: ignore[type-var]
                for found in reading:
                    match found:
                        case ChatFileProgress():
                            yield found
                        case ArchivedDocument() | ArchivedPicture():
                            waiting.append(found)
                        case Folder():
                            self._archive.bring_folder(found, waiting)
                            waiting = []
                        case ArchivedChat():
                            counts[self._bring(found, waiting, wishes, folder)] += 1
                            waiting = []
        except ChatFileDamaged:
            if contents.damage is None:
                raise
        yield Imported(counts)

    def _bring(
        self,
        chat: ArchivedChat,
        waiting: list[ArchivedDocument | ArchivedPicture],
        wishes: ImportWishes,
        folder: FolderId | None,
    ) -> Brought:
        if folder is not None:
            chat = replace(chat, conversation=replace(chat.conversation, folder=folder))
        return self._archive.bring(copied(chat) if wishes.copies else chat, waiting)

    def _new_folder(self, wishes: ImportWishes) -> FolderId | None:
        if not wishes.folder:
            return None
        folder = Folder(wishes.folder)
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
