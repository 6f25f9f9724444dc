"""The tree of folders, templates and personas at the left of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from chatdesk.domain.templates import LibraryEntry, TemplateId
from chatdesk.domain.words import tr
from chatdesk.ui.templates.words import origin_words
from chatdesk.ui.theme import colours
from chatdesk.ui.widgets.history_sidebar import draw_chosen

_ENTRY = Qt.ItemDataRole.UserRole
_FOLDER = Qt.ItemDataRole.UserRole + 1
_SMALLER = 0.85  # of the size of the title


class _Rows(QStyledItemDelegate):
    """An entry has two lines, a folder one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = option.fontMetrics.height()
        return QSize(60, round(height * 1.9) + 14 if index.data(_ENTRY) is not None else height + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, entry = colours(), index.data(_ENTRY)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chosen(painter, option)
        inside = area.adjusted(8, 5, -8, -5)
        font = QFont(option.font)
        if entry is None:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(c.text if entry is not None else c.muted))
        top = Qt.AlignmentFlag.AlignTop if entry is not None else Qt.AlignmentFlag.AlignVCenter
        words = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeading | top, words)
        if entry is not None:
            font.setPointSizeF(font.pointSizeF() * _SMALLER)
            painter.setFont(font)
            painter.setPen(QColor(c.danger if entry.problem else c.muted))
            words = painter.fontMetrics().elidedText(
                second_line(entry), Qt.TextElideMode.ElideRight, inside.width()
            )
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()


class LibraryList(QTreeWidget):
    """Enter uses what is chosen, Delete deletes it; an entry can be dragged out as a file."""

    chosen = Signal(object)  # LibraryEntry
    use_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file_of: Callable[[LibraryEntry], str] = lambda _: ""
        self.setObjectName("template-list")
        self.setAccessibleName(tr("Templates and personas"))
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.currentItemChanged.connect(self._choose)
        self.itemActivated.connect(self._use)

    def show_entries(self, entries: Sequence[LibraryEntry], chosen: TemplateId | None) -> None:
        """List these below their folders; the chosen one stays chosen where it is among them."""
        blocked = self.blockSignals(True)
        place = self.verticalScrollBar().value()
        folded = {name for name, item in self._folders().items() if not item.isExpanded()}
        self.clear()
        folders: dict[str, QTreeWidgetItem] = {}
        for entry in entries:
            item = QTreeWidgetItem([entry.what.title])
            item.setData(0, _ENTRY, entry)
            item.setToolTip(0, entry.what.description)
            spoken = f"{entry.what.title}, {second_line(entry)}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
            self._folder(entry.folder, folders, folded).addChild(item)
            if entry.id == chosen:
                self.setCurrentItem(item)
        self.verticalScrollBar().setValue(place)
        if (current := self.currentItem()) is not None:
            self.scrollToItem(current)
        self.blockSignals(blocked)

    @property
    def entry(self) -> LibraryEntry | None:
        """The one that is chosen, None for a folder or nothing."""
        item = self.currentItem()
        return item.data(0, _ENTRY) if item is not None else None

    def choose_first(self) -> None:
        """Choose the first entry, where there is one."""
        item = self.topLevelItem(0)
        while item is not None and item.data(0, _ENTRY) is None:
            item = item.child(0)
        if item is not None:
            self.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.entry is not None:
            self.delete_requested.emit()
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
        entry = items[0].data(0, _ENTRY) if items else None
        path = self.file_of(entry) if entry is not None else ""
        if path:
            data.setUrls([QUrl.fromLocalFile(path)])
        return data

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def _use(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _ENTRY) is not None:
            self.use_requested.emit()

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (entry := item.data(0, _ENTRY)) is not None:
            self.chosen.emit(entry)

    def _folder(self, path: str, made: dict[str, QTreeWidgetItem], folded: set[str]) -> QTreeWidgetItem:
        if not path:
            return self.invisibleRootItem()
        if path not in made:
            above, _, name = path.rpartition("/")
            item = QTreeWidgetItem([name])
            item.setData(0, _FOLDER, path)
            self._folder(above, made, folded).addChild(item)
            item.setExpanded(path not in folded)
            made[path] = item
        return made[path]

    def _folders(self) -> dict[str, QTreeWidgetItem]:
        found: dict[str, QTreeWidgetItem] = {}
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None and (path := item.data(0, _FOLDER)):
                found[path] = item
                waiting += [item.child(i) for i in range(item.childCount())]
        return found


def second_line(entry: LibraryEntry) -> str:
    """Return what stands below the title of an entry."""
    kind = tr("persona") if entry.is_persona else f"/{entry.command}" if entry.command else tr("template")
    parts = (tr("cannot be used") if entry.problem else "", kind, origin_words(entry))
    return " · ".join(part for part in parts if part)
