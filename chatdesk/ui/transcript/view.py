"""The conversation: shows messages, lets answers grow, and reports what the user wants done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QWidget

from chatdesk.domain.chat import MessageId, MessageState, ShownMessage
from chatdesk.domain.settings import Reading
from chatdesk.domain.words import tr
from chatdesk.ui.pictures.previews import Load, no_preview
from chatdesk.ui.transcript.answer_stream import AnswerStream
from chatdesk.ui.transcript.code_row import CodeRow
from chatdesk.ui.transcript.entries import Entry, Row
from chatdesk.ui.transcript.formats import Formats, TranscriptColours
from chatdesk.ui.transcript.live import Pulse
from chatdesk.ui.transcript.markdown import is_link
from chatdesk.ui.transcript.picture_row import PictureRow
from chatdesk.ui.transcript.reading import ReadingColumn
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import Code, Footer
from chatdesk.ui.transcript.thumb import TOP


class TranscriptView(ReadingColumn):
    """The messages of one chat.

    Calls about a message that is not shown do nothing: its chat is simply not the one being looked at.
    """

    action_requested = Signal(str, str)  # action of a footer, message id
    link_activated = Signal(str)  # http, https or mailto; nothing has been opened

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName(tr("Conversation"))
        self._load_preview: Load = no_preview
        self._by_id: dict[MessageId, Entry] = {}
        self._grown: set[MessageId] = set()
        self._pulse = Pulse(self._draw_grown, self)

    # Messages

    def show_messages(self, messages: Sequence[ShownMessage], *, keep_place: bool = False) -> None:
        """Show these messages in place of all others; `keep_place`: what is at the upper edge stays there."""
        place = None if self.at_end or not keep_place else self.anchor()
        number = place[0].index if place is not None else 0
        before = self._by_id
        entries: list[Entry] = []
        for shown in messages:
            entry = before.get(shown.message.id)
            if entry is None or not keep_place:
                entry = Entry(shown, self.formats)
            elif entry.stream is None:
                self.release(entry.update(shown))
            else:
                entry.shown = shown
            entries.append(entry)
        kept = {id(entry) for entry in entries}
        for old in self.entries:
            if id(old) not in kept:
                self.release(old.rows or ())
        self.entries = entries
        self._by_id = {entry.id: entry for entry in entries}
        self._near = None
        self._number()
        if place is None or not entries:
            self.scroll_to_end()
            return
        # Another version of a message stands where the one at the edge stood.
        entry = self._by_id.get(place[0].id)
        index = entry.index if entry is not None else min(number, len(entries) - 1)
        self.anchor_entry(index, place[1])

    def append(self, shown: ShownMessage) -> None:
        """Show one more message at the end."""
        entry = Entry(shown, self.formats)
        self.entries.append(entry)
        self._by_id[entry.id] = entry
        self._number()
        self.place()

    def replace(self, shown: ShownMessage) -> None:
        """Show a message's new text, state, facts or versions."""
        entry = self._by_id.get(shown.message.id)
        if entry is not None:
            self.release(entry.update(shown))
            self.place()

    def show_message(self, message_id: MessageId) -> None:
        """Bring the beginning of a message to the upper edge."""
        entry = self._by_id.get(message_id)
        if entry is not None:
            self.anchor_entry(entry.index, -TOP)

    def set_view_start(self, message_id: MessageId | None) -> None:
        """Say above this message that the model sees the chat from there on; None: it sees all of it."""
        for entry in self.entries:
            starts = entry.id == message_id
            if starts != entry.view_starts:
                entry.view_starts = starts
                self._refresh(entry)
        self.place()

    def set_progress(self, message_id: MessageId, sentence: str) -> None:
        """Say what happens in place of an answer that is still empty; "" says nothing."""
        entry = self._by_id.get(message_id)
        if entry is not None and entry.progress != sentence:
            entry.progress = sentence
            self._refresh(entry)
            self.place()

    def text_of(self, message_id: MessageId) -> str:
        """Return the text of a message as far as it has been fed, "" for an unknown one."""
        entry = self._by_id.get(message_id)
        if entry is None:
            return ""
        return entry.stream.text if entry.stream is not None else entry.shown.message.text

    def footer_button(self, message_id: MessageId, action: str) -> QWidget | None:
        """Return the button of an action below a message, where it is near the viewport."""
        entry = self._by_id.get(message_id)
        rows = entry.rows if entry is not None else None
        for row in rows or ():
            if row.widget is not None and isinstance(row.content, Footer):
                return row.widget.findChild(QWidget, action)
        return None

    # An answer that is being written

    def begin_stream(self, message_id: MessageId) -> None:
        """Let a message that is shown grow from the text it has; one that grows already goes on."""
        entry = self._by_id.get(message_id)
        if entry is None:
            return
        message = entry.shown.message
        stream = entry.stream
        if stream is None or (stream.text, stream.thinking) != (message.text, message.thinking):
            entry.stream = AnswerStream(message.text, message.thinking)
            self._refresh(entry)
            self.place()

    def feed_text(self, message_id: MessageId, text: str) -> None:
        """Add to the answer; it is drawn with the next pulse."""
        entry = self._by_id.get(message_id)
        if entry is not None and entry.stream is not None:
            entry.stream.feed_text(text)
            self._ask(entry)

    def feed_thinking(self, message_id: MessageId, text: str) -> None:
        """Add to what the model thought."""
        entry = self._by_id.get(message_id)
        if entry is not None and entry.stream is not None:
            entry.stream.feed_thinking(text)
            self._ask(entry)

    def end_stream(self, shown: ShownMessage) -> None:
        """Put the finished message in the place of what was fed."""
        entry = self._by_id.get(shown.message.id)
        if entry is None:
            return
        self._grown.discard(entry.id)
        self.release(entry.end_stream(shown))
        self.place()
        self._announce(shown)

    # Looks

    def set_colours(self, colours: TranscriptColours) -> None:
        if colours != self.formats.colours:
            self.redraw(Formats(colours, self.formats.percent, self.formats.reading))

    def set_previews(self, load: Load) -> None:
        """Take the previews of pictures from `load`; called before there are messages."""
        self._load_preview = load

    def set_text_size(self, percent: int) -> None:
        """Show text at `percent` of its normal size."""
        if percent != self.formats.percent:
            self.redraw(Formats(self.formats.colours, percent, self.formats.reading))

    def set_reading(self, reading: Reading) -> None:
        """Show text in other fonts, another width or density, with or without the time of messages."""
        if reading != self.formats.reading:
            self.redraw(Formats(self.formats.colours, self.formats.percent, reading))
            for entry in self.entries:
                self._refresh(entry)
            self.place()

    # What row widgets report

    def greet(self, widget: RowWidget) -> None:
        super().greet(widget)
        if isinstance(widget, PictureRow):
            widget.set_load(self._load_preview)
        widget.acted.connect(self._act)
        widget.link_activated.connect(self._follow_link)

    def _act(self, widget: RowWidget, action: str) -> None:
        row = self.row_of(widget)
        if row is None:
            return
        if action == "thinking":
            row.entry.thinking_open = not row.entry.thinking_open
            self._refresh(row.entry)
            self.place()
        elif action == "copy-code":
            QGuiApplication.clipboard().setText(_whole_code(row))
            if isinstance(widget, CodeRow):
                widget.confirm_copied()
        else:
            self.action_requested.emit(action, row.entry.id)

    def _follow_link(self, address: str) -> None:
        if is_link(address):
            self.link_activated.emit(address)

    # Inside

    def _ask(self, entry: Entry) -> None:
        self._grown.add(entry.id)
        self._pulse.ask()

    def _draw_grown(self) -> None:
        grown, self._grown = self._grown, set()
        for message_id in grown:
            entry = self._by_id.get(message_id)
            if entry is not None and entry.rows is not None:
                self._refresh(entry)
        self.place()

    def _refresh(self, entry: Entry) -> None:
        if entry.rows is not None:
            self.release(entry.refresh())

    def _number(self) -> None:
        """Give the messages their numbers, and the last one its mark."""
        end = len(self.entries) - 1
        for index, entry in enumerate(self.entries):
            entry.index = index
            if entry.last != (index == end):
                entry.last = index == end
                self._refresh(entry)

    def _announce(self, shown: ShownMessage) -> None:
        words = {
            MessageState.failed: shown.message.error or tr("The answer could not be finished."),
            MessageState.stopped: tr("Answer stopped"),
        }.get(shown.message.state, tr("Answer complete"))
        announce(self, words)


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say `words`, where one is running."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def _whole_code(row: Row) -> str:
    """Return the code of a block that begins in `row`, also where it goes on in further rows."""
    rows = row.entry.ensure_rows()
    pieces: list[str] = []
    for one in rows[row.index :]:
        if not isinstance(one.content, Code) or (pieces and not one.content.continues):
            break
        pieces.append(one.content.text)
    return "".join(pieces)
