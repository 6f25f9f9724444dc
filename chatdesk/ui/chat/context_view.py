"""The sheet “What the model sees”: the context of the open chat, pins, and the note of its beginning."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.flows.context import ContextPart, ContextSeen
from chatdesk.ui import sheets
from chatdesk.ui.chat.context_tree import ContextTree
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

STORE_MS = 600  # after the last key in the note


class ContextView(QDialog):
    """What it shows is given to it; what the user wants comes as signals."""

    pin_requested = Signal(str, bool)  # message id, pinned from now on
    shown = Signal(str)  # message id: to be shown in the chat
    note_requested = Signal()
    stop_requested = Signal()
    note_edited = Signal(str)  # its text; "" takes it away

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("context-view")
        self.setWindowTitle(tr("What the model sees"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._deleted = ""  # the note that can be brought back
        self._writing = False
        self._fallen = False
        self.used = Label(tr("Counting…"), 12, bold=True)
        self.used.setObjectName("context-used")
        self.left = Label("", tone="muted").wrap()
        self.left.setObjectName("context-left")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How full the context is"))
        self.tree = ContextTree(self)
        self.tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.tree.pin_pressed.connect(self._pin)
        self.tree.itemActivated.connect(lambda *_: self._show_message())
        self.pin = push_button("pin-message", tr("Pin"), sign="pin")
        self.go = push_button("show-message", tr("Show in the chat"))
        self.pin.clicked.connect(self._pin)
        self.go.clicked.connect(self._show_message)
        self._make_note()
        self._arrange()
        self._show_chosen()
        self.resize(round(scaled(620)), round(scaled(620)))
        self.tree.setFocus()
        follow(self, self._restyle)

    def show_seen(self, seen: ContextSeen) -> None:
        """Show what was counted."""
        self.used.setText(tr("{told:,} of {context:,} tokens").format(told=seen.told, context=seen.context))
        if seen.fits:
            words = tr("The next answer may still use {left:,}.").format(left=seen.left)
        else:
            words = tr(
                "That is too much: shorten the message, unpin something, or use a model with more context."
            )
        self.left.setText(f"{words} {tr('The counts are close; pictures are not counted.')}")
        self.bar.setRange(0, max(1, seen.context))
        self.bar.setValue(min(seen.told, seen.context))
        self.tree.show_seen(seen)
        self._fallen = seen.fallen_out is not None
        self._show_chosen()
        self._show_note_state()

    def show_problem(self, sentence: str) -> None:
        """Say why something did not work."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def show_note(self, text: str) -> None:
        """Show the note as it is stored, "" for none."""
        before = self.note.toPlainText()
        if text != before:
            self.note.blockSignals(True)
            if before and text.startswith(before):  # it grows word by word
                end = QTextCursor(self.note.document())
                end.movePosition(QTextCursor.MoveOperation.End)
                end.insertText(text[len(before) :])
            else:
                self.note.setPlainText(text)
            self.note.blockSignals(False)
        self._show_note_state()

    def show_writing(self, progress: str, text: str) -> None:
        """Show a note that is being written, and how far it is; both "" when it has ended."""
        self._writing = bool(progress)
        self.progress.setText(progress)
        if self._writing:
            self.show_note(text)
        self._show_note_state()

    def done(self, result: int) -> None:
        """Store what was typed last, give up a note that is being written, and close."""
        if self._pause.isActive():
            self._store()
        if self._writing:
            self.stop_requested.emit()
        super().done(result)

    def _make_note(self) -> None:
        self.note = QPlainTextEdit(self)
        self.note.setObjectName("context-note")
        self.note.setAccessibleName(tr("Note of the beginning"))
        self.note.setTabChangesFocus(True)
        self.explanation = Label("", tone="muted").wrap()
        self.progress = Label("", tone="muted")
        self.progress.setObjectName("note-progress")
        self.problem = Label("", tone="danger").wrap()
        self.problem.setObjectName("context-problem")
        self.problem.hide()
        self.write = push_button("write-note", tr("Summarise what fell out"), "primary")
        self.delete = push_button("delete-note", tr("Delete the note"), "danger")
        self.write.clicked.connect(self._write_or_stop)
        self.delete.clicked.connect(self._delete)
        self._pause = QTimer(self, singleShot=True, interval=STORE_MS)
        self._pause.timeout.connect(self._store)
        self.note.textChanged.connect(self._typed)

    def _write_or_stop(self) -> None:
        if self._writing:
            self.stop_requested.emit()
        else:
            self.note_requested.emit()

    def _arrange(self) -> None:
        upper, lower = QWidget(self), QWidget(self)
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 6)
        above.addWidget(self.tree, 1)
        actions = WrappingRow(self)
        for button in (self.pin, self.go):
            actions.add(button)
        above.addWidget(actions)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 6, 0, 0)
        below.setSpacing(8)
        below.addWidget(Label(tr("Note of the beginning"), 11, bold=True))
        below.addWidget(self.explanation)
        below.addWidget(self.note, 1)
        below.addWidget(self.problem)
        row = QHBoxLayout()
        row.addWidget(self.write)
        row.addWidget(self.delete)
        row.addWidget(self.progress, 1)
        below.addLayout(row)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(8)
        for part in (self.used, self.left, self.bar):
            column.addWidget(part)
        column.addWidget(split, 1)

    def _show_chosen(self) -> None:
        part: ContextPart | None = self.tree.chosen
        self.pin.setEnabled(part is not None)
        self.go.setEnabled(part is not None)
        title = tr("Unpin") if part is not None and part.pinned else tr("Pin")
        self.pin.setText(f"\u2002{title}")
        self.pin.setAccessibleName(title)
        self.pin.setToolTip(tr("Pinned, it stays in the view when the messages around it no longer fit."))

    def _show_note_state(self) -> None:
        text = bool(self.note.toPlainText().strip())
        explanation = tr(
            "The whole chat fits. When its beginning falls out of the view, the model can note it."
        )
        if text or self._writing:
            explanation = tr("The model is told this in place of the first messages. You can change it.")
        elif self._fallen:
            explanation = tr("The first messages no longer fit. The model can write down what they say.")
        self.explanation.setText(explanation)
        self.note.setVisible(text or self._writing or self.note.hasFocus())
        self.note.setReadOnly(self._writing)
        title = tr("Renew the note") if text else tr("Summarise what fell out")
        self.write.setText(tr("Stop") if self._writing else title)
        self.write.setAccessibleName(self.write.text())
        self.write.setVisible(self._fallen or self._writing)
        back = self._deleted and not text
        self.delete.setText(tr("Bring the note back") if back else tr("Delete the note"))
        self.delete.setAccessibleName(self.delete.text())
        self.delete.setVisible((text or bool(self._deleted)) and not self._writing)

    def _pin(self) -> None:
        if (part := self.tree.chosen) is not None:
            self.pin_requested.emit(part.message, not part.pinned)

    def _show_message(self) -> None:
        if (part := self.tree.chosen) is not None:
            self.accept()
            self.shown.emit(part.message)

    def _delete(self) -> None:
        text, self._deleted = self._deleted, self.note.toPlainText()
        self.note.setPlainText("" if self._deleted.strip() else text)
        self._store()
        self._show_note_state()

    def _typed(self) -> None:
        if not self._writing:
            self._pause.start()

    def _store(self) -> None:
        self._pause.stop()
        self.note_edited.emit(self.note.toPlainText().strip())

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            sheets.page(c)
            + f"QProgressBar {{ background: {c.pressed}; border: none; border-radius: 3px; }}"
            + f"QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}"
            + "QSplitter::handle { background: transparent; }"
        )
        self.bar.setFixedHeight(6)
