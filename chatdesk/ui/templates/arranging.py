"""Puts templates into folders and gives folders other names: by drag, by keys, and by a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from chatdesk.domain.chat import FolderId
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.templates import LibraryEntry, TemplateId
from chatdesk.domain.words import tr
from chatdesk.flows.template_edits import TemplateEdits
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.ui import sheets
from chatdesk.ui.chat.folder_picker import BETWEEN, FolderPicker, Place
from chatdesk.ui.templates.page import TemplatesPage
from chatdesk.ui.theme import colours


class Arranging(QObject):
    """Each step is kept at once, and `undo` takes it back."""

    arranged = Signal(str)  # a sentence that says what was done
    failed = Signal(object)  # ChatDeskError

    def __init__(self, page: TemplatesPage, library: TemplateLibrary, edits: TemplateEdits) -> None:
        super().__init__(page)
        self._page = page
        self._library = library
        self._edits = edits
        self._before: dict[TemplateId, str] = {}  # the folders as they were before the last step
        tree = page.list
        tree.entry_dropped.connect(self.move_entry)
        tree.folder_dropped.connect(self.move_folder)
        tree.folder_renamed.connect(self.rename_folder)
        tree.move_requested.connect(self.ask)
        tree.customContextMenuRequested.connect(self._open_menu)
        page.view.move_requested.connect(self.ask)

    def undo(self) -> None:
        """Put all that the last step has moved where it was."""
        before, self._before = self._before, {}
        for folder in sorted(set(before.values())):
            self._try(partial(self._edits.move, [each for each in before if before[each] == folder], folder))

    def move_entry(self, entry: LibraryEntry, into: str) -> None:
        """Put an entry into a folder; "" for none."""
        if entry.folder == into or not self._try(lambda: self._edits.move([entry.id], into)):
            return
        self._before = {entry.id: entry.folder}
        told = tr("“{title}” is now in “{folder}”.") if into else tr("“{title}” is now in no folder.")
        self.arranged.emit(told.format(title=entry.what.title, folder=_spoken(into)))

    def move_folder(self, folder: str, into: str) -> None:
        """Put a folder with all that is in it into another one; "" for none. Never into itself."""
        if not f"{into}/".startswith(f"{folder}/"):
            self._call(folder, f"{into}/{folder.rpartition('/')[2]}")

    def rename_folder(self, folder: str, name: str) -> None:
        """Give a folder another name, which may have "/" in it; a blank one changes nothing."""
        if name.strip(" /"):
            self._call(folder, f"{folder.rpartition('/')[0]}/{name}")

    def ask(self) -> None:
        """Let the user choose where the chosen entry or folder goes."""
        entry, folder = self._page.list.entry, self._page.list.folder
        if entry is None and not folder:
            return
        try:
            known = self._library.folders()
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        inside = f"{folder}/" if folder else "\0"
        choices = [
            Place(FolderId(each), _spoken(each)) for each in known if not f"{each}/".startswith(inside)
        ]
        picker = FolderPicker(choices, self._page.window())
        for signal in (picker.chosen, picker.made):
            signal.connect(lambda into: self._move(entry, folder, into or ""))
        picker.open()

    def menu(self) -> QMenu:
        """Return what can be done with the chosen entry or folder."""
        menu = QMenu(self._page)
        menu.setObjectName("template-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setStyleSheet(sheets.menus(colours()))
        if self._page.list.folder:
            menu.addAction(tr("Rename"), self._page.list.rename)
            menu.addAction(tr("Move…"), self.ask)
        elif self._page.list.entry is not None:
            for button in self._page.view.buttons:
                if not button.isHidden():
                    menu.addAction(button.text().strip(), button.click).setEnabled(button.isEnabled())
        return menu

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        if not menu.isEmpty():
            menu.popup(self._page.list.viewport().mapToGlobal(place))

    def _move(self, entry: LibraryEntry | None, folder: str, into: str) -> None:
        if entry is not None:
            self.move_entry(entry, into)
        else:
            self.move_folder(folder, into)

    def _call(self, folder: str, name: str) -> None:
        """Let a folder have another name, with those around it."""
        wanted = "/".join(filter(None, (" ".join(part.split()) for part in name.split("/"))))
        before: dict[TemplateId, str] = {}

        def act() -> None:
            entries = self._library.entries()
            before.update({e.id: e.folder for e in entries if f"{e.folder}/".startswith(f"{folder}/")})
            self._edits.rename_folder(entries, folder, wanted)

        if wanted != folder and self._try(act):
            self._before = before
            told = tr("The folder “{before}” is now “{now}”.")
            self.arranged.emit(told.format(before=_spoken(folder), now=_spoken(wanted)))
            self._page.list.choose_folder(wanted)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ChatDeskError as error:
            self.failed.emit(error)
            return False
        return True


def _spoken(folder: str) -> str:
    return folder.replace("/", BETWEEN)
