"""The sidebar: new chat, search, and the list of chats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat import Conversation, ConversationId
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.chat.conversation_model import ChatRole, ConversationModel
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import LIGHT, Colours, follow, spaced
from chatdesk.ui.widgets.buttons import push_button

Index = QModelIndex | QPersistentModelIndex


class ChatDelegate(QStyledItemDelegate):
    """Draws headings and chats; style sheet rules for items would neither keep their padding nor elide."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(60, line + (18 if index.data(ChatRole.is_heading) else spaced(16)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        if index.data(ChatRole.is_heading):
            self._paint_heading(painter, area, index)
        else:
            self._paint_chat(painter, area, option.state, index)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(4, 2, -4, -2))

    def _paint_heading(self, painter: QPainter, area: QRect, index: Index) -> None:
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.colours.muted))
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading
        painter.drawText(area.adjusted(10, 0, -8, -5), bottom, str(index.data()))

    def _paint_chat(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, index: Index) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(self.colours.bubble if selected else self.colours.hover))
            painter.setPen(QColor(self.colours.accent) if focused and selected else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 7, 7)
        text = area.adjusted(10, 0, -10, 0)
        if index.data(ChatRole.is_busy):
            dot = QRectF(text.right() - 7, area.center().y() - 3, 7, 7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.colours.accent))
            painter.drawEllipse(dot)
            text.setRight(round(dot.left()) - 8)
        painter.setPen(QColor(self.colours.text))
        title = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, title)


class ConversationList(QListView):
    """The chats; Enter opens, F2 or a double click renames, Delete deletes (it can be undone)."""

    delete_requested = Signal(str)
    opened = Signal(str)

    def __init__(self, model: ConversationModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chats = model
        self.setModel(model)
        self.setObjectName("conversations")
        self.setAccessibleName(tr("Chats"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chat = self.chats.conversation_at(self.currentIndex())
        if event.key() == Qt.Key.Key_Delete and chat is not None:
            self.delete_requested.emit(chat.id)
            return
        super().keyPressEvent(event)

    def rename_current(self) -> None:
        """Open the editor on the selected chat's title."""
        if self.chats.conversation_at(self.currentIndex()) is not None:
            self.edit(self.currentIndex())

    def menu_for(self, conversation: Conversation) -> QMenu:
        """Return the context menu of one chat."""
        menu = QMenu(self)
        menu.addAction(tr("Rename"), self.rename_current)
        menu.addAction(tr("Delete"), lambda: self.delete_requested.emit(conversation.id))
        return menu

    def _show_menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        chat = self.chats.conversation_at(index)
        if chat is not None:
            self.setCurrentIndex(index)
            self.menu_for(chat).popup(self.viewport().mapToGlobal(where))

    def _open(self, index: QModelIndex) -> None:
        chat = self.chats.conversation_at(index)
        if chat is not None:
            self.opened.emit(chat.id)


class Sidebar(QFrame):
    """What stands left of the transcript."""

    new_requested = Signal()
    search_requested = Signal()
    opened = Signal(str)
    renamed = Signal(str, str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setFixedWidth(252)
        self.model = ConversationModel(self)
        self.list = ConversationList(self.model, self)
        self._delegate = ChatDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.new_chat = push_button("new-chat", tr("New chat"), "primary", "plus")
        self.new_chat.setToolTip(tr("New chat (Ctrl+N)"))
        self.search = QToolButton(self)
        self.search.setObjectName("search-chats")
        self.search.setAccessibleName(tr("Search all chats"))
        self.search.setToolTip(tr("Search all chats (Ctrl+K)"))
        self._empty = QLabel(tr("Your chats will be listed here."), self)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(10, 8, 10, 8)
        self._arrange()
        self.new_chat.clicked.connect(self.new_requested)
        self.search.clicked.connect(self.search_requested)
        self.list.opened.connect(self.opened)
        self.list.delete_requested.connect(self.delete_requested)
        self.model.renamed.connect(self.renamed)
        follow(self, self._restyle)

    def show_conversations(
        self, conversations: Sequence[Conversation], current: ConversationId | None
    ) -> None:
        """List the chats, the current one selected."""
        place = self.list.verticalScrollBar().value()
        self.model.show(conversations, datetime.now().astimezone())
        self.list.verticalScrollBar().setValue(place)
        self._empty.setVisible(not conversations)
        self.list.setVisible(bool(conversations))
        self.select(current)

    def select(self, conversation: ConversationId | None) -> None:
        index = self.model.index_of(conversation)
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.list.scrollTo(index)
        else:
            self.list.selectionModel().clear()

    def _restyle(self, colours: Colours) -> None:
        self._delegate.colours = colours
        self.setStyleSheet(sheets.sidebar(colours))
        self.search.setIcon(icon("search", colours.muted))
        self._empty.setStyleSheet(f"color: {colours.muted};")
        self.list.scheduleDelayedItemsLayout()  # the rows are closer in a compact window
        self.list.viewport().update()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.new_chat, 1)
        top.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)
        column.addStretch()
        column.setStretchFactor(self.list, 1000)
