"""The list of all shortcuts on F1, where each can be given other keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.settings import SendKey
from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.sheets import page
from chatdesk.ui.shortcuts import (
    SHORTCUTS,
    WRITTEN,
    Shortcut,
    follow_keys,
    key_names,
    keys_of,
    native,
    own_keys,
    with_keys,
)
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button, tool_button
from chatdesk.ui.widgets.key_cap import KeyCaps
from chatdesk.ui.widgets.label import Label

SIDE = 28  # of the buttons beside the keys, pixels


class ShortcutRow(QWidget):
    """One line of the list: what happens, the keys for it, and buttons to change them."""

    change_requested = Signal(object)  # Shortcut
    reset_requested = Signal(object)  # Shortcut

    def __init__(self, shortcut: Shortcut, send_key: SendKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcut, self._send_key = shortcut, send_key
        self._words = ""
        title = tr(shortcut.title)
        self.setObjectName(f"shortcut-{shortcut.id}")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(10)
        self._reset = tool_button(
            f"reset-{shortcut.id}", tr("The usual keys again for “{title}”").format(title=title)
        )
        self._change = tool_button(
            f"change-{shortcut.id}", tr("Change the keys for “{title}”").format(title=title)
        )
        self._reset.clicked.connect(lambda: self.reset_requested.emit(shortcut))
        self._change.clicked.connect(lambda: self.change_requested.emit(shortcut))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(6)
        row.addWidget(Label(title).wrap(), 1)
        row.addLayout(self._keys)
        for button in (self._reset, self._change):
            button.setFixedSize(SIDE, SIDE)
            button.setIconSize(QSize(15, 15))
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            row.addWidget(button)
        self._change.setVisible(shortcut.id not in WRITTEN)
        follow_keys(self, self._show_keys)
        follow(self, self._restyle)

    def has(self, words: list[str]) -> bool:
        """Return whether every one of `words` (casefolded) stands in the line."""
        return all(word in self._words for word in words)

    def _show_keys(self) -> None:
        while (item := self._keys.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        keys = keys_of(self._shortcut, self._send_key)
        for place, each in enumerate(keys):
            if place:
                self._keys.addWidget(Label(tr("or"), 9, tone="muted"))
            self._keys.addWidget(KeyCaps(key_names(each), native(each)))
        if not keys:
            self._keys.addWidget(Label(tr("none"), 9, tone="muted"))
        spoken = tr(" or ").join(native(each) for each in keys) or tr("no keys")
        title = tr(self._shortcut.title)
        self._words = f"{title} {tr(self._shortcut.group)} {spoken}".casefold()
        self.setAccessibleName(f"{title}: {spoken}")
        self._reset.setVisible(self._shortcut.id in own_keys())

    def _restyle(self, c: Colours) -> None:
        self._change.setIcon(icon("pencil", c.muted, 15))
        self._reset.setIcon(icon("undo-2", c.muted, 15))


class ShortcutList(QDialog):
    """All shortcuts by group, with a filter; Esc closes it. Call `open`.

    `changed` tells what to store when keys were changed; the list follows once these are in use.
    """

    changed = Signal(object)  # tuple of str, for `use_keys`

    def __init__(
        self, send_key: SendKey, parent: QWidget | None = None, taken: Callable[[str], str] = lambda _: ""
    ) -> None:
        """`taken` gives what has keys outside of the table, such as a template; "" for nothing."""
        super().__init__(parent)
        self._taken = taken
        self.setObjectName("shortcut-list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._filter = QLineEdit()
        self._filter.setObjectName("shortcut-filter")
        self._filter.setPlaceholderText(tr("Find a shortcut"))
        self._filter.setAccessibleName(tr("Find a shortcut"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show_matching)
        self._sign = self._filter.addAction(
            icon("search", "#808080"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._nothing = Label(tr("No shortcut has these words."), tone="muted")
        self._nothing.hide()
        self._groups: list[tuple[Label, list[ShortcutRow]]] = []
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(20, 0, 20, 16)
        column.setSpacing(0)
        for group in dict.fromkeys(shortcut.group for shortcut in SHORTCUTS):
            self._add_group(column, group, send_key)
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(lines)
        self._area.setAccessibleName(tr("Keyboard shortcuts"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 16, 0, 0)
        field = QHBoxLayout()
        field.setContentsMargins(20, 0, 20, 8)
        field.addWidget(self._filter)
        outer.addLayout(field)
        outer.addWidget(self._area)
        outer.addLayout(self._below())
        follow(self, self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The filter keeps the keyboard, these keys move the list below it.
        bar = self._area.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _add_group(self, column: QVBoxLayout, group: str, send_key: SendKey) -> None:
        heading = Label(tr(group), 10.5, bold=True)
        heading.setContentsMargins(0, 12, 0, 4)
        column.addWidget(heading)
        rows = [ShortcutRow(each, send_key) for each in SHORTCUTS if each.group == group]
        for row in rows:
            row.change_requested.connect(self._edit)
            row.reset_requested.connect(lambda shortcut: self.changed.emit(with_keys(shortcut.id, None)))
            column.addWidget(row)
        self._groups.append((heading, rows))

    def _below(self) -> QHBoxLayout:
        note = Label(tr("Keys of sending are chosen in Settings."), 9, tone="muted").wrap()
        everything = push_button("reset-shortcuts", tr("Reset all keys"), "flat")
        everything.clicked.connect(lambda: self.changed.emit(()))
        follow_keys(everything, lambda: everything.setEnabled(bool(own_keys())))
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 20, 12)
        row.addWidget(note, 1)
        row.addWidget(everything)
        return row

    def _edit(self, shortcut: Shortcut) -> None:
        from chatdesk.ui.key_editor import KeyEditor

        editor = KeyEditor(shortcut, self, self._taken)
        editor.chosen.connect(lambda keys: self.changed.emit(with_keys(shortcut.id, keys)))
        editor.open()

    def _show_matching(self, text: str) -> None:
        words = text.casefold().split()
        found = False
        for heading, rows in self._groups:
            matching = [row for row in rows if row.has(words)]
            for row in rows:
                row.setVisible(row in matching)
            heading.setVisible(bool(matching))
            found = found or bool(matching)
        self._nothing.setVisible(not found)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(page(c))
        self._sign.setIcon(icon("search", c.muted))
        wished = QSize(round(scaled(540)), round(scaled(620)))
        self.resize(wished.boundedTo(self.screen().availableSize()))
