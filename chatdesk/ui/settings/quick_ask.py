"""The row for keys of the whole desktop that open the small window for quick questions."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.global_keys import permitted as keys_permitted
from chatdesk.ui.shortcuts import Shortcut, native
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label


def quick_ask_command() -> str:
    """Return what to enter into the desktop's own settings."""
    program = shutil.which("chatdesk")
    words = [program] if program else [sys.executable, "-m", "chatdesk"]
    words.append("--quick-ask")
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


class QuickAskRow(QWidget):
    """`chosen` gives portable keys, "" for none, where the platform permits keys for every application."""

    chosen = Signal(str)

    def __init__(self, permitted: bool | None = None) -> None:
        """`permitted` says whether the platform does; None: it is asked."""
        super().__init__()
        permitted = keys_permitted() if permitted is None else permitted
        self._keys = ""
        self._shown = Label("").wrap()
        self._shown.setObjectName("quick-ask-keys")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(4)
        column.addWidget(Label(tr("Quick ask from everywhere")).wrap())
        words = tr("A small window opens in front of all others.")
        column.addWidget(Label(words, 9, tone="muted").wrap())
        if permitted:
            choose = push_button("choose-quick-ask", tr("Choose keys…"))
            choose.clicked.connect(self._ask)
            column.addLayout(_line(self._shown, choose))
        words = tr("Or give this command a shortcut in the keyboard settings of your desktop:")
        if not permitted:
            words = tr(
                "For a key that works in every application, give this command a shortcut in the keyboard "
                "settings of your desktop:"
            )
        column.addWidget(Label(words, 9, tone="muted").wrap())
        column.addLayout(_line(*_command()))
        self.show_keys("")

    def show_keys(self, keys: str) -> None:
        """Show these portable keys, "" for none."""
        self._keys = keys
        self._shown.setText(tr("Keys: {keys}").format(keys=native(keys) if keys else tr("none")))

    def _ask(self) -> None:
        from chatdesk.ui.key_editor import KeyEditor

        title = tr("Quick ask from everywhere")
        shortcut = Shortcut("quick-ask-everywhere", (self._keys,) if self._keys else (), title, "")
        editor = KeyEditor(shortcut, self.window())
        editor.chosen.connect(self.chosen)
        editor.open()


def _command() -> tuple[Label, QPushButton]:
    command = Label(quick_ask_command(), 9).wrap()
    command.setObjectName("quick-ask-command")
    command.setAccessibleName(tr("Command for quick ask"))
    command.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    copy = push_button("copy-quick-ask", tr("Copy command"))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(quick_ask_command()))
    return command, copy


def _line(words: Label, button: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(words, 1)
    line.addWidget(button)
    return line
