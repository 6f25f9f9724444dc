"""What buttons, keys, menus and drops do to chats and folders: everything but opening them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaMethod, QObject, QPoint, Signal

from chatdesk.domain.chat import Conversation, Folder, FolderId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.ui.chat.chat_drag import Chosen
from chatdesk.ui.chat.chat_list import ChatList
from chatdesk.ui.chat.chat_outline import Kind, Node
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.sidebar import Sidebar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from chatdesk.ui.chat.bin import FoldersWithBin
    from chatdesk.ui.chat.folder_dialog import FolderDialog

MakeDialog = Callable[[Folder], "FolderDialog"]


class Arranging(QObject):
    """Acts on what is selected in the list while it has the keyboard, else on the open chat."""

    new_chat_requested = Signal(object)  # FolderId or None
    search_requested = Signal(str)  # words to begin with
    export_requested = Signal(object)  # Chosen: one folder, or chats
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self,
        sidebar: Sidebar,
        chats: Chats,
        folders: FoldersWithBin,
        chat_list: ChatList,
        open_chat: OpenChat,
        make_folder_dialog: MakeDialog,
    ) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._chats = chats
        self._list = chat_list
        self._filing = chat_list.filing
        self._open = open_chat
        self._folders = folders
        self._make_folder_dialog = make_folder_dialog
        sidebar.folder_requested.connect(self.new_folder)
        sidebar.bin_requested.connect(self.show_bin)
        sidebar.list.menu_requested.connect(self.show_menu)
        sidebar.model.dropped.connect(self.drop)

    def chosen(self) -> Chosen:
        """Return what the keys act on."""
        if self._sidebar.list.hasFocus():
            return self._sidebar.list.chosen()
        return self.open_one()

    def open_one(self) -> Chosen:
        """Return the open chat, nothing as long as it is not stored or is a temporary one."""
        stored = self._chats.conversation(self._open.conversation.id)
        return Chosen((stored.id,)) if stored is not None and self._list.lists(stored.id) else Chosen()

    @property
    def can_export(self) -> bool:
        """Whether somebody exports."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.export_requested))

    def stored(self, chosen: Chosen) -> list[Conversation]:
        """Return the chats among them."""
        return [chat for each in chosen.chats if (chat := self._chats.conversation(each)) is not None]

    def new_folder(self) -> None:
        """Make a folder, in the selected one if there is one, and let the user name it."""
        chosen = self._sidebar.list.chosen() if self._sidebar.list.hasFocus() else Chosen()
        self.new_folder_in(chosen.folders[0] if len(chosen.folders) == 1 and not chosen.chats else None)

    def new_folder_in(self, parent: FolderId | None) -> None:
        with self._errors():
            folder = self._filing.new_folder(parent)
            if parent is not None:
                self._list.unfold(parent)
            self._list.unfold(folder.id)
            self._sidebar.setVisible(True)
            self._sidebar.list.go_to(folder.id)
            self._sidebar.list.setFocus()
            self._sidebar.list.rename_current()

    def pin(self, chosen: Chosen | None = None) -> None:
        """Pin the chats, or unpin them when all are pinned."""
        with self._errors():
            chats = self.stored(chosen or self.chosen())
            pinned = not all(chat.pinned for chat in chats)
            self._filing.pin([chat.id for chat in chats], pinned)

    def archive(self, chosen: Chosen | None = None) -> None:
        """Put the chats into the archive, or take them out when all are there."""
        with self._errors():
            chats = self.stored(chosen or self.chosen())
            archived = not all(chat.archived for chat in chats)
            self._filing.archive([chat.id for chat in chats], archived)

    def ask_folder(self, chosen: Chosen | None = None) -> None:
        """Let the user choose the folder for chats and folders."""
        what = chosen or self.chosen()
        if not what:
            return
        from chatdesk.ui.chat.folder_picker import FolderPicker, places

        with self._errors():
            picker = FolderPicker(places(self._folders.folders(), without=what.folders), self._window())
            picker.chosen.connect(lambda folder: self._move(what, folder))
            picker.made.connect(lambda name: self._move(what, self._filing.new_folder(None, name).id))
            picker.open()

    def ask_tags(self, chosen: Chosen | None = None) -> None:
        """Let the user give chats tags."""
        from chatdesk.ui.chat.tags import TagsDialog

        with self._errors():
            chats = self.stored(chosen or self.chosen())
            if not chats:
                return
            known = {tag for chat in self._chats.conversations() for tag in chat.tags}
            dialog = TagsDialog(
                [chat.tags for chat in chats], sorted(known, key=str.casefold), self._window()
            )
            ids = [chat.id for chat in chats]
            dialog.changed.connect(lambda added, removed: self._filing.tag(ids, added, removed))
            dialog.open()

    def show_folder(self, folder: FolderId) -> None:
        """Let the user set what counts in the chats of a folder."""
        with self._errors():
            stored = self._folders.folder(folder)
            if stored is not None:
                dialog = self._make_folder_dialog(stored)
                dialog.saved.connect(self._filing.save_folder)
                dialog.open()

    def show_bin(self) -> None:
        """Show what was deleted."""
        from chatdesk.ui.chat.bin import BinDialog

        with self._errors():
            dialog = BinDialog(self._folders, self._chats, self._open.answers.busy, self._window())
            dialog.restored.connect(self._list.refresh)
            dialog.restored.connect(self._open.refresh)
            dialog.open()

    def delete(self, chosen: Chosen) -> None:
        self._filing.delete(chosen)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self._sidebar.setVisible(True)
        self._sidebar.list.setFocus()

    def drop(self, chosen: Chosen, target: Node | None) -> None:
        """Do what a drop on `target` means; below the list and on ages it takes things out of folders."""
        with self._errors():
            if target is not None and (target.kind is Kind.archive or _archived(target)):
                self._filing.archive(chosen.chats, True)
            elif target is not None and target.chat is not None and target.chat.pinned:
                self._filing.pin(chosen.chats, True)
            else:
                self._move(chosen, _folder_of(target))

    def show_menu(self, where: QPoint) -> None:
        """Open the menu of what is selected."""
        from chatdesk.ui.chat.chat_menu import menu_of

        with self._errors():
            menu_of(self, self._sidebar.list.chosen(), self._sidebar).popup(where)

    def open_chat(self, chat: str) -> None:
        self._sidebar.opened.emit(chat)

    def rename(self) -> None:
        self._sidebar.list.rename_current()

    def _move(self, chosen: Chosen, folder: FolderId | None) -> None:
        self._filing.move(chosen, folder)
        if folder is not None:
            self._list.unfold(folder)

    def _window(self) -> QWidget:
        return self._sidebar.window()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except ChatDeskError as error:
            self.failed.emit(error)


def _folder_of(node: Node | None) -> FolderId | None:
    """Return the folder that is meant by a row: itself, or the one in which it stands."""
    while node is not None:
        if node.folder is not None:
            return node.folder.id
        node = node.parent
    return None


def _archived(node: Node) -> bool:
    return node.chat is not None and node.chat.archived
