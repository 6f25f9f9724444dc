"""The chat page: where its parts stand. What they mean is the controller's business."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.find_bar import FindBar
from chatdesk.ui.chat.header import ChatHeader
from chatdesk.ui.chat.sidebar import Sidebar
from chatdesk.ui.chat.welcome import Welcome
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.transcript.view import TranscriptView
from chatdesk.ui.widgets.banner import Banner

COLUMN = 800  # pixels: the widest that text and message box get


class ChatPage(QWidget):
    """Sidebar, header, transcript (or a welcome), find bar and message box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-chat")
        self.sidebar = Sidebar(self)
        self.header = ChatHeader(self)
        self.demonstration = Banner(self)
        self.notice = Banner(self)
        self.find_bar = FindBar(self)
        self.transcript = TranscriptView(self)
        self.welcome = Welcome(self)
        self.composer = Composer(self)
        self.editing = Banner(self)
        self.note = QLabel(tr("Models make mistakes. Check what matters."), self)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.transcript)
        self._arrange()
        follow(self, self._restyle)

    def show_empty(self, empty: bool) -> None:
        """Show the welcome in place of the transcript."""
        self.stack.setCurrentWidget(self.welcome if empty else self.transcript)

    def _arrange(self) -> None:
        main = QFrame(self)
        main.setObjectName("chat-main")
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self.demonstration)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        column.addLayout(_centred(self.editing))
        column.addLayout(_centred(self.composer))
        column.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(main, 1)
        self.note.setContentsMargins(0, 4, 0, 8)

    def _restyle(self, colours: Colours) -> None:
        self.setStyleSheet(_sheet(colours))
        self.composer.send.setIcon(icon("arrow-up", colours.on_accent))
        self.composer.stop.setIcon(icon("square", colours.on_accent))
        self.note.setStyleSheet(f"color: {colours.muted};")
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        self.note.setFont(font)


def _sheet(c: Colours) -> str:
    return (
        f"""
#chat-main, #welcome {{ background: {c.base}; }}
#chat-header, #find-bar {{ background: {c.base}; border: none; border-bottom: 1px solid {c.border}; }}
#model-picker {{ padding: 5px 10px; }}
#thinking {{ padding: 5px 9px; }}
"""
        + sheets.tool_buttons(c)
        + sheets.fields(c)
        + sheets.menus(c)
        + sheets.composer(c)
    )


def _centred(widget: QWidget) -> QHBoxLayout:
    widget.setMaximumWidth(COLUMN)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    row = QHBoxLayout()
    row.setContentsMargins(20, 4, 20, 0)
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row
