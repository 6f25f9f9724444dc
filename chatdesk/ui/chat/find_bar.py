"""The bar that finds words in the chat that is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from chatdesk.domain.words import tr, trn
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import show_sign, tool_button


class FindBar(QFrame):
    """A field with the number of places found; Enter goes on, Shift+Enter back, Esc closes."""

    words_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find-bar")
        self.field = QLineEdit(self)
        self.field.setObjectName("find-words")
        self.field.setAccessibleName(tr("Find in this chat"))
        self.field.setPlaceholderText(tr("Find in this chat"))
        self.field.setClearButtonEnabled(True)
        self.count = QLabel(self)
        self.count.setObjectName("find-count")
        self.previous = tool_button("find-previous", tr("Previous place"))
        hint_on(self.previous, tr("Previous place"), "find-previous")
        self.next = tool_button("find-next", tr("Next place"))
        hint_on(self.next, tr("Next place"), "find-next")
        self.close_button = tool_button("find-close", tr("Close (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addStretch(1)
        row.addWidget(self.field, 2)
        row.addWidget(self.count)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        row.addStretch(1)
        self.field.setMaximumWidth(420)
        self.count.setMinimumWidth(90)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(lambda: self.words_changed.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.previous.clicked.connect(self.previous_requested)
        self.next.clicked.connect(self.next_requested)
        self.close_button.clicked.connect(self.close_bar)
        self.hide()
        follow(self, self._restyle)

    def open_bar(self) -> None:
        """Show the bar with its words selected."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        if self.field.text():
            self._pause.start()

    def close_bar(self) -> None:
        if self.isVisible():
            self.hide()
            self._pause.stop()
            self.closed.emit()

    def show_place(self, place: int, places: int) -> None:
        """Say which place is shown, from 1; 0 places says that nothing was found."""
        if not self.field.text():
            self.count.clear()
        elif not places:
            self.count.setText(tr("Nothing found"))
        elif place:
            self.count.setText(tr("{place} of {places}").format(place=place, places=places))
        else:
            self.count.setText(trn("{count} place", "{count} places", places))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.previous_requested if shift else self.next_requested).emit()
        else:
            super().keyPressEvent(event)

    def _restyle(self, colours: Colours) -> None:
        show_sign(self.previous, "chevron-up", colours.muted, 16)
        show_sign(self.next, "chevron-down", colours.muted, 16)
        show_sign(self.close_button, "x", colours.muted, 16)
        self.count.setStyleSheet(f"color: {colours.muted};")
