"""A small window in front of all others: one field, and the answer below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QGuiApplication, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.chat import Conversation, Draft, MessageId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.flows.chat import AnswerDone, AnswerStarted, ChatFlow, first_words
from chatdesk.flows.options import AnswerOptions
from chatdesk.ui import sheets
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.icons import application_icon
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.transcript.formats import Formats, fitting
from chatdesk.ui.transcript.view import TranscriptView
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

WIDTH = 560  # pixels at 100 % text size
HEIGHT = 440


class QuickAsk(QWidget):
    """Asks in a chat of its own, which is stored as every other; Esc closes, and what runs goes on.

    `begin` makes a chat, `options` says how it is answered.
    """

    asked = Signal()  # a question was stored
    opened = Signal(str)  # conversation id: the user wants it in the large window
    closed = Signal()

    def __init__(
        self,
        chats: Chats,
        flow: ChatFlow,
        answers: Answers,
        begin: Callable[[], Conversation],
        options: Callable[[Conversation], AnswerOptions],
    ) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self._chats, self._flow, self._answers = chats, flow, answers
        self._begin, self._options = begin, options
        self._chat = begin()
        self.setObjectName("quick-ask")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(tr("Quick ask"))
        self.setWindowIcon(application_icon())
        self.field = QLineEdit()
        self.field.setObjectName("quick-question")
        self.field.setPlaceholderText(tr("Ask, and press Enter"))
        self.field.setAccessibleName(tr("Question"))
        self.field.returnPressed.connect(self.ask)
        self.transcript = TranscriptView()
        self.transcript.hide()
        self.note = Label(
            tr("Esc closes. What is asked here stands among your chats."), 9, tone="muted"
        ).wrap()
        self.stop = push_button("quick-stop", tr("Stop"), "", "square")
        self.open = push_button("quick-open", tr("Open as chat"))
        self.stop.clicked.connect(lambda: answers.stop(self._chat.id))
        self.open.clicked.connect(self._open)
        self._arrange()
        answers.started.connect(self._started)
        answers.text_grew.connect(lambda m, text: self.transcript.feed_text(MessageId(m), text))
        answers.thinking_grew.connect(lambda m, text: self.transcript.feed_thinking(MessageId(m), text))
        answers.progressed.connect(lambda m, words: self.transcript.set_progress(MessageId(m), words))
        answers.done.connect(self._done)
        answers.failed.connect(self._failed)
        self.transcript.action_requested.connect(self._act)
        follow(self, self._restyle)
        self._show_state()

    def come_forward(self) -> None:
        """Show the window with an empty field; a chat whose answer still runs is shown on."""
        if not self.isVisible() and not self._answers.busy(self._chat.id):
            self._chat = self._begin()
            self.transcript.show_messages([])
            self.transcript.hide()
            self.resize(round(scaled(WIDTH)), self.minimumSizeHint().height())
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self._show_state()
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()
        self.field.selectAll()

    def ask(self) -> None:
        """Ask what stands in the field, unless an answer is being written."""
        text = self.field.text().replace("\0", "").strip()
        if not text or self._answers.busy(self._chat.id):
            return
        stored = self._chats.conversation(self._chat.id)
        chat = stored or replace(self._chat, title=first_words(text))
        try:
            question = self._flow.ask(chat, Draft(text), stored.head if stored is not None else None)
        except ChatDeskError as error:
            self.note.setText(f"{error.sentence} {error.hint}".strip())
            return
        self._chat = chat
        self.field.clear()
        self._answers.answer(chat.id, question.id, self._options(chat))
        self._show_branch()
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _act(self, action: str, message: str) -> None:
        """Do what a button below a message asks for; for more there is the large window."""
        shown = self._chats.message(MessageId(message))
        if shown is None:
            return
        if action == "copy":
            QGuiApplication.clipboard().setText(shown.text)
        elif action == "regenerate" and shown.parent is not None:
            self._answers.answer(self._chat.id, shown.parent, self._options(self._chat))
        elif action == "continue":
            self._answers.go_on(self._chat.id, shown.id, self._options(self._chat))
        else:
            self._open()

    def _open(self) -> None:
        conversation = self._chat.id
        self.close()
        self.opened.emit(conversation)

    def _show_branch(self) -> None:
        self.transcript.show_messages(self._chats.branch(self._chat.id))
        self.transcript.scroll_to_end()
        if self.transcript.isHidden():
            self.transcript.show()
            self.resize(self.width(), max(self.height(), round(scaled(HEIGHT))))
        self._show_state()

    def _started(self, event: AnswerStarted) -> None:
        if event.conversation == self._chat.id:
            self._show_branch()
            self.transcript.begin_stream(event.shown.message.id)

    def _done(self, event: AnswerDone) -> None:
        if event.conversation == self._chat.id:
            self.transcript.end_stream(event.shown)
            self._show_state()

    def _failed(self, conversation: str, error: object) -> None:
        if conversation == self._chat.id and isinstance(error, ChatDeskError):
            self.note.setText(f"{error.sentence} {error.hint}".strip())
            self._show_state()

    def _show_state(self) -> None:
        self.stop.setVisible(self._answers.busy(self._chat.id))
        self.open.setVisible(not self.transcript.isHidden())

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.note, 1)
        below.addWidget(self.stop)
        below.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.transcript, 1)
        column.addLayout(below)

    def _restyle(self, c: Colours) -> None:
        font = QFont(self.font())
        font.setPointSizeF(scaled(12))
        self.field.setFont(font)
        # Each part has a sheet of its own: one on the window would reach the rows of the transcript.
        for part in (self.open, self.stop):
            part.setStyleSheet(sheets.buttons(c))
        self.field.setStyleSheet(sheets.fields(c))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Window, QColor(c.base))
        self.setPalette(colours)
        percent = round(scaled(100))
        self.transcript.redraw(Formats(fitting(c), percent, self.transcript.formats.reading))
