"""Asks for the keys of one shortcut: they are pressed, and a conflict is told with what has them."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.shortcuts import WRITTEN, Shortcut, holder_of, is_combination, keys_of, native
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

_MODIFIERS = (
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_unknown,
)  # fmt: skip
# Keys of texts, which reach no shortcut while one writes.
_OF_TEXTS = frozenset(
    {
        "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Left", "Ctrl+Right",
        "Ctrl+Backspace", "Ctrl+Del", "Ctrl+Home", "Ctrl+End", "Ctrl+Return", "Ctrl+Enter", "Alt+F4",
    }
)  # fmt: skip


def refusal(keys: str) -> str:
    """Return why `keys` cannot be those of a shortcut, "" when they can."""
    if not is_combination(keys):
        return tr("These keys cannot be told from others. Press others.")
    if keys in _OF_TEXTS:
        return tr("{keys} belongs to writing. Press others.").format(keys=native(keys))
    if not re.match(r"(Shift\+)?(Ctrl|Alt|Meta)\+|(Shift\+)?F\d+$", keys):
        return tr("Hold Ctrl or Alt as well, or press one of F1 to F12: other keys write.")
    return ""


class KeyField(QLineEdit):
    """Shows the keys that are pressed in it. Tab leaves it and Esc closes, as everywhere."""

    pressed = Signal(str)  # portable keys

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pressed-keys")
        self.setReadOnly(True)
        self.setPlaceholderText(tr("Press the new keys"))
        self.setAccessibleName(tr("Press the new keys"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the keys come here and to no shortcut of the window
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        leaves = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if leaves and plain == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif event.key() not in _MODIFIERS and event.key() != 0:
            combination = QKeySequence(event.key() | plain.value)
            self.pressed.emit(combination.toString(QKeySequence.SequenceFormat.PortableText))


class KeyEditor(QDialog):
    """`chosen` comes with the keys for `shortcut`: "" for none. Call `open`."""

    chosen = Signal(str)

    def __init__(
        self, shortcut: Shortcut, parent: QWidget | None = None, taken: Callable[[str], str] = lambda _: ""
    ) -> None:
        """`taken` gives what has keys outside of the table, "" for nothing."""
        super().__init__(parent)
        self._shortcut, self._taken = shortcut, taken
        self._keys = ""
        self.setObjectName("key-editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Change keys"))
        self._field = KeyField()
        self._field.pressed.connect(self._show)
        self._told = Label("", 9, tone="muted").wrap()
        self._told.setObjectName("key-told")
        self._told.setMinimumHeight(self._told.fontMetrics().lineSpacing() * 2)
        self._use = push_button("use-keys", tr("Use these keys"), "primary")
        self._use.setEnabled(False)
        self._use.setDefault(True)
        remove = push_button("no-keys", tr("No keys"))
        remove.setEnabled(bool(keys_of(shortcut)))
        cancel = push_button("keep-keys", tr("Cancel"))
        self._use.clicked.connect(lambda: self._choose(self._keys))
        remove.clicked.connect(lambda: self._choose(""))
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(tr(shortcut.title), 11, bold=True).wrap())
        column.addWidget(self._field)
        column.addWidget(self._told)
        buttons = QHBoxLayout()
        buttons.addWidget(remove)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._use)
        column.addLayout(buttons)
        self.setMinimumWidth(420)
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))

    def _show(self, keys: str) -> None:
        self._keys = keys
        self._field.setText(native(keys))
        told, usable = refusal(keys), False
        if not told:
            holder = holder_of(keys)
            usable = holder is None or holder.id not in WRITTEN
            title = tr(holder.title) if holder is not None else self._taken(keys)
            if title and (holder is None or holder.id != self._shortcut.id):
                words = (
                    tr("These keys are now for “{title}”, which loses them.")
                    if usable
                    else tr("These keys are for “{title}” and stay so. Press others.")
                )
                told = words.format(title=title)
        self._told.setText(told)
        self._use.setEnabled(usable)

    def _choose(self, keys: str) -> None:
        self.chosen.emit(keys)
        self.accept()
