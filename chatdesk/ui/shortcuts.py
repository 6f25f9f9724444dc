"""The one table of keyboard shortcuts: menus, tooltips and the list on F1 all read it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from chatdesk.domain.settings import N_, SendKey
from chatdesk.domain.words import tr

_APPLICATION = N_("Application")
_CHATS = N_("Chats")
_MESSAGES = N_("Writing and answers")
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
    Shortcut("stop", ("Esc",), N_("Stop the answer"), _MESSAGES),
    Shortcut("edit-last", ("Up",), N_("Edit your last message (in an empty message box)"), _MESSAGES),
    Shortcut("regenerate", ("Ctrl+R",), N_("Answer again"), _MESSAGES),
    Shortcut("continue-answer", ("Alt+Return",), N_("Continue the answer"), _MESSAGES),
    Shortcut("previous-version", ("Alt+Left",), N_("Previous version of the answer"), _MESSAGES),
    Shortcut("next-version", ("Alt+Right",), N_("Next version of the answer"), _MESSAGES),
    Shortcut("copy-answer", ("Ctrl+Shift+C",), N_("Copy the last answer"), _MESSAGES),
    Shortcut("copy-code", ("Ctrl+Shift+;",), N_("Copy the last piece of code"), _MESSAGES),
    Shortcut("focus-composer", ("Shift+Esc",), N_("Go to the message box"), _MESSAGES),
    Shortcut("search-chats", ("Ctrl+K",), N_("Search all chats"), _FIND),
    Shortcut("find", ("Ctrl+F",), N_("Find in this chat"), _FIND),
    Shortcut("find-next", ("F3",), N_("Next place found"), _FIND),
    Shortcut("find-previous", ("Shift+F3",), N_("Previous place found"), _FIND),
    Shortcut("chat-page", ("Ctrl+1",), N_("Chat"), _APPLICATION),
    Shortcut("models-page", ("Ctrl+2", "Ctrl+M"), N_("Models"), _APPLICATION),
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
