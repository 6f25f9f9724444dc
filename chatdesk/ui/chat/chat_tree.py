"""The list of chats as one sees it: a tree that is walked by mouse and keyboard, and into which one drags."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.chat.chat_delegate import ChatDelegate
from chatdesk.ui.chat.chat_drag import MIME, Chosen
from chatdesk.ui.chat.chat_outline import Kind
from chatdesk.ui.chat.conversation_model import ConversationModel

AUTO_EXPAND_MS = 700  # a folder opens when something is held over it this long
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ConversationTree(QTreeView):
    """Enter opens, F2 or a double click renames, Delete deletes (it can be undone), the menu key has more."""

    delete_requested = Signal(object)  # Chosen
    opened = Signal(str)  # conversation id
    menu_requested = Signal(QPoint)  # where on the screen
    unfolded = Signal()  # a folder was opened or closed by the user

    def __init__(self, model: ConversationModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chats = model
        self.rows = ChatDelegate(self)
        self._target: QPersistentModelIndex | None = None  # what is dragged would fall on it
        self._shown = ""  # the chat that was selected last because it is open
        self.setModel(model)
        self.setItemDelegate(self.rows)
        self.setObjectName("conversations")
        self.setAccessibleName(tr("Chats"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)  # the delegate moves rows in, as far as there is room
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(AUTO_EXPAND_MS)
        self.clicked.connect(self._click)

    def chosen(self) -> Chosen:
        """Return the chats and folders that are selected."""
        return self.chats.chosen(self.selectedIndexes())

    def rename_current(self) -> None:
        """Open the editor on the name of the current chat or folder."""
        node = self.chats.node_at(self.currentIndex())
        if node is not None and node.what is not None:
            self.edit(self.currentIndex())

    def go_to(self, key: str) -> None:
        """Select a chat or folder alone and scroll to it; folders around it open."""
        index = self.chats.index_of(key)
        if not index.isValid():
            self.selectionModel().clear()
            return
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def show_open(self, key: str) -> None:
        """Select the open chat, unless the user has gone elsewhere in the list since it was opened."""
        if key != self._shown or not self.selectionModel().hasSelection():
            self._shown = key
            self.go_to(key)
        self.rows.open_key = key

    def unfold(self, keys: frozenset[str]) -> None:
        """Open the folders with these keys and close the others."""
        for index in self.chats.folder_indexes():
            node = self.chats.node_at(index)
            wanted = node is not None and node.key in keys
            if self.isExpanded(index) != wanted:
                self.setExpanded(index, wanted)

    def open_folders(self) -> frozenset[str]:
        """Return the keys of the folders that are open."""
        nodes = [self.chats.node_at(index) for index in self.chats.folder_indexes() if self.isExpanded(index)]
        return frozenset(node.key for node in nodes if node is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete and (chosen := self.chosen()):
            self.delete_requested.emit(chosen)
        elif event.key() in _OPEN and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.unfolded.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Its first click has opened or closed a folder; a second one is no wish to rename it.
        if self.chats.conversation_at(self.indexAt(event.position().toPoint())) is not None:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        else:
            index = self.indexAt(where)
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            elif not index.isValid():
                self.selectionModel().clear()
        self.menu_requested.emit(self.viewport().mapToGlobal(where))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            super().dragEnterEvent(event)
        else:
            event.ignore()  # files are for the page

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges and opens folders
        index = self.indexAt(event.position().toPoint())
        fits = self.chats.canDropMimeData(event.mimeData(), Qt.DropAction.MoveAction, -1, -1, index)
        self._aim(QPersistentModelIndex(index) if fits else None)
        if fits:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(None)
        index = self.indexAt(event.position().toPoint())
        if self.chats.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, -1, -1, index):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()
        self.setState(QAbstractItemView.State.NoState)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.rows.colours.accent), 2))
        area = self.visualRect(self._target) if self._target.isValid() else self.viewport().rect()
        painter.drawRoundedRect(QRectF(area).adjusted(1.5, 1.5, -1.5, -1.5), 7, 7)
        painter.end()

    def _aim(self, target: QPersistentModelIndex | None) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def _click(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        node = self.chats.node_at(index)
        if node is None:
            return
        if node.kind in (Kind.folder, Kind.archive):
            self.setExpanded(index, not self.isExpanded(index))
            self.unfolded.emit()
        elif node.chat is not None:
            self.opened.emit(node.chat.id)
