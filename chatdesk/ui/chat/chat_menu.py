"""The menu of what is selected in the list of chats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.chat import FolderId
from chatdesk.domain.words import tr, trn
from chatdesk.ui.chat.chat_drag import Chosen
from chatdesk.ui.shortcuts import find, keys_of, native

if TYPE_CHECKING:
    from chatdesk.ui.chat.arranging import Arranging


def menu_of(arranging: Arranging, chosen: Chosen, parent: QWidget) -> QMenu:
    """Return the menu; it goes when it is closed."""
    menu = QMenu(parent)
    menu.setObjectName("chats-menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if not chosen:
        _add(menu, tr("New chat"), lambda: arranging.new_chat_requested.emit(None), "new-chat")
        _add(menu, tr("New folder"), lambda: arranging.new_folder_in(None), "new-folder")
        menu.addSeparator()
        _add(menu, tr("Bin…"), arranging.show_bin, "bin")
        return menu
    if chosen.folders and not chosen.chats and chosen.count == 1:
        _add_folder(menu, arranging, chosen.folders[0])
    elif not chosen.folders:
        _add_chats(menu, arranging, chosen)
    _add(menu, tr("Move to folder…"), lambda: arranging.ask_folder(chosen), "move-chat")
    menu.addSeparator()
    deleting = tr("Delete") if chosen.count == 1 else trn("Delete {count}", "Delete {count}", chosen.count)
    _add(menu, deleting, lambda: arranging.delete(chosen), "")
    return menu


def join_header(menu: QMenu, before: QAction, arranging: Arranging) -> None:
    """Put what can be done to the open chat into the menu above it."""
    pin, archive = QAction(menu), QAction(menu)
    move, tags = QAction(tr("Move to folder…"), menu), QAction(tr("Tags…"), menu)
    acts = {
        pin: arranging.pin,
        archive: arranging.archive,
        move: arranging.ask_folder,
        tags: arranging.ask_tags,
    }
    for action, act in acts.items():
        action.triggered.connect(lambda _checked=False, act=act: act(arranging.open_one()))
        menu.insertAction(before, action)

    def show() -> None:
        chats = arranging.stored(arranging.open_one())
        for action in acts:
            action.setEnabled(bool(chats))
        pin.setText(tr("Unpin") if chats and chats[0].pinned else tr("Pin on top"))
        archive.setText(tr("Take out of the archive") if chats and chats[0].archived else tr("Archive"))

    menu.aboutToShow.connect(show)


def _add_folder(menu: QMenu, arranging: Arranging, folder: FolderId) -> None:
    _add(menu, tr("New chat in this folder"), lambda: arranging.new_chat_requested.emit(folder))
    _add(menu, tr("New folder inside"), lambda: arranging.new_folder_in(folder))
    menu.addSeparator()
    _add(menu, tr("Rename"), arranging.rename, "rename-chat")
    _add(menu, tr("Folder settings…"), lambda: arranging.show_folder(folder))
    _add_export(menu, arranging, Chosen(folders=(folder,)))


def _add_chats(menu: QMenu, arranging: Arranging, chosen: Chosen) -> None:
    chats = arranging.stored(chosen)
    if len(chats) == 1:
        _add(menu, tr("Open"), lambda: arranging.open_chat(chats[0].id))
        _add(menu, tr("Rename"), arranging.rename, "rename-chat")
        menu.addSeparator()
    pinned, archived = all(chat.pinned for chat in chats), all(chat.archived for chat in chats)
    _add(menu, tr("Unpin") if pinned else tr("Pin on top"), lambda: arranging.pin(chosen), "pin-chat")
    archiving = tr("Take out of the archive") if archived else tr("Archive")
    _add(menu, archiving, lambda: arranging.archive(chosen), "archive-chat")
    _add(menu, tr("Tags…"), lambda: arranging.ask_tags(chosen), "tag-chat")
    tags = sorted({tag for chat in chats for tag in chat.tags}, key=str.casefold)
    if tags:
        alike = menu.addMenu(tr("Find chats with the tag"))
        for tag in tags:
            words = f'tag:"{tag}"' if " " in tag else f"tag:{tag}"
            _add(alike, tag.replace("&", "&&"), partial(arranging.search_requested.emit, words))
    _add_export(menu, arranging, chosen)


def _add_export(menu: QMenu, arranging: Arranging, chosen: Chosen) -> None:
    if arranging.can_export:
        _add(menu, tr("Export…"), lambda: arranging.export_requested.emit(chosen))


def _add(menu: QMenu, title: str, act: Callable[[], object], shortcut: str = "") -> None:
    keys = keys_of(find(shortcut)) if shortcut else ()
    # As text alone: the keys are bound in the window, and two actions with the same keys would do nothing.
    action = menu.addAction(f"{title}\t{native(keys[0])}" if keys else title)
    action.triggered.connect(lambda _checked=False: act())
