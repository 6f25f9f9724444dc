"""The sidebar: new chat, new folder, search, the list of chats, and the bin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.domain.chat import Conversation, Folder
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.chat.chat_tree import ConversationTree
from chatdesk.ui.chat.conversation_model import ConversationModel
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import GAP, push_button, show_sign, tool_button

WIDTH = 252  # pixels at 100 % text size
WIDEST = 350  # pixels: the chat beside it needs room too


class Sidebar(QFrame):
    """What stands left of the transcript."""

    new_requested = Signal()
    folder_requested = Signal()
    search_requested = Signal()
    bin_requested = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.model = ConversationModel(self)
        self.list = ConversationTree(self.model, self)
        self.new_chat = push_button("new-chat", tr("New chat"), "primary", "plus")
        hint_on(self.new_chat, tr("New chat"), "new-chat")
        self.new_folder = tool_button("new-folder", tr("New folder"))
        hint_on(self.new_folder, tr("New folder"), "new-folder")
        self.search = tool_button("search-chats", tr("Search all chats"))
        hint_on(self.search, tr("Search all chats"), "search-chats")
        self.bin = tool_button("bin", tr("Bin"))
        self.bin.setText(f"{GAP}{tr('Bin')}")
        self.bin.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        hint_on(self.bin, tr("What was deleted within the last 30 days"), "bin")
        self._empty = QLabel(tr("Your chats will be listed here."), self)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(10, 8, 10, 8)
        self._arrange()
        self.new_chat.clicked.connect(self.new_requested)
        self.new_folder.clicked.connect(self.folder_requested)
        self.search.clicked.connect(self.search_requested)
        self.bin.clicked.connect(self.bin_requested)
        self.list.opened.connect(self.opened)
        follow(self, self._restyle)

    def show_conversations(
        self, conversations: Sequence[Conversation], folders: Sequence[Folder], unfolded: frozenset[str]
    ) -> None:
        """List the chats; folders with the keys `unfolded` are open."""
        place = self.list.verticalScrollBar().value()
        self.model.show(conversations, datetime.now().astimezone(), folders)
        self.list.unfold(unfolded)
        self.list.verticalScrollBar().setValue(place)
        empty = not conversations and not folders
        self._empty.setVisible(empty)
        self.list.setVisible(not empty)

    def select(self, conversation: str) -> None:
        self.list.go_to(conversation)

    def _restyle(self, colours: Colours) -> None:
        self.list.rows.colours = colours
        self.setStyleSheet(sheets.sidebar(colours) + f"#bin {{ color: {colours.muted}; padding: 4px 8px; }}")
        self.setFixedWidth(round(min(scaled(WIDTH), WIDEST)))
        show_sign(self.search, "search", colours.muted)
        show_sign(self.new_folder, "folder-plus", colours.muted)
        show_sign(self.bin, "trash-2", colours.muted, 16)
        self.list.scheduleDelayedItemsLayout()  # the rows are closer in a compact window
        self._empty.setStyleSheet(f"color: {colours.muted};")
        self.list.viewport().update()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.new_chat, 1)
        for button in (self.new_folder, self.search):
            # Without a place of their own, the lower buttons would limit the height of all.
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        bottom = QHBoxLayout()
        bottom.addWidget(self.bin)
        bottom.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)
        column.addStretch()
        column.setStretchFactor(self.list, 1000)
        column.addLayout(bottom)
