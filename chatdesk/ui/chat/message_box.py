"""The text field of a message: grows with its text, knows which key sends, and offers what is no text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from chatdesk.domain.settings import SendKey
from chatdesk.domain.words import tr
from chatdesk.ui.shortcuts import pressed
from chatdesk.ui.widgets.dropped import local_files, loose_picture

LONGEST_LINES = 9  # the box grows up to this height, then it scrolls

LONG_TEXT, LONG_LINES = 4000, 60  # characters and lines: a longer text that is pasted is attached


def is_long(text: str) -> bool:
    """Whether a pasted text is one to attach rather than to write into a message."""
    return bool(text.strip()) and (len(text) > LONG_TEXT or text.count("\n") >= LONG_LINES)


class MessageBox(QPlainTextEdit):
    """A plain text field that grows with its text and knows which key sends."""

    submitted = Signal()
    edit_last_requested = Signal()
    focus_changed = Signal(bool)
    files_offered = Signal(object)  # list[Path], pasted or dropped
    picture_offered = Signal(object)  # QImage, pasted or dropped
    text_offered = Signal(str)  # a long one, pasted
    paste_taken_back = Signal()  # the long text is to stand in the message after all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.send_key = SendKey.enter
        self.attaches_long = False
        self._offered = False  # the last thing that happened here is that a long text was pasted
        self.textChanged.connect(self._forget_offer)
        self.setObjectName("composer")
        self.setAccessibleName(tr("Message"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            sends = {
                SendKey.enter: held == Qt.KeyboardModifier.NoModifier,
                SendKey.ctrl_enter: held == Qt.KeyboardModifier.ControlModifier,
            }[self.send_key]
            if sends:
                self.submitted.emit()
            elif not held & Qt.KeyboardModifier.AltModifier:
                self.insertPlainText("\n")
                self.ensureCursorVisible()
            else:
                event.ignore()
            return
        if self._offered and event.matches(QKeySequence.StandardKey.Undo):
            self._offered = False
            self.paste_taken_back.emit()
            return
        if self.document().isEmpty() and pressed(event, "edit-last"):
            self.edit_last_requested.emit()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := local_files(source):
            self.files_offered.emit(files)
            return
        if (picture := loose_picture(source)) is not None:
            self.picture_offered.emit(picture)
            return
        text = source.text().replace("\0", "").replace("\r\n", "\n")
        if self.attaches_long and is_long(text):
            self._offered = True
            self.text_offered.emit(text)
            return
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def _forget_offer(self) -> None:
        self._offered = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        # A plain text document counts its height in lines.
        lines = min(max(1, round(self.document().size().height())), LONGEST_LINES)
        height = lines * self.fontMetrics().lineSpacing() + round(2 * self.document().documentMargin()) + 4
        scrolls = lines == LONGEST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(height)
