"""The message box: write, send, stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QWidget

from chatdesk.domain.settings import SendKey
from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import tool_button

LONGEST_LINES = 9  # the box grows up to this height, then it scrolls


class MessageBox(QPlainTextEdit):
    """A plain text field that grows with its text and knows which key sends."""

    submitted = Signal()
    edit_last_requested = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.send_key = SendKey.enter
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
        if event.key() == Qt.Key.Key_Up and self.document().isEmpty():
            self.edit_last_requested.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text().replace("\0", ""))
        self.ensureCursorVisible()

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


class Composer(QFrame):
    """The message box with its button, which sends, or stops while an answer is written."""

    submitted = Signal(str)
    stop_requested = Signal()
    edit_last_requested = Signal()
    text_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer-frame")
        self.box = MessageBox(self)
        self.box.setPlaceholderText(tr("Write a message"))
        self.send = tool_button("send", tr("Send"))
        self.stop = tool_button("stop", tr("Stop the answer (Esc)"))
        for button in (self.send, self.stop):
            button.setProperty("primary", True)
            button.setFixedSize(QSize(34, 34))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignBottom)
        self.stop.hide()
        self.setFocusProxy(self.box)
        self.box.submitted.connect(self._submit)
        self.box.edit_last_requested.connect(self.edit_last_requested)
        self.box.focus_changed.connect(self._show_focus)
        self.box.textChanged.connect(self._text_changed)
        self.send.clicked.connect(self._submit)
        self.stop.clicked.connect(self.stop_requested)
        self._busy = False
        self.set_send_key(SendKey.enter)
        self._text_changed()

    def text(self) -> str:
        return self.box.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` into the box with the cursor behind it; undo brings the old text back."""
        cursor = self.box.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.box.setTextCursor(cursor)

    def set_busy(self, busy: bool) -> None:
        """Show the stop button in place of the send button."""
        self._busy = busy
        had_focus = self.send.hasFocus() or self.stop.hasFocus()
        self.send.setVisible(not busy)
        self.stop.setVisible(busy)
        if had_focus:
            self.box.setFocus()

    def set_send_key(self, key: SendKey) -> None:
        self.box.send_key = key
        keys = "Enter" if key is SendKey.enter else "Ctrl+Enter"
        self.send.setToolTip(tr("Send ({keys})").format(keys=keys))

    def _submit(self) -> None:
        if not self._busy and self.text().strip():
            self.submitted.emit(self.text())

    def _text_changed(self) -> None:
        self.send.setEnabled(bool(self.text().strip()))
        self.text_changed.emit()

    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)
