"""The chat page: where its parts stand. What they mean is the controller's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.settings import Reading, SendKey
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.context_meter import ContextMeter
from chatdesk.ui.chat.find_bar import FindBar
from chatdesk.ui.chat.header import ChatHeader
from chatdesk.ui.chat.sidebar import Sidebar
from chatdesk.ui.chat.welcome import Welcome
from chatdesk.ui.pictures.previews import Load, no_preview
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import show_sign
from chatdesk.ui.widgets.dropped import local_files, loose_picture

if TYPE_CHECKING:
    from chatdesk.ui.transcript.view import TranscriptView

ONE_LINE = 640  # pixels at 100 % text size that the words below the message box take beside the meter
COLUMN = 428  # pixels that the chat needs beside the list of chats
BESIDE = 20  # pixels: the message box is wider than the text
_PICKER = "#model-picker { padding: 5px 10px; } #thinking { padding: 5px 9px; }"


class ChatPage(QWidget):
    """Sidebar, header, transcript (or a welcome), find bar and message box."""

    action_requested = Signal(str, str)  # action of a message's footer, message id
    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-chat")
        self._main = QFrame(self)
        self.sidebar = Sidebar(self)
        self.header = ChatHeader(self)
        self.demonstration = Banner(self)
        self.notice = Banner(self)
        self.find_bar = FindBar(self)
        self._transcript: TranscriptView | None = None
        self._text_size = 100
        self._reading = Reading()
        self._load_preview: Load = no_preview
        self.welcome = Welcome(self)
        self.composer = Composer(self)
        self.editing = Banner(self)
        self.blind = Banner(self)  # the model does not see the picture that is attached
        self.meter = ContextMeter(self)
        self.note = QLabel(self)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setWordWrap(True)
        self._drop_hint = QLabel(tr("Drop to attach"), self._main)
        self._drop_hint.setObjectName("drop-hint")
        self._drop_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop_hint.hide()
        self.setAcceptDrops(True)
        self._sidebar_wanted = True
        self._had_room = False
        self._above: list[QWidget] = []
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.welcome)
        self._arrange()
        self._widen()
        follow(self, self._restyle)

    @property
    def transcript(self) -> TranscriptView:
        """The messages. Made when it is first asked for: a window without any opens sooner."""
        if self._transcript is None:
            from chatdesk.ui.transcript.view import TranscriptView

            self._transcript = TranscriptView(self)
            self._transcript.action_requested.connect(self.action_requested)
            self._transcript.link_activated.connect(self.link_activated)
            self._transcript.set_text_size(self._text_size)
            self._transcript.set_reading(self._reading)
            self._transcript.set_previews(self._load_preview)
            self.stack.addWidget(self._transcript)
            self._dress_transcript(colours())
        return self._transcript

    @property
    def shows_messages(self) -> bool:
        """Whether the transcript is there, with the messages of some chat."""
        return self._transcript is not None

    def set_previews(self, load: Load) -> None:
        """Take the previews of pictures from `load`; called before there are messages."""
        self._load_preview = load
        self.composer.set_previews(load)

    def set_text_size(self, percent: int) -> None:
        """Show messages at `percent` of their normal size."""
        self._text_size = percent
        self._widen()
        if self._transcript is not None:
            self._transcript.set_text_size(percent)

    def set_reading(self, reading: Reading) -> None:
        """Show messages in these fonts, this width and density, with or without their time."""
        self._reading = reading
        self._widen()
        if self._transcript is not None:
            self._transcript.set_reading(reading)

    def show_empty(self, empty: bool) -> None:
        """Show the welcome in place of the transcript."""
        self.stack.setCurrentWidget(self.welcome if empty else self.transcript)

    def show_sidebar(self, wanted: bool) -> None:
        """Show the list of chats as far as there is room for it beside a readable column."""
        self._sidebar_wanted = wanted
        self.sidebar.setVisible(wanted and self.has_room)
        self._tell_keys()

    @property
    def has_room(self) -> bool:
        """Whether the list of chats fits beside a readable column."""
        return self.width() >= self.sidebar.minimumWidth() + COLUMN

    def show_send_key(self, key: SendKey) -> None:
        """Say below the message box which key sends, where there is room for it."""
        self.composer.set_send_key(key)
        self._tell_keys()

    def _tell_keys(self) -> None:
        words = tr("Models make mistakes: check what matters.")
        beside = 0 if self.sidebar.isHidden() else self.sidebar.minimumWidth()
        if self.width() - beside >= scaled(ONE_LINE):
            words = (
                tr("Enter sends, Shift+Enter makes a new line. Models make mistakes: check what matters.")
                if self.composer.box.send_key is SendKey.enter
                else tr("Ctrl+Enter sends, Enter makes a new line. Models make mistakes: check what matters.")
            )
        self.note.setText(words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) or loose_picture(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._drop_hint.setGeometry(self._main.rect().adjusted(8, 8, -8, -8))
            self._drop_hint.raise_()
            self._drop_hint.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.hide()
        event.acceptProposedAction()
        if files := local_files(event.mimeData()):
            self.composer.files_offered.emit(files)
        elif (picture := loose_picture(event.mimeData())) is not None:
            self.composer.picture_offered.emit(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sidebar()
        self._tell_keys()

    def _fit_sidebar(self) -> None:
        if self._had_room != self.has_room:
            self._had_room = self.has_room
            self.show_sidebar(self._sidebar_wanted)

    def _arrange(self) -> None:
        main = self._main
        main.setObjectName("chat-main")
        column = self._column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addLayout(_inset(self.demonstration))
        column.addLayout(_inset(self.notice))
        column.addWidget(self.stack, 1)
        column.addLayout(_centred(self.editing))
        column.addLayout(_centred(self.blind))
        column.addLayout(_centred(self.composer))
        column.addLayout(self._below_composer())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(main, 1)
        self.note.setContentsMargins(20, 4, 20, 8)

    def _below_composer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.note, 1)
        row.addWidget(self.meter)
        return row

    def add_below_header(self, part: QWidget) -> None:
        """Let a part that tells of the chat stand below the header, as wide as that."""
        self._column.insertWidget(self._column.indexOf(self.header) + 1, part)

    def add_above_composer(self, part: QWidget) -> None:
        """Let a part stand above the message box, as wide as that."""
        self._above.append(part)
        self._column.insertLayout(self._column.indexOf(self.stack) + 1, _centred(part))
        self._widen()

    def _widen(self) -> None:
        widest = round(self._reading.width * self._text_size / 100) + BESIDE
        for part in (*self._above, self.editing, self.blind, self.composer):
            part.setMaximumWidth(widest)

    def _dress_transcript(self, now: Colours) -> None:
        if self._transcript is not None:
            from chatdesk.ui.transcript.formats import fitting

            self._transcript.set_colours(fitting(now))

    def _dress_composer(self, now: Colours) -> None:
        composer, side = self.composer, round(scaled(34))
        composer.setStyleSheet(sheets.composer(now))
        for button in (composer.attach, composer.templates, composer.send, composer.stop):
            button.setFixedSize(side, side)
        show_sign(composer.attach, "paperclip", now.muted)
        show_sign(composer.templates, "layout-template", now.muted)
        show_sign(composer.send, "arrow-up", now.on_accent)
        show_sign(composer.stop, "square", now.on_accent)

    def _restyle(self, now: Colours) -> None:
        # Each part has a sheet of its own: one on the page would reach the rows of the transcript.
        self._main.setStyleSheet(
            f"#chat-main {{ background: {now.base}; border: none; }}"
            f"#drop-hint {{ background: {now.bubble}; color: {now.text}; border: 2px dashed {now.accent};"
            " border-radius: 14px; }"
        )
        bar = f"border: none; border-bottom: 1px solid {now.border};"
        controls = sheets.tool_buttons(now) + sheets.menus(now)
        self.header.setStyleSheet(f"#chat-header {{ {bar} }}" + controls + _PICKER)
        self.find_bar.setStyleSheet(f"#find-bar {{ {bar} }}" + controls + sheets.fields(now))
        self._dress_composer(now)
        self._dress_transcript(now)
        self.note.setStyleSheet(f"color: {now.muted};")
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        self.note.setFont(font)
        self._fit_sidebar()  # it is wider with larger text
        self._tell_keys()


def _inset(banner: Banner) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(12, 8, 12, 0)
    column.addWidget(banner)
    return column


def _centred(widget: QWidget) -> QHBoxLayout:
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    row = QHBoxLayout()
    row.setContentsMargins(20, 4, 20, 0)
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row
