"""The message box: write, attach, send, stop."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.chat import Attachment, DocumentId, Draft
from chatdesk.domain.documents import Reading
from chatdesk.domain.settings import SendKey
from chatdesk.domain.words import tr
from chatdesk.ui.chat.attachments import AttachmentBar
from chatdesk.ui.chat.message_box import MessageBox
from chatdesk.ui.pictures.previews import Load
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.widgets.buttons import tool_button


class Composer(QFrame):
    """The message box with its documents and its button, which sends, or stops while an answer is written."""

    submitted = Signal(str)
    stop_requested = Signal()
    edit_last_requested = Signal()
    changed = Signal()  # the text or its documents
    replaced = Signal()  # another question stands here now
    files_offered = Signal(object)  # list[Path]
    picture_offered = Signal(object)  # QImage
    attach_requested = Signal()
    attachment_opened = Signal(object)  # Attachment
    taken_off = Signal(object, int)  # Attachment, and the place that it had
    reading_stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer-frame")
        self.box = MessageBox(self)
        self._attachments: tuple[Attachment, ...] = ()
        self._chips = AttachmentBar(self)
        self.attach = tool_button("attach", tr("Attach documents or pictures"))
        self.templates = tool_button("insert-template", tr("Insert a template"))
        self.send = tool_button("send", tr("Send"))
        self.stop = tool_button("stop", tr("Stop the answer"))
        hint_on(self.stop, tr("Stop the answer"), "stop")
        for button in (self.send, self.stop):
            button.setProperty("primary", True)
            button.setFixedSize(QSize(34, 34))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.attach, self.templates):
            button.setFixedSize(QSize(34, 34))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.box, 1)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._chips)
        column.addLayout(row)
        self.stop.hide()
        self.setFocusProxy(self.box)
        self._connect()
        self._busy = False
        self._reading = False
        self._held = self._decides = self._sends_later = False
        self.set_send_key(SendKey.enter)
        self._invite()
        self._changed()

    def _connect(self) -> None:
        self.box.submitted.connect(self._submit)
        self.box.edit_last_requested.connect(self.edit_last_requested)
        self.box.focus_changed.connect(self._show_focus)
        self.box.textChanged.connect(self._forget_sending)
        self.box.textChanged.connect(self._changed)
        self.box.files_offered.connect(self.files_offered)
        self.box.picture_offered.connect(self.picture_offered)
        self._chips.opened.connect(self.attachment_opened)
        self._chips.removed.connect(self._remove)
        self._chips.reading_stopped.connect(self.reading_stopped)
        self.attach.clicked.connect(self.attach_requested)
        self.send.clicked.connect(self._submit)
        self.stop.clicked.connect(self.stop_requested)

    def set_previews(self, load: Load) -> None:
        """Take the previews of attached pictures from `load`."""
        self._chips.load = load

    def draft(self) -> Draft:
        """Return what is written, with its documents and pictures."""
        return Draft(self.text(), self._attachments)

    def text(self) -> str:
        return self.box.toPlainText()

    def set_draft(self, draft: Draft) -> None:
        """Show another question."""
        self.set_text(draft.text)
        self._set_attachments(draft.attachments)
        self.replaced.emit()

    def clear(self) -> None:
        """Empty the box after its question was sent."""
        self.set_text("")
        self._set_attachments(())

    def add_attachment(self, attachment: Attachment) -> None:
        """Attach one more document or picture; the same text a second time changes nothing."""
        if all(each.document != attachment.document for each in self._attachments):
            self._set_attachments((*self._attachments, attachment))
        self.box.setFocus()

    def show_reading(self, name: str, reading: Reading | None) -> None:
        """Show how much of a document has been read; until it is None, nothing can be sent."""
        self._chips.show_reading(name, reading)
        if self._reading != (reading is not None):
            self._reading = reading is not None
            self._show_sendable()

    def add_above_text(self, part: QWidget) -> None:
        """Put a part between the documents and the text."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, part)

    def change_attachments(self, attachments: tuple[Attachment, ...]) -> None:
        """Attach these in place of those before."""
        self._set_attachments(attachments)

    def show_tokens(self, tokens: Mapping[DocumentId, int]) -> None:
        """Show how many tokens the documents have."""
        self._chips.show_tokens(tokens)

    def hold(self, held: bool, decides: bool = False) -> None:
        """Let nothing be sent for now; what the user sends meanwhile goes as soon as it may.

        Where the user `decides` something first, it is for the user to send it then.
        """
        self._held, self._decides = held, decides
        self._show_sendable()
        if decides:
            self._forget_sending()
        if self._sends_later and not held:
            self._forget_sending()
            self._submit()

    def set_text(self, text: str) -> None:
        """Put `text` into the box with the cursor behind it; undo brings the old text back."""
        cursor = self.box.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.box.setTextCursor(cursor)

    def send_text(self, text: str) -> None:
        """Send `text` in place of what is written, as soon as something may be sent."""
        self.set_text(text)
        self._submit()

    def set_busy(self, busy: bool) -> None:
        """Show the stop button; the send button goes while nothing is written that could wait."""
        self._busy = busy
        had_focus = self.send.hasFocus() or self.stop.hasFocus()
        self.stop.setVisible(busy)
        self._show_sendable()
        if had_focus:
            self.box.setFocus()

    def set_send_key(self, key: SendKey) -> None:
        self.box.send_key = key
        self.send.setToolTip(self._send_words())

    def _submit(self) -> None:
        if self._reading or self.draft().empty:
            return
        if self._held:
            self._sends_later = not self._decides
        else:
            self.submitted.emit(self.text())

    def _forget_sending(self) -> None:
        self._sends_later = False

    def _set_attachments(self, attachments: tuple[Attachment, ...]) -> None:
        if attachments != self._attachments:
            self._attachments = attachments
            self._chips.show_attachments(attachments)
            self._invite()
            self._changed()

    def _invite(self) -> None:
        invitation = tr("Write a message")
        if self._attachments:
            invitation = tr("Ask, or send for a summary")
        if any(each.is_picture for each in self._attachments):
            invitation = tr("Ask, or send to describe it")
        self.box.setPlaceholderText(invitation)

    def _changed(self) -> None:
        self._show_sendable()
        self.changed.emit()

    def _show_sendable(self) -> None:
        empty = self.draft().empty
        self.send.setEnabled(not self._reading and not self._held and not empty)
        self.send.setVisible(not (self._busy and empty))
        self.send.setToolTip(self._send_words())

    def _send_words(self) -> str:
        words = tr("Send after the answer ({keys})") if self._busy else tr("Send ({keys})")
        return words.format(keys="Enter" if self.box.send_key is SendKey.enter else "Ctrl+Enter")

    def put_back(self, attachment: Attachment, place: int) -> None:
        """Attach again what was taken off, at its place."""
        others = tuple(each for each in self._attachments if each.document != attachment.document)
        self._set_attachments((*others[:place], attachment, *others[place:]))
        self.box.setFocus()

    def _remove(self, attachment: Attachment) -> None:
        place = self._attachments.index(attachment)
        self._set_attachments(tuple(each for each in self._attachments if each != attachment))
        self.box.setFocus()
        self.taken_off.emit(attachment, place)

    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)
