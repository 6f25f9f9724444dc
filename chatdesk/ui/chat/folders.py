"""Puts chats and folders where the user wants them; each step can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Conversation, ConversationId, Folder, FolderId
from chatdesk.domain.chat_ports import Chats, Folders
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr, trn
from chatdesk.flows.folders import path_of
from chatdesk.ui.chat.chat_drag import Chosen
from chatdesk.ui.chat.chat_outline import title_of

Change = Callable[[Conversation], dict[str, Any]]  # what a chat is to get: field and value


class Filing(QObject):
    """Names, moves, pins, archives, tags and deletes in the store; `undo` takes the last step back."""

    changed = Signal()  # chats or folders are stored otherwise than before
    gone = Signal(object)  # frozenset of the ids of chats that were deleted
    back = Signal(object)  # frozenset of the ids of chats that were restored
    told = Signal(str)  # what was done, where it can be taken back
    failed = Signal(object)  # ChatDeskError

    def __init__(self, chats: Chats, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chats = chats
        self._folders = folders
        self._steps: list[Callable[[], None]] = []

    def rename(self, chat: str, title: str) -> None:
        """Give a chat a title of the user's own."""
        if (stored := self._chats.conversation(ConversationId(chat))) is not None:
            named = replace(stored, title=title)
            self._attempt(lambda: self._chats.save(named), self.changed.emit)

    def rename_folder(self, folder: str, name: str) -> None:
        if (stored := self._folders.folder(FolderId(folder))) is not None:
            self.save_folder(replace(stored, name=name))

    def save_folder(self, folder: Folder) -> None:
        """Store a folder, new or changed."""
        self._attempt(lambda: self._folders.save(folder), self.changed.emit)

    def new_folder(self, parent: FolderId | None, name: str = "") -> Folder:
        """Store an empty folder and return it; without a name it gets one that no folder has."""
        taken = {folder.name for folder in self._folders.folders()}
        free, number = tr("New folder"), 1
        while free in taken:
            number += 1
            free = tr("New folder {number}").format(number=number)
        folder = Folder(name or free, parent)
        self.save_folder(folder)
        return folder

    def move(self, chosen: Chosen, target: FolderId | None) -> None:
        """Put chats and folders into a folder, or out of all; chats become visible there."""
        inside = {folder.id for folder in path_of(self._folders, target)}
        folders = [folder for folder in self._stored_folders(chosen) if folder.id not in inside]
        chats = [chat for chat in self._stored(chosen.chats) if not _lies_in(chat, target)]
        folders = [folder for folder in folders if folder.parent != target]
        if not chats and not folders:
            return

        def step() -> None:
            for folder in folders:
                self._folders.save(replace(folder, parent=target))
            for chat in chats:
                self._chats.save(replace(chat, folder=target, pinned=False, archived=False))

        def back() -> None:
            for folder in folders:
                if (now := self._folders.folder(folder.id)) is not None:
                    self._folders.save(replace(now, parent=folder.parent))
            self._put_back(chats, "folder", "pinned", "archived")

        self._do(step, back, self._moved_sentence(chats, folders, target))

    def pin(self, chats: Sequence[ConversationId], pinned: bool) -> None:
        """Let chats stand on top of the list, or no longer."""
        one = tr("“{title}” stands on top now.") if pinned else tr("“{title}” is no longer on top.")
        several = (
            trn("{count} chat stands on top now.", "{count} chats stand on top now.", len(chats))
            if pinned
            else trn("{count} chat is no longer on top.", "{count} chats are no longer on top.", len(chats))
        )
        values = {"pinned": pinned, "archived": False} if pinned else {"pinned": False}
        self._change(chats, lambda _: values, one, several)

    def archive(self, chats: Sequence[ConversationId], archived: bool) -> None:
        """Put chats away at the end of the list, or bring them back to their place."""
        one = (
            tr("“{title}” is in the archive now.") if archived else tr("“{title}” is out of the archive now.")
        )
        several = (
            trn("{count} chat is in the archive now.", "{count} chats are in the archive now.", len(chats))
            if archived
            else trn(
                "{count} chat is out of the archive now.",
                "{count} chats are out of the archive now.",
                len(chats),
            )
        )
        values = {"archived": True, "pinned": False} if archived else {"archived": False}
        self._change(chats, lambda _: values, one, several)

    def tag(self, chats: Sequence[ConversationId], added: Sequence[str], removed: Sequence[str]) -> None:
        """Give chats tags and take others away."""

        def tags_of(chat: Conversation) -> dict[str, Any]:
            kept = [tag for tag in chat.tags if tag not in removed]
            return {"tags": (*kept, *(tag for tag in added if tag not in kept))}

        one = tr("“{title}” has other tags now.")
        several = trn("{count} chat has other tags now.", "{count} chats have other tags now.", len(chats))
        self._change(chats, tags_of, one, several)

    def delete(self, chosen: Chosen) -> None:
        """Put chats, and folders with all inside, into the bin."""
        chats, folders = self._stored(chosen.chats), self._stored_folders(chosen)
        if not chats and not folders:
            return
        inside = self._inside(folders)
        ids = frozenset((*(chat.id for chat in chats), *inside))

        def step() -> None:
            for chat in chats:
                self._chats.delete(chat.id)
            for folder in folders:
                self._folders.delete(folder.id)

        def back() -> None:
            for folder in reversed(folders):
                self._folders.restore(folder.id)
            for chat in chats:
                self._chats.restore(chat.id)
                self._put_back([chat], "folder")  # which may have come back with it

        def tell_gone() -> None:
            self.gone.emit(ids)

        self._do(step, back, _deleted_sentence(chats, folders, len(inside)), tell_gone, ids)

    def undo(self) -> bool:
        """Take the last step back; False: there is none."""
        if not self._steps:
            return False
        self._steps.pop()()
        return True

    def _change(self, ids: Sequence[ConversationId], change: Change, one: str, several: str) -> None:
        before = [chat for chat in self._stored(ids) if replace(chat, **change(chat)) != chat]
        if not before:
            return
        fields = tuple(change(before[0]))

        def step() -> None:
            for chat in before:
                self._chats.save(replace(chat, **change(chat)))

        sentence = several if len(before) > 1 else one.format(title=title_of(before[0]))
        self._do(step, lambda: self._put_back(before, *fields), sentence)

    def _put_back(self, before: Sequence[Conversation], *fields: str) -> None:
        for chat in before:
            if (now := self._chats.conversation(chat.id)) is not None:
                self._chats.save(replace(now, **{name: getattr(chat, name) for name in fields}))

    def _do(
        self,
        step: Callable[[], None],
        back: Callable[[], None],
        sentence: str,
        then: Callable[[], None] | None = None,
        restored: frozenset[ConversationId] | None = None,
    ) -> None:
        def undo() -> None:
            tell = self.changed.emit if restored is None else lambda: self.back.emit(restored)
            self._attempt(back, tell)

        def done() -> None:
            self._steps.append(undo)
            (then or self.changed.emit)()
            self.told.emit(sentence)

        self._attempt(step, done)

    def _attempt(self, step: Callable[[], None], then: Callable[[], None]) -> None:
        try:
            with self._folders.together():
                step()
        except ChatDeskError as error:
            self.failed.emit(error)
        else:
            then()

    def _stored(self, ids: Sequence[ConversationId]) -> list[Conversation]:
        return [chat for each in ids if (chat := self._chats.conversation(each)) is not None]

    def _stored_folders(self, chosen: Chosen) -> list[Folder]:
        return [folder for each in chosen.folders if (folder := self._folders.folder(each)) is not None]

    def _inside(self, folders: Sequence[Folder]) -> list[ConversationId]:
        """Return the chats in these folders and in those below."""
        below = {folder.id for folder in folders}
        for folder in self._folders.folders():  # a folder comes after its parent
            if folder.parent in below:
                below.add(folder.id)
        return [chat.id for chat in self._chats.conversations() if chat.folder in below] if below else []

    def _moved_sentence(
        self, chats: Sequence[Conversation], folders: Sequence[Folder], target: FolderId | None
    ) -> str:
        place = self._folders.folder(target) if target is not None else None
        count = len(chats) + len(folders)
        name = title_of(chats[0]) if chats else folders[0].name
        if count == 1 and place is not None:
            return tr("“{title}” lies in the folder “{folder}” now.").format(title=name, folder=place.name)
        if count == 1:
            return tr("“{title}” lies in no folder now.").format(title=name)
        if place is None:
            return trn("{count} thing was moved.", "{count} things were moved.", count)
        moved = trn("{count} thing was moved", "{count} things were moved", count)
        return tr("{things} into the folder “{folder}”.").format(things=moved, folder=place.name)


def _lies_in(chat: Conversation, folder: FolderId | None) -> bool:
    return chat.folder == folder and not chat.pinned and not chat.archived


def _deleted_sentence(chats: Sequence[Conversation], folders: Sequence[Folder], inside: int) -> str:
    """Return what to say after a deletion."""
    if len(chats) == 1 and not folders:
        return tr("“{title}” was deleted.").format(title=title_of(chats[0]))
    if not folders:
        return trn("{count} chat was deleted.", "{count} chats were deleted.", len(chats))
    if len(folders) == 1 and not chats:
        if not inside:
            return tr("The folder “{name}” was deleted.").format(name=folders[0].name)
        chats_inside = trn("{count} chat", "{count} chats", inside)
        sentence = tr("The folder “{name}” was deleted with all inside: {chats}.")
        return sentence.format(name=folders[0].name, chats=chats_inside)
    return trn(
        "Folders and {count} chat were deleted.",
        "Folders and {count} chats were deleted.",
        len(chats) + inside,
    )
