"""What a question that is being written brings along: a chip each, which opens it or takes it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from chatdesk.domain.chat import Attachment, DocumentId
from chatdesk.domain.documents import Reading
from chatdesk.domain.words import tr, trn
from chatdesk.ui.icons import icon
from chatdesk.ui.pictures.previews import Load, PreviewButton, no_preview
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

NAME_WIDTH = 220  # pixels; a longer name loses its middle
READ_NAME_WIDTH = 130  # pixels, beside the words that say how far it is
PICTURE_SIDE = 56  # pixels


class Chip(QFrame):
    """The name of a document with its length."""

    opened = Signal()
    removed = Signal()

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attachment = attachment
        self.setProperty("chip", True)
        self._length = attachment.length
        self.name = QToolButton(self)
        self.name.setObjectName("open-attachment")
        self.name.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.name.setAutoRaise(True)
        self.name.setToolTip(tr("Show {name}").format(name=attachment.name))
        self.name.clicked.connect(self.opened)
        self.remove = _remove_button(attachment)
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.name)
        row.addWidget(self.remove)
        follow(self, self._restyle)

    def show_tokens(self, tokens: int | None) -> None:
        """Say how long it is for the model, once that was counted."""
        if self.attachment.passages:
            self._length = tr("by passages")
        elif tokens is not None:
            self._length = trn("{count:,} token", "{count:,} tokens", tokens)
        self._restyle(colours())

    def _restyle(self, now: Colours) -> None:
        self.name.setAccessibleName(f"{self.attachment.name}, {self._length}")
        metrics = self.name.fontMetrics()
        name = metrics.elidedText(self.attachment.name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
        self.name.setText(f" {name} · {self._length}")
        self.name.setIcon(icon("paperclip", now.muted))
        self.remove.setIcon(icon("x", now.muted))


class PictureChip(QFrame):
    """A small picture."""

    opened = Signal()
    removed = Signal()

    def __init__(self, attachment: Attachment, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attachment = attachment
        self.setProperty("chip", True)
        self.preview = PreviewButton(load, self)
        self.preview.setObjectName("open-attachment")
        self.preview.setFixedSize(PICTURE_SIDE, PICTURE_SIDE)
        self.preview.show_picture(attachment.document, attachment.name)
        self.preview.clicked.connect(self.opened)
        self.remove = _remove_button(attachment)
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        row.addWidget(self.preview)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        follow(self, self._restyle)

    def _restyle(self, now: Colours) -> None:
        self.preview.set_colours(now.accent, now.border, now.muted)
        self.remove.setIcon(icon("x", now.muted))


class ReadingChip(QFrame):
    """A document that is being read, with a button that gives it up."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self.progress = Label(tone="muted")
        self.progress.setObjectName("reading-progress")
        self.stop = tool_button("stop-reading", tr("Do not read it"))
        self.stop.setIconSize(QSize(14, 14))
        self.stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 2, 0)
        row.setSpacing(4)
        row.addWidget(self.progress)
        row.addWidget(self.stop)
        follow(self, lambda colours: self.stop.setIcon(icon("x", colours.muted)))

    def show_progress(self, name: str, reading: Reading) -> None:
        """Say how far it is, without a number while none is known."""
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, READ_NAME_WIDTH)
        words = tr("Reading {name}…")
        if reading.total:
            words = tr("Reading {name}: {done} of {total}")
        elif reading.done:
            words = tr("Reading {name}: {done}")
        self.progress.setText(words.format(name=short, done=reading.done, total=reading.total))
        self.progress.setAccessibleName(words.format(name=name, done=reading.done, total=reading.total))


class AttachmentBar(WrappingRow):
    """The chips in their order; hidden while there are none. `load` brings the previews of pictures."""

    opened = Signal(object)  # Attachment
    removed = Signal(object)  # Attachment
    reading_stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load: Load = no_preview
        self._attachments: tuple[Attachment, ...] = ()
        self._tokens: dict[DocumentId, int] = {}
        self._reading: ReadingChip | None = None
        self.setObjectName("attachments")
        self.setAccessibleName(tr("Attached documents and pictures"))
        self.hide()

    def show_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Show these in place of those before."""
        self._attachments = tuple(attachments)
        self._fill()

    def show_tokens(self, tokens: Mapping[DocumentId, int]) -> None:
        """Show how many tokens the documents have, in place of their words."""
        self._tokens |= tokens
        for chip in self.parts:
            if isinstance(chip, Chip):
                chip.show_tokens(self._tokens.get(chip.attachment.document))

    def show_reading(self, name: str, reading: Reading | None) -> None:
        """Show how much of a document has been read; nothing more of it with None."""
        if (reading is None) != (self._reading is None):
            self._reading = None
            if reading is not None:
                self._reading = ReadingChip(self)
                self._reading.stopped.connect(self.reading_stopped)
            self._fill()
        if self._reading is not None and reading is not None:
            self._reading.show_progress(name, reading)

    def _fill(self) -> None:
        for chip in self.parts:
            if chip is not self._reading:
                chip.hide()
                chip.deleteLater()
        self.clear()
        for attachment in self._attachments:
            self.add(self._chip(attachment))
        if self._reading is not None:
            self.add(self._reading)
        self.setVisible(bool(self.parts))

    def _chip(self, attachment: Attachment) -> Chip | PictureChip:
        chip: Chip | PictureChip
        if attachment.is_picture:
            chip = PictureChip(attachment, self.load, self)
        else:
            chip = Chip(attachment, self)
            chip.show_tokens(self._tokens.get(attachment.document))
        chip.opened.connect(lambda: self.opened.emit(attachment))
        chip.removed.connect(lambda: self.removed.emit(attachment))
        return chip


def _remove_button(attachment: Attachment) -> QToolButton:
    button = tool_button("remove-attachment", tr("Remove {name}").format(name=attachment.name))
    button.setIconSize(QSize(14, 14))
    return button
