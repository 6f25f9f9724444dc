"""What the user does with the model's view of the open chat: looks, pins, keeps a note of what fell out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.chat import ContextNote, Conversation, MessageId, MessageState, ShownMessage
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.flows.chat import AnswerDone, readable
from chatdesk.flows.context import ContextSeen
from chatdesk.ui.chat.context_watch import ContextWatch
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.jobs import Job, JobRunner

if TYPE_CHECKING:  # the window opens without them
    from chatdesk.flows.context_note import ContextNoteFlow
    from chatdesk.ui.chat.context_view import ContextView


class ContextDesk(QObject):
    """Shows the sheet, and carries out what is asked on it."""

    shown = Signal(str)  # message id: to be shown in the chat
    failed = Signal(object)  # ChatDeskError, while the sheet is not open
    told = Signal(str)  # why a message cannot be pinned now, while the sheet is not open
    moved_on = Signal()  # the view of a chat with a note has left messages behind that the note lacks

    def __init__(
        self,
        chat: OpenChat,
        chats: Chats,
        watch: ContextWatch,
        flow: Callable[[], ContextNoteFlow],
        runner: JobRunner,
        page: QWidget,
    ) -> None:
        super().__init__(chat)
        self._page = page
        self._chat = chat
        self._chats = chats
        self._watch = watch
        self._flow = flow  # made when it is first used
        self._runner = runner
        self._view: ContextView | None = None
        self._seen: ContextSeen | None = None
        self._job: Job | None = None
        self._wanted = False  # a note, as soon as it is known what fell out
        self._step = ""
        self._text = ""
        self._until: MessageId | None = None  # the last message of the note that the sheet shows
        watch.counted.connect(self._take)
        watch.failed.connect(self._tell)

    def renew_note(self) -> None:
        """Show the sheet and let the model write a new note at once."""
        self._wanted = True
        self.open()

    def open(self) -> None:
        """Show the sheet."""
        if self._view is None:
            from chatdesk.ui.chat.context_view import ContextView

            view = ContextView(self._page.window())
            view.pin_requested.connect(self.pin)
            view.shown.connect(self.shown)
            view.note_requested.connect(self._write)
            view.stop_requested.connect(self.stop)
            view.note_edited.connect(self._edit)
            view.destroyed.connect(self._closed)
            self._view = view
            self._show_note()
            view.open()
        self._watch.count()

    def add_to_menu(self, menu: QMenu, shown: ShownMessage) -> None:
        """Offer to pin a message in the menu below it."""
        message = shown.message
        words = tr("Unpin from the model's view") if message.pinned else tr("Pin into the model's view")
        action = menu.addAction(words, lambda: self.pin(message.id, not message.pinned))
        action.setToolTip(tr("Pinned, it stays in the view when the messages around it no longer fit."))
        menu.setToolTipsVisible(True)

    def pin(self, message: str, pinned: bool) -> None:
        """Let a message stay in the view, or no longer."""
        stored = self._chats.message(MessageId(message))
        if stored is None:
            return
        if stored.state is MessageState.streaming:
            sentence = tr("This answer is being written. Try again when it is done.")
            self._say(sentence)
            if self._view is None:
                self.told.emit(sentence)
            return
        try:
            self._chats.update(replace(stored, pinned=pinned))
        except ChatDeskError as error:
            self._tell(error)
            if self._view is None:
                self.failed.emit(error)
        self._chat.refresh()
        self._watch.count()

    def stop(self) -> None:
        """Give up the note that is being written."""
        if self._job is not None:
            self._job.cancel()

    def answered(self, event: AnswerDone) -> None:
        """Look whether a chat with a note has moved on."""
        chat, begins = self._chat.conversation, event.shown.message.view_start
        if event.conversation != chat.id or chat.note is None or begins is None or self._view is not None:
            return
        ids = [message.id for message in self._chats.path(event.shown.message.id)]
        if chat.note.until in ids and begins in ids and ids.index(begins) > ids.index(chat.note.until) + 1:
            self.moved_on.emit()

    def _take(self, seen: ContextSeen | None) -> None:
        self._seen = seen
        if seen is None or self._view is None:
            return
        self._view.show_seen(seen)
        if self._wanted and seen.fallen_out is not None:
            self._wanted = False
            self._write()

    def _write(self) -> None:
        seen, chat = self._seen, self._chat.conversation
        if self._job is not None or self._view is None or seen is None or seen.fallen_out is None:
            return
        if self._chat.busy:
            self._say(tr("An answer is being written. Try again when it is done."))
            return
        until, options, context = seen.fallen_out, self._chat.options(), seen.context
        self._view.show_problem("")
        self._step, self._text = tr("Starting the model…"), ""
        job = Job(lambda cancel: self._flow().write(chat, until, options, context, cancel), self)
        self._job = job
        job.produced.connect(lambda event: self._follow(chat, event))
        job.failed.connect(self._tell)
        job.finished.connect(self._ended)
        self._view.show_writing(self._step, "")
        self._runner.start(job)

    def _follow(self, chat: Conversation, event: object) -> None:
        from chatdesk.flows.context_note import NoteGrew, NoteStep

        match event:
            case NoteStep(number, count):
                self._step, self._text = tr("Reading the first messages…"), ""
                if count > 1:
                    words = tr("Reading the first messages: part {number} of {count}")
                    self._step = words.format(number=number, count=count)
            case NoteGrew(text):
                self._text += text
            case ContextNote():
                self._keep(chat, event)
        if self._view is not None:
            self._view.show_writing(self._step, self._text)

    def _ended(self) -> None:
        self._job = None
        if self._view is not None:
            self._view.show_writing("", "")
            self._show_note()
        self._watch.renew()

    def _edit(self, text: str) -> None:
        chat = self._chat.conversation
        until = chat.note.until if chat.note is not None else self._until
        if until is not None:
            self._until = until
            self._keep(chat, ContextNote(text, until) if text else None)
            self._watch.renew()

    def _keep(self, chat: Conversation, note: ContextNote | None) -> None:
        try:
            if chat.id == self._chat.conversation.id:
                self._chat.choose(note=note)
            else:
                self._flow().keep(chat, note)
        except ChatDeskError as error:
            self._tell(error)

    def _show_note(self) -> None:
        note = self._chat.conversation.note
        self._until = note.until if note is not None else None
        if self._view is not None:
            self._view.show_note(note.text if note is not None else "")

    def _tell(self, error: Exception) -> None:
        self._say(readable(error))

    def _say(self, sentence: str) -> None:
        if self._view is not None:
            self._view.show_problem(sentence)

    def _closed(self) -> None:
        self._view = None
        self._wanted = False
