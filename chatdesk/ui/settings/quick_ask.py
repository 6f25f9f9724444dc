"""The row that says how a key of the whole desktop opens the small window for quick questions."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label


def quick_ask_command() -> str:
    """Return what to enter into the desktop's own settings."""
    program = shutil.which("chatdesk")
    words = [program] if program else [sys.executable, "-m", "chatdesk"]
    words.append("--quick-ask")
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def quick_ask_row() -> QWidget:
    """Return the sentence, the command and a button that copies it."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 12, 0, 12)
    column.setSpacing(4)
    command = Label(quick_ask_command(), 9).wrap()
    command.setObjectName("quick-ask-command")
    command.setAccessibleName(tr("Command for quick ask"))
    command.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    copy = push_button("copy-quick-ask", tr("Copy command"))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(quick_ask_command()))
    words = tr(
        "For a key that works in every application, give this command a shortcut in the keyboard settings "
        "of your desktop. A small window opens in front of all others."
    )
    column.addWidget(Label(tr("Quick ask from everywhere")).wrap())
    column.addWidget(Label(words, 9, tone="muted").wrap())
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(command, 1)
    line.addWidget(copy)
    column.addLayout(line)
    return row
