"""A message in the column: the rows that it is shown as, kept up to date with little change."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from chatdesk.domain.chat import Attachment, Message, MessageId, MessageState, Role, ShownMessage
from chatdesk.domain.generation import StopReason
from chatdesk.domain.settings import Stamps
from chatdesk.domain.words import tr
from chatdesk.ui.transcript.answer_stream import AnswerStream
from chatdesk.ui.transcript.facts import author_words, facts_words
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.markdown import clean
from chatdesk.ui.transcript.picture_row import shown_size
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import (
    Attached,
    Bubble,
    Code,
    Content,
    Footer,
    Header,
    Notice,
    Pictured,
    Plain,
    Problem,
    Progress,
    Prose,
    Table,
    Thinking,
    bubbles,
    continues,
    plain_pieces,
)
from chatdesk.ui.transcript.sources import shown_sources
from chatdesk.ui.transcript.stream import split

ROW_GAP = 6
FRAME_GAP = 12  # below a frame, where no paragraph's own spacing stands
MESSAGE_GAP = 10
_LINE = 21  # pixels of a line and characters in it, for estimates
_CHARACTERS = 90


class Row:
    """A piece of a message with its height, an estimate until `width` is set, and its widget while live."""

    __slots__ = ("content", "entry", "height", "index", "widget", "width")

    def __init__(self, entry: Entry, content: Content, formats: Formats) -> None:
        self.entry = entry
        self.index = 0
        self.widget: RowWidget | None = None
        self.put(content, formats)

    def put(self, content: Content, formats: Formats) -> None:
        """Take new content; its height has to be measured again."""
        self.content = content
        self.width = 0
        if self.widget is None:
            self.height = estimated_height(content, formats)
        else:
            self.widget.display(content)

    @property
    def gap(self) -> int:
        """Pixels between this row and the one above it in the same message."""
        if self.index == 0 or continues(self.content):
            return 0
        above = self.entry.rows[self.index - 1].content if self.entry.rows else self.content
        if isinstance(self.content, Footer):
            return 2
        return self.entry.formats.gap(FRAME_GAP if isinstance(above, Code) else ROW_GAP)

    @property
    def place(self) -> tuple[int, int]:
        """Sorts rows as they stand in the column."""
        return self.entry.index, self.index


class Entry:
    """A message with its rows; they are made when it comes near the viewport."""

    def __init__(self, shown: ShownMessage, formats: Formats) -> None:
        self.shown = shown
        self.formats = formats
        self.index = 0
        self.last = False
        self.view_starts = False
        self.progress = ""
        self.thinking_open = False
        self.thinking_seconds: float | None = None
        self.stream: AnswerStream | None = None
        self.rows: list[Row] | None = None
        self.height = 0
        self._body: list[Content] | None = None
        self.estimate()

    @property
    def gap(self) -> int:
        """Pixels between this message and the one above it."""
        return self.formats.gap(MESSAGE_GAP)

    @property
    def id(self) -> MessageId:
        return self.shown.message.id

    def estimate(self) -> None:
        """Guess the height from the length of the text, while there are no rows."""
        lines = 2 + len(self.shown.message.text) / _CHARACTERS
        self.height = round(lines * _LINE * self.formats.percent / 100) + 30

    def measure(self) -> None:
        """Add up the heights of the rows."""
        self.height = sum(row.gap + row.height for row in self.rows or ())

    def update(self, shown: ShownMessage) -> list[Row]:
        """Show another state of the same message; returns the rows that are gone."""
        if shown.message.text != self.shown.message.text or self.stream is not None:
            self._body = None
        self.shown = shown
        if self.rows is None:
            self.estimate()
            return []
        return self.refresh()

    def end_stream(self, shown: ShownMessage) -> list[Row]:
        """Put the finished message in the stream's place; what was drawn stays where it is right."""
        stream, self.stream = self.stream, None
        self.shown = shown
        self.progress = ""
        self._body = None
        if stream is not None:
            self.thinking_seconds = stream.thinking_seconds
            body = stream.finish()
            if stream.text == shown.message.text and not stream.splitter.needs_second_pass:
                self._body = body
        return self.refresh()

    def ensure_rows(self) -> list[Row]:
        """Return the rows, made now if this message was never near the viewport."""
        if self.rows is None:
            self.refresh()
        assert self.rows is not None
        return self.rows

    def refresh(self) -> list[Row]:
        """Bring the rows in line with the message; returns the rows that are gone."""
        old = self.rows or []
        contents = self.contents()
        start = 0
        while start < min(len(old), len(contents)) and _same(old[start].content, contents[start]):
            start += 1
        end = 0
        most = min(len(old), len(contents)) - start
        while end < most and _same(old[-1 - end].content, contents[-1 - end]):
            end += 1
        middle = old[start : len(old) - end]
        rows = old[:start]
        for content in contents[start : len(contents) - end]:
            if middle and type(middle[0].content) is type(content):
                row = middle.pop(0)
                row.put(content, self.formats)
            else:
                row = Row(self, content, self.formats)
            rows.append(row)
        rows += old[len(old) - end :]
        self.rows = rows
        for index, row in enumerate(rows):
            row.index = index
        self.measure()
        return middle

    def contents(self) -> list[Content]:
        """Return what the message is shown as, from top to bottom."""
        message = self.shown.message
        notice: list[Content] = (
            [Notice(tr("The model sees the chat from here on"))] if self.view_starts else []
        )
        if message.role is Role.user:
            brought = [_brought(i, each) for i, each in enumerate(message.attachments)]
            return [*notice, *brought, *self.body(), self._footer()]
        rows = notice
        if author := author_words(message):
            rows.append(Header(author))
        rows += self._thinking()
        body = self.body()
        rows += body
        if not body and (self.progress or not rows):
            rows.append(Progress(self.progress))
        if message.state is MessageState.failed and self.stream is None:
            rows.append(Problem(message.error or tr("The answer could not be finished.")))
        if self.stream is None:
            rows += shown_sources(message.sources)
            rows.append(self._footer())
        return rows

    def body(self) -> list[Content]:
        """Return the rows of the text itself."""
        if self.stream is not None:
            return self.stream.body()
        if self._body is None:
            message = self.shown.message
            self._body = bubbles(message.text) if message.role is Role.user else split(message.text)
        return self._body

    def _thinking(self) -> list[Content]:
        text = self.stream.thinking if self.stream is not None else self.shown.message.thinking
        if not text.strip():
            return []
        seconds = self.thinking_seconds
        if self.stream is not None:
            seconds = -1 if self.stream.is_thinking else self.stream.thinking_seconds
        rows: list[Content] = [Thinking(self.thinking_open, seconds)]
        if self.thinking_open:
            pieces = plain_pieces(clean(text).strip())
            rows += [Plain(piece, thought=True, continues=i > 0) for i, piece in enumerate(pieces)]
        return rows

    def _footer(self) -> Footer:
        message = self.shown.message
        user = message.role is Role.user
        actions = ["copy", "edit"] if user else ["copy", "edit", "regenerate", "again_with"]
        if not user and self.last and can_continue(self.shown):
            actions.append("continue")
        actions.append("more")
        return Footer(
            tuple(actions),
            self.shown.versions.place + 1,
            len(self.shown.versions.ids),
            facts_words(message.facts) if message.facts and not user else "",
            _status(message),
            user=user,
            always=self.last and not user,
            stamp="" if self.formats.reading.stamps is Stamps.off else stamp_words(message.created),
            stamped=self.formats.reading.stamps is Stamps.always,
        )


def _status(message: Message) -> str:
    stopped = tr("Stopped") if message.state is MessageState.stopped else ""
    return " · ".join(filter(None, (stopped, tr("Pinned") if message.pinned else "")))


def _brought(place: int, attachment: Attachment) -> Content:
    if attachment.size is not None:
        return Pictured(place, attachment.document, attachment.name, attachment.size)
    return Attached(place, attachment.name, attachment.length)


def can_continue(shown: ShownMessage) -> bool:
    """Whether an answer ended before the model was done with it."""
    message = shown.message
    cut = message.facts is not None and message.facts.reason in (StopReason.length, StopReason.context)
    return cut or message.state in (MessageState.stopped, MessageState.failed)


def stamp_words(moment: datetime) -> str:
    """Return when a message was written: the time alone for one of today."""
    local = moment.astimezone()
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    time = locale.toString(QTime(local.hour, local.minute), short)
    if local.date() == datetime.now(UTC).astimezone().date():
        return time
    return f"{locale.toString(QDate(local.year, local.month, local.day), short)} {time}"


def estimated_height(content: Content, formats: Formats) -> int:
    """Guess the height of a row that was never measured, in pixels."""
    if isinstance(content, Prose):
        lines = 1 + sum(len(block.source) for block in content.blocks) / _CHARACTERS
    elif isinstance(content, Code):
        lines = 2 + 0.85 * content.text.count("\n")
    elif isinstance(content, Table):
        lines = 1 + 1.5 * len(content.body)
    elif isinstance(content, Pictured):
        return shown_size(content.size, formats.scaled(_CHARACTERS * 7), formats).height()
    elif isinstance(content, Plain | Bubble):
        lines = 1 + max(len(content.text) / _CHARACTERS, content.text.count("\n"))
    else:
        lines = 1.4
    return round(lines * _LINE * formats.percent / 100)


def _same(one: Content, other: Content) -> bool:
    return one is other or one == other
