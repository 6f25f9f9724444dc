"""The one table of keyboard shortcuts, which menus and tooltips read, and the list on F1 that shows it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.settings import N_, SendKey
from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.sheets import page
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.key_cap import KeyCaps
from chatdesk.ui.widgets.label import Label

_APPLICATION = N_("Application")
_CHATS = N_("Chats")
_MESSAGES = N_("Writing and answers")
_TRANSLATIONS = N_("Translations")
_FIND = N_("Find")


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What keys do; `keys` are Qt's portable text, the first one is shown in tooltips. Ctrl is ⌘ on macOS."""

    id: str
    keys: tuple[str, ...]
    title: str
    group: str


SHORTCUTS = (
    Shortcut("new-chat", ("Ctrl+N", "Ctrl+Shift+O"), N_("New chat"), _CHATS),
    Shortcut("rename-chat", ("F2",), N_("Rename the chat"), _CHATS),
    Shortcut("delete-chat", ("Ctrl+Shift+Backspace",), N_("Delete the chat"), _CHATS),
    Shortcut("undo-delete", ("Ctrl+Z",), N_("Bring back the deleted chat (outside of text fields)"), _CHATS),
    Shortcut("sidebar", ("Ctrl+B",), N_("Show or hide the list of chats"), _CHATS),
    Shortcut("send", (), N_("Send the message"), _MESSAGES),
    Shortcut("new-line", (), N_("New line in the message"), _MESSAGES),
    Shortcut("attach", ("Ctrl+Shift+A",), N_("Attach documents"), _MESSAGES),
    Shortcut("stop", ("Esc",), N_("Stop the answer"), _MESSAGES),
    Shortcut("edit-last", ("Up",), N_("Edit your last message (in an empty message box)"), _MESSAGES),
    Shortcut("regenerate", ("Ctrl+R",), N_("Answer again; for translations: swap the languages"), _MESSAGES),
    Shortcut("continue-answer", ("Alt+Return",), N_("Continue the answer"), _MESSAGES),
    Shortcut("previous-version", ("Alt+Left",), N_("Previous version of the answer"), _MESSAGES),
    Shortcut("next-version", ("Alt+Right",), N_("Next version of the answer"), _MESSAGES),
    Shortcut("copy-answer", ("Ctrl+Shift+C",), N_("Copy the last answer"), _MESSAGES),
    Shortcut("copy-code", ("Ctrl+Shift+;",), N_("Copy the last piece of code"), _MESSAGES),
    Shortcut("focus-composer", ("Shift+Esc",), N_("Go to the message box"), _MESSAGES),
    Shortcut(
        "translate",
        ("Ctrl+Return",),
        N_("Translate; within the translation: confirm the paragraph"),
        _TRANSLATIONS,
    ),
    Shortcut("translate-clipboard", ("Ctrl+Shift+T",), N_("Translate what was copied"), _TRANSLATIONS),
    Shortcut("search-chats", ("Ctrl+K",), N_("Search all chats"), _FIND),
    Shortcut("find", ("Ctrl+F",), N_("Find in this chat"), _FIND),
    Shortcut("find-next", ("F3",), N_("Next place found"), _FIND),
    Shortcut("find-previous", ("Shift+F3",), N_("Previous place found"), _FIND),
    Shortcut("chat-page", ("Ctrl+1",), N_("Chat"), _APPLICATION),
    Shortcut("models-page", ("Ctrl+2", "Ctrl+M"), N_("Models"), _APPLICATION),
    Shortcut("summarize-page", ("Ctrl+3",), N_("Summarise"), _APPLICATION),
    Shortcut("translate-page", ("Ctrl+4",), N_("Translate"), _APPLICATION),
    Shortcut("find-models", ("Ctrl+Shift+M",), N_("Find models"), _APPLICATION),
    Shortcut("downloads", ("Ctrl+J",), N_("Downloads"), _APPLICATION),
    Shortcut("model-picker", ("Ctrl+L",), N_("Choose a model"), _APPLICATION),
    Shortcut("open-model", ("Ctrl+O",), N_("Open a model file"), _APPLICATION),
    Shortcut("settings", ("Ctrl+,",), N_("Settings"), _APPLICATION),
    Shortcut("zoom-in", ("Ctrl++", "Ctrl+="), N_("Larger text"), _APPLICATION),
    Shortcut("zoom-out", ("Ctrl+-",), N_("Smaller text"), _APPLICATION),
    Shortcut("zoom-reset", ("Ctrl+0",), N_("Normal text size"), _APPLICATION),
    Shortcut("shortcuts", ("F1", "Ctrl+/"), N_("Keyboard shortcuts"), _APPLICATION),
    Shortcut("quit", ("Ctrl+Q",), N_("Quit"), _APPLICATION),
)


def find(id: str) -> Shortcut:  # noqa: A002  the table's own word
    """Return the shortcut called `id`. Raises KeyError."""
    for shortcut in SHORTCUTS:
        if shortcut.id == id:
            return shortcut
    raise KeyError(id)


def keys_of(shortcut: Shortcut, send_key: SendKey = SendKey.enter) -> tuple[str, ...]:
    """Return the portable keys of `shortcut`; those of sending and of a new line follow the setting."""
    plain, with_ctrl = ("Return",), ("Ctrl+Return",)
    if shortcut.id == "send":
        return plain if send_key is SendKey.enter else with_ctrl
    if shortcut.id == "new-line":
        return ("Shift+Return",) if send_key is SendKey.enter else plain
    return shortcut.keys


def sequences(id: str) -> list[QKeySequence]:  # noqa: A002
    """Return the keys of the shortcut called `id` for QAction.setShortcuts. Raises KeyError."""
    return [QKeySequence.fromString(keys) for keys in find(id).keys]


def key_names(keys: str) -> list[str]:
    """Return the single keys of portable `keys` as they stand on this platform's keyboard."""
    mac = sys.platform == "darwin"
    printed = (
        {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Return": "⏎"}
        if mac
        else {"Ctrl": tr("Ctrl"), "Shift": tr("Shift"), "Alt": tr("Alt"), "Return": tr("Enter")}
    )
    # A plus sign at the end is a key itself, as in "Ctrl++".
    return [printed.get(part) or native(part) for part in re.split(r"\+(?=.)", keys)]


def native(keys: str) -> str:
    """Return portable `keys` as this platform writes them: "Ctrl+K" here, "⌘K" on macOS."""
    return QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.NativeText)


def hint(title: str, id: str) -> str:  # noqa: A002
    """Return the text of a tooltip: `title` and the first keys of the shortcut called `id`."""
    keys = find(id).keys
    return tr("{title} ({keys})").format(title=title, keys=native(keys[0])) if keys else title


class ShortcutRow(QWidget):
    """One line of the list: what happens, and the keys for it."""

    def __init__(self, shortcut: Shortcut, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken = tr(" or ").join(native(each) for each in keys)
        self._words = f"{tr(shortcut.title)} {tr(shortcut.group)} {spoken}".casefold()
        self.setObjectName(f"shortcut-{shortcut.id}")
        self.setAccessibleName(f"{tr(shortcut.title)}: {spoken}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(10)
        row.addWidget(Label(tr(shortcut.title)).wrap(), 1)
        for place, each in enumerate(keys):
            if place:
                row.addWidget(Label(tr("or"), 9, tone="muted"))
            row.addWidget(KeyCaps(key_names(each), native(each)))

    def has(self, words: list[str]) -> bool:
        """Return whether every one of `words` (casefolded) stands in the line."""
        return all(word in self._words for word in words)


class ShortcutList(QDialog):
    """All shortcuts by group, with a filter; Esc closes it. Call `open`."""

    def __init__(self, send_key: SendKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        rows = [ShortcutRow(each, keys_of(each, send_key)) for each in SHORTCUTS if each.group == group]
        for row in rows:
            column.addWidget(row)
        self._groups.append((heading, rows))

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
        self.resize(round(scaled(540)), round(scaled(620)))
