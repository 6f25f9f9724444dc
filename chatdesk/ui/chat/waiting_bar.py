"""The list above the message box: questions that wait for the answers before them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat import Draft
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button, show_sign, tool_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

_LINES = 4  # as many are seen at once, the others by scrolling
_LONGEST = 300  # characters of a question that its line has
_PAD = 6  # pixels above and below a line
_FRAME = 2  # pixels around the list, for the ring of the keyboard


class WaitingList(QListWidget):
    """Enter or F2 edits, Delete removes, Ctrl+Up and Ctrl+Down move; dragging moves too."""

    edited = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)  # from, to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waiting-list")
        self.setAccessibleName(tr("Waiting messages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setTabKeyNavigation(False)
        self.model().rowsMoved.connect(self._dragged)
        self.itemDoubleClicked.connect(lambda _: self.edited.emit(self.currentRow()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentRow(), event.key()
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if row < 0:
            super().keyPressEvent(event)
        elif ctrl and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(row, row + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edited.emit(row)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def _dragged(self, _: QModelIndex, start: int, _end: int, _to: QModelIndex, row: int) -> None:
        self.moved.emit(start, row - 1 if row > start else row)


class WaitingBar(QFrame):
    """Hidden while nothing waits. Places count from 0."""

    removed = Signal(int)
    moved = Signal(int, int)  # from, to
    edit_requested = Signal(int)
    go_on_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waiting")
        self.title = Label(bold=True)
        self.state = Label(tone="muted").wrap()
        self.go_on = push_button("send-waiting", tr("Send them"))
        self.list = WaitingList(self)
        self._buttons = {
            "arrow-up": tool_button("waiting-up", tr("Send sooner (Ctrl+Up)")),
            "arrow-down": tool_button("waiting-down", tr("Send later (Ctrl+Down)")),
            "pencil": tool_button("waiting-edit", tr("Edit (Enter)")),
            "trash-2": tool_button("waiting-remove", tr("Remove (Delete)")),
        }
        self._arrange()
        up, down, edit, remove = self._buttons.values()
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        edit.clicked.connect(lambda: self.edit_requested.emit(self.list.currentRow()))
        remove.clicked.connect(lambda: self.removed.emit(self.list.currentRow()))
        self.list.edited.connect(self.edit_requested)
        self.list.removed.connect(self.removed)
        self.list.moved.connect(self.moved)
        self.list.currentRowChanged.connect(lambda _: self._show_usable())
        self.go_on.clicked.connect(self.go_on_requested)
        self.hide()
        follow(self, self._restyle)

    def show_waiting(self, waiting: Sequence[Draft], state: str, current: int | None = None) -> None:
        """Show what waits, on the line `current`; `state` says why it is not sent, "" while it is."""
        row = self.list.currentRow() if current is None else current
        had_focus = self.list.hasFocus()
        texts = [_line(draft, place) for place, draft in enumerate(waiting, start=1)]
        if texts != [self.list.item(i).text() for i in range(self.list.count())]:
            self.list.clear()
            for text, draft in zip(texts, waiting, strict=True):
                item = QListWidgetItem(text)
                item.setToolTip(draft.text[:_LONGEST])
                self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), len(texts) - 1))
        self.title.setText(trn("{count} message waits", "{count} messages wait", len(waiting)))
        self.state.setText(state or tr("Each is sent when the answer before it is written."))
        self.go_on.setVisible(bool(state))
        self.setAccessibleName(f"{self.title.text()}. {self.state.text()}")
        self.setVisible(bool(waiting))
        self._show_usable()
        self._fit()
        if had_focus and waiting:
            self.list.setFocus()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self.moved.emit(row, row + by)

    def _show_usable(self) -> None:
        row, last = self.list.currentRow(), self.list.count() - 1
        up, down, edit, remove = self._buttons.values()
        up.setEnabled(row > 0)
        down.setEnabled(0 <= row < last)
        edit.setEnabled(row >= 0)
        remove.setEnabled(row >= 0)

    def _fit(self) -> None:
        self.list.ensurePolished()  # before it was shown, its lines do not know their padding
        lines = max(1, min(_LINES, self.list.count()))
        self.list.setFixedHeight(lines * self.list.sizeHintForRow(0) + 2 * _FRAME + 2)

    def _arrange(self) -> None:
        steps = QWidget()
        row = QHBoxLayout(steps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons.values():
            row.addWidget(button)
        head = WrappingRow()
        head.add(self.title)
        head.add(self.state, stretch=True)
        head.add(self.go_on, far=True)
        head.add(steps, far=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(2)
        column.addWidget(head)
        column.addWidget(self.list)

    def _restyle(self, c: Colours) -> None:
        for name, button in self._buttons.items():
            show_sign(button, name, c.muted, 16)
        self.setStyleSheet(
            sheets.buttons(c)
            + sheets.tool_buttons(c)
            + sheets.scroll_bars(c)
            + f"#waiting {{ background: {c.window}; border: 1px solid {c.border}; border-radius: 12px; }}"
            f"QListWidget {{ background: transparent; border: {_FRAME}px solid transparent; outline: none;"
            " border-radius: 8px; }"
            f"QListWidget:focus {{ border-color: {c.accent}; }}"
            f"QListWidget::item {{ padding: {_PAD}px 8px; border-radius: 6px; color: {c.text}; }}"
            f"QListWidget::item:hover {{ background: {c.hover}; }}"
            f"QListWidget::item:selected {{ background: {c.pressed}; color: {c.text}; }}"
        )
        self._fit()


def _line(draft: Draft, place: int) -> str:
    words = " ".join(draft.text[:_LONGEST].split())
    names = ", ".join(each.name for each in draft.attachments)
    return tr("{place}. {text}").format(place=place, text=" · ".join(each for each in (words, names) if each))
