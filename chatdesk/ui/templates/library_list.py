"""The tree of folders, templates and personas at the left of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from chatdesk.domain.templates import LibraryEntry, TemplateId
from chatdesk.domain.words import tr
from chatdesk.ui.shortcuts import pressed
from chatdesk.ui.templates.library_rows import ENTRY, FOLDER, Rows, second_line

_FOLDER_FORMAT = "application/x-chatdesk-template-folder"
_OPEN_FOLDER_MS = 700  # that something is held above a folder


class LibraryList(QTreeWidget):
    """Enter uses what is chosen, Delete deletes it, the keys for renaming edit it or rename its folder.

    An entry can be dragged out as a file; entries and folders can be dragged into folders.
    """

    chosen = Signal(object)  # LibraryEntry
    use_requested = Signal()
    edit_requested = Signal()
    delete_requested = Signal()
    move_requested = Signal()  # what is chosen is to go into another folder
    entry_dropped = Signal(object, str)  # LibraryEntry, and the folder; "": none
    folder_dropped = Signal(str, str)  # a folder, and the one that it is to be in; "": none
    folder_renamed = Signal(str, str)  # a folder, and its new name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file_of: Callable[[LibraryEntry], str] = lambda _: ""
        self._carried: QTreeWidgetItem | None = None
        self._chosen: TemplateId | None = None  # the entry that was chosen last
        self.setObjectName("template-list")
        self.setAccessibleName(tr("Templates and personas"))
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self._rows = Rows(self)
        # Afterwards all is listed anew, which must wait until the field has closed.
        self._rows.renamed.connect(self.folder_renamed, Qt.ConnectionType.QueuedConnection)
        self.setItemDelegate(self._rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(_OPEN_FOLDER_MS)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.currentItemChanged.connect(self._choose)
        self.itemActivated.connect(self._use)

    def show_entries(self, entries: Sequence[LibraryEntry], chosen: TemplateId | None) -> None:
        """List these below their folders; the chosen one stays chosen where it is among them."""
        blocked, folder = self.blockSignals(True), self.folder
        place = self.verticalScrollBar().value()
        folded = {name for name, item in self._folders().items() if not item.isExpanded()}
        self.clear()
        folders: dict[str, QTreeWidgetItem] = {}
        for entry in entries:
            item = QTreeWidgetItem([entry.what.title])
            item.setData(0, ENTRY, entry)
            item.setToolTip(0, entry.what.description)
            spoken = f"{entry.what.title}, {second_line(entry)}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
            self._folder(entry.folder, folders, folded).addChild(item)
            if entry.id == chosen:
                self.setCurrentItem(item)
        if folder in folders and chosen == self._chosen:
            self.setCurrentItem(folders[folder])
        self._chosen = chosen
        self.verticalScrollBar().setValue(place)
        if (current := self.currentItem()) is not None:
            self.scrollToItem(current)
        self.blockSignals(blocked)

    @property
    def entry(self) -> LibraryEntry | None:
        """The one that is chosen, None for a folder or nothing."""
        item = self.currentItem()
        return item.data(0, ENTRY) if item is not None else None

    def choose_folder(self, path: str) -> None:
        """Choose a folder; what is shown beside the list stays."""
        if (item := self._folders().get(path)) is not None:
            self.setCurrentItem(item)

    def choose_first(self) -> None:
        """Choose the first entry, where there is one."""
        item = self.topLevelItem(0)
        while item is not None and item.data(0, ENTRY) is None:
            item = item.child(0)
        if item is not None:
            self.setCurrentItem(item)

    @property
    def folder(self) -> str:
        """The folder that is chosen, "" for an entry or nothing."""
        item = self.currentItem()
        return (item.data(0, FOLDER) or "") if item is not None else ""

    def rename(self) -> None:
        """Let the user write another name for the chosen folder; an entry is to be edited."""
        item = self.currentItem()
        if item is not None and self.folder:
            self.editItem(item)
        elif self.entry is not None:
            self.edit_requested.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ours(event):
            event.accept()  # here these keys are meant for templates, not for the open chat
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.entry is not None:
            self.delete_requested.emit()
        elif pressed(event, "rename-chat"):
            self.rename()
        elif pressed(event, "move-chat"):
            self.move_requested.emit()
        else:
            super().keyPressEvent(event)

    def drawRow(  # noqa: N802  Qt's name
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # What is chosen is drawn by the delegate; the room before it stays as it is.
        plain = QStyleOptionViewItem(option)
        plain.palette.setColor(QPalette.ColorRole.Highlight, QColor(Qt.GlobalColor.transparent))
        super().drawRow(painter, plain, index)

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        data = QMimeData()
        self._carried = items[0] if items else None
        entry = items[0].data(0, ENTRY) if items else None
        if items and entry is None:
            data.setData(_FOLDER_FORMAT, items[0].data(0, FOLDER).encode("utf-8", "replace"))
        path = self.file_of(entry) if entry is not None else ""
        if path:
            data.setUrls([QUrl.fromLocalFile(path)])
        return data

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", _FOLDER_FORMAT]

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802  Qt's name
        super().startDrag(actions)
        self._carried = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Files from elsewhere are for the page.
        event.setAccepted(self._carried is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # it scrolls, and opens folders
        self._mark(self._folder_below(event))
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        carried, self._carried = self._carried, None
        folder = self._folder_below(event)
        self._mark(None)
        if carried is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # the row goes only when all is listed anew
        event.accept()
        if (entry := carried.data(0, ENTRY)) is not None:
            self.entry_dropped.emit(entry, folder)
        else:
            self.folder_dropped.emit(carried.data(0, FOLDER), folder)

    def _folder_below(self, event: QDropEvent) -> str:
        """Return the folder where the pointer is, "" outside of all folders."""
        item: QTreeWidgetItem | None = self.itemAt(event.position().toPoint())
        while item is not None and not item.data(0, FOLDER):
            item = item.parent()
        return item.data(0, FOLDER) if item is not None else ""

    def _mark(self, folder: str | None) -> None:
        if folder != self._rows.target:
            self._rows.target = folder
            self.viewport().update()

    def _use(self, item: QTreeWidgetItem) -> None:
        if item.data(0, ENTRY) is not None:
            self.use_requested.emit()

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (entry := item.data(0, ENTRY)) is not None:
            self._chosen = entry.id
            self.chosen.emit(entry)

    def _folder(self, path: str, made: dict[str, QTreeWidgetItem], folded: set[str]) -> QTreeWidgetItem:
        if not path:
            return self.invisibleRootItem()
        if path not in made:
            above, _, name = path.rpartition("/")
            item = QTreeWidgetItem([name])
            item.setData(0, FOLDER, path)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self._folder(above, made, folded).addChild(item)
            item.setExpanded(path not in folded)
            made[path] = item
        return made[path]

    def _folders(self) -> dict[str, QTreeWidgetItem]:
        found: dict[str, QTreeWidgetItem] = {}
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None and (path := item.data(0, FOLDER)):
                found[path] = item
                waiting += [item.child(i) for i in range(item.childCount())]
        return found


def _ours(event: QKeyEvent) -> bool:
    return pressed(event, "rename-chat") or pressed(event, "move-chat")
