"""The one table of keyboard shortcuts, which menus and tooltips read, and the keys chosen in place of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from chatdesk.domain.settings import N_, SendKey
from chatdesk.domain.words import tr

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
    Shortcut("temporary-chat", ("Ctrl+Shift+J",), N_("New temporary chat"), _CHATS),
    Shortcut("fork-chat", ("Ctrl+Shift+D",), N_("New chat from the last message"), _CHATS),
    Shortcut("rename-chat", ("F2",), N_("Rename the chat"), _CHATS),
    Shortcut("delete-chat", ("Ctrl+Shift+Backspace",), N_("Delete the chat"), _CHATS),
    Shortcut("undo-delete", ("Ctrl+Z",), N_("Undo what was done to chats (outside of text fields)"), _CHATS),
    Shortcut("new-folder", ("Ctrl+Shift+N",), N_("New folder"), _CHATS),
    Shortcut("move-chat", ("Ctrl+Shift+F",), N_("Move to a folder"), _CHATS),
    Shortcut("pin-chat", ("Ctrl+D",), N_("Pin the chat on top, or take it from there"), _CHATS),
    Shortcut("archive-chat", ("Ctrl+Shift+H",), N_("Put the chat into the archive, or take it out"), _CHATS),
    Shortcut("tag-chat", ("Ctrl+T",), N_("Tags of the chat"), _CHATS),
    Shortcut("chat-list", ("Ctrl+Shift+L",), N_("Go to the list of chats"), _CHATS),
    Shortcut("bin", ("Ctrl+Shift+B",), N_("Open the bin"), _CHATS),
    Shortcut("export-chat", ("Ctrl+Shift+S",), N_("Export the chat"), _CHATS),
    Shortcut("print-chat", ("Ctrl+P",), N_("Print the chat"), _CHATS),
    Shortcut("import-chats", ("Ctrl+Shift+Y",), N_("Import chats"), _CHATS),
    Shortcut("sidebar", ("Ctrl+B",), N_("Show or hide the list of chats"), _CHATS),
    Shortcut("send", (), N_("Send the message"), _MESSAGES),
    Shortcut("new-line", (), N_("New line in the message"), _MESSAGES),
    Shortcut("attach", ("Ctrl+Shift+A",), N_("Attach documents"), _MESSAGES),
    Shortcut("insert-template", ("Ctrl+Shift+I",), N_("Insert a template"), _MESSAGES),
    Shortcut("stop", ("Esc",), N_("Stop the answer"), _MESSAGES),
    Shortcut("edit-last", ("Up",), N_("Edit your last message (in an empty message box)"), _MESSAGES),
    Shortcut("regenerate", ("Ctrl+R",), N_("Answer again; for translations: swap the languages"), _MESSAGES),
    Shortcut("answer-with", ("Ctrl+Shift+R",), N_("Answer again with another model or style"), _MESSAGES),
    Shortcut("continue-answer", ("Alt+Return",), N_("Continue the answer"), _MESSAGES),
    Shortcut("previous-version", ("Alt+Left",), N_("Previous version of the answer"), _MESSAGES),
    Shortcut("next-version", ("Alt+Right",), N_("Next version of the answer"), _MESSAGES),
    Shortcut("previous-question", ("Alt+Shift+Left",), N_("Previous version of the question"), _MESSAGES),
    Shortcut("next-question", ("Alt+Shift+Right",), N_("Next version of the question"), _MESSAGES),
    Shortcut("compare-versions", ("Ctrl+Shift+G",), N_("Compare the versions of the answer"), _MESSAGES),
    Shortcut("edit-answer", ("Ctrl+E",), N_("Edit the last answer"), _MESSAGES),
    Shortcut("message-menu", ("Alt+Down",), N_("More about the last answer"), _MESSAGES),
    Shortcut("delete-message", ("Ctrl+Shift+Del",), N_("Delete the last message"), _MESSAGES),
    Shortcut("waiting-list", ("Alt+Up",), N_("Go to the messages that wait"), _MESSAGES),
    Shortcut("copy-answer", ("Ctrl+Shift+C",), N_("Copy the last answer"), _MESSAGES),
    Shortcut("copy-code", ("Ctrl+Shift+;",), N_("Copy the last piece of code"), _MESSAGES),
    Shortcut("context", ("Ctrl+Shift+E",), N_("What the model sees"), _MESSAGES),
    Shortcut("focus-composer", ("Shift+Esc",), N_("Go to the message box"), _MESSAGES),
    Shortcut(
        "translate",
        ("Ctrl+Return",),
        N_("Translate or summarise; within the translation: confirm the paragraph"),
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
    Shortcut("templates-page", ("Ctrl+5",), N_("Templates"), _APPLICATION),
    Shortcut("find-models", ("Ctrl+Shift+M",), N_("Find models"), _APPLICATION),
    Shortcut("downloads", ("Ctrl+J",), N_("Downloads"), _APPLICATION),
    Shortcut("model-picker", ("Ctrl+L",), N_("Choose a model"), _APPLICATION),
    Shortcut("open-model", ("Ctrl+O",), N_("Open a model file"), _APPLICATION),
    Shortcut("settings", ("Ctrl+,",), N_("Settings"), _APPLICATION),
    Shortcut("zoom-in", ("Ctrl++", "Ctrl+="), N_("Larger text"), _APPLICATION),
    Shortcut("zoom-out", ("Ctrl+-",), N_("Smaller text"), _APPLICATION),
    Shortcut("zoom-reset", ("Ctrl+0",), N_("Normal text size"), _APPLICATION),
    Shortcut("palette", ("Ctrl+Shift+P",), N_("Find a command"), _APPLICATION),
    Shortcut("quick-ask", ("Ctrl+Shift+K",), N_("Quick ask"), _APPLICATION),
    Shortcut("shortcuts", ("F1", "Ctrl+/"), N_("Keyboard shortcuts"), _APPLICATION),
    Shortcut("quit", ("Ctrl+Q",), N_("Quit"), _APPLICATION),
)


WRITTEN = frozenset({"send", "new-line"})  # the setting changes them
# Keys of texts and pages, which are no actions of the window.
LOCAL = WRITTEN | {"edit-last", "translate"}


class _Keyboard(QObject):
    """The keys that count in place of those of the table; one process has one keyboard."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[str, tuple[str, ...]] = {}

    def keys_of(self, shortcut: Shortcut) -> tuple[str, ...]:
        """Return the keys that count: those of the table, unless others were put there or took them."""
        if shortcut.id in self.own:
            return self.own[shortcut.id]
        taken = {keys for each in self.own.values() for keys in each}
        return tuple(keys for keys in shortcut.keys if keys not in taken)


_KEYBOARD = _Keyboard()


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
    return _KEYBOARD.keys_of(shortcut)


def use_keys(stored: Iterable[str]) -> None:
    """Let the keys of `stored` count, each as "id=keys"; those that are not mentioned are as in the table.

    What is not understood, such as keys of a later version, is left out.
    """
    known = {shortcut.id for shortcut in SHORTCUTS} - WRITTEN
    read = read_keys(stored).items()
    own: dict[str, tuple[str, ...]] = {id: (its,) if its else () for id, its in read if id in known}  # noqa: A001
    if own != _KEYBOARD.own:
        _KEYBOARD.own = own
        _KEYBOARD.changed.emit()


def read_keys(stored: Iterable[str]) -> dict[str, str]:
    """Return the keys of each "id=keys" by id, "" for none; what are no keys is left out."""
    pairs = (text.partition("=")[::2] for text in stored)
    return {id: keys for id, keys in pairs if id and (not keys or is_combination(keys))}  # noqa: A001


def written_keys(keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return what `read_keys` reads."""
    return tuple(f"{id}={its}" for id, its in keys.items())  # noqa: A001


def own_keys() -> dict[str, str]:
    """Return the keys that the user has put in place of others, "" for none, by id."""
    return {id: "".join(keys) for id, keys in _KEYBOARD.own.items()}  # noqa: A001


def with_keys(id: str, keys: str | None) -> tuple[str, ...]:  # noqa: A002
    """Return what to store so that `keys` mean the shortcut called `id` and no other one.

    "" takes its keys away, None gives those of the table back.
    """
    wanted = find(id).keys if keys is None else (keys,)
    own = {each: "" if its in wanted else its for each, its in own_keys().items() if each != id}
    if keys is not None:
        own[id] = keys
    return written_keys(own)


def holder_of(keys: str) -> Shortcut | None:
    """Return the shortcut that `keys` mean now."""
    return next((shortcut for shortcut in SHORTCUTS if keys in keys_of(shortcut)), None)


def pressed(event: QKeyEvent, id: str) -> bool:  # noqa: A002
    """Return whether the keys of the shortcut called `id` were pressed; both Enter keys count as one."""
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    keys = QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)
    return keys in keys_of(find(id))


def is_combination(keys: str) -> bool:
    """Return whether `keys` is the portable text of keys pressed together."""
    sequence = QKeySequence.fromString(keys)
    return sequence.count() == 1 and sequence.toString(QKeySequence.SequenceFormat.PortableText) == keys


def combination(keys: str) -> QKeyCombination:
    """Return what portable `keys`, pressed together, are for Qt."""
    pressed: QKeyCombination = QKeySequence.fromString(keys)[0]  # type: ignore[index]  # unknown to its stubs
    return pressed


class _Follower(QObject):
    """A child of what it serves: it goes with it, and its connection too."""

    def __init__(self, owner: QObject, show: Callable[[], None]) -> None:
        super().__init__(owner)
        self._show = show
        _KEYBOARD.changed.connect(self.show_keys)

    def show_keys(self) -> None:
        self._show()


def follow_keys(owner: QObject, show: Callable[[], None]) -> None:
    """Call `show` now, and again whenever keys are changed, as long as `owner` lives."""
    _Follower(owner, show).show_keys()


def hint_on(widget: QWidget, title: str, id: str) -> None:  # noqa: A002
    """Give `widget` a tooltip of `title` and the keys of a shortcut, which follows when these are changed."""
    follow_keys(widget, lambda: widget.setToolTip(hint(title, id)))


def sequences(id: str) -> list[QKeySequence]:  # noqa: A002
    """Return the keys of the shortcut called `id` for QAction.setShortcuts. Raises KeyError."""
    return [QKeySequence.fromString(keys) for keys in keys_of(find(id))]


def bind_within(widget: QWidget, id: str, act: Callable[[], object]) -> None:  # noqa: A002
    """Let the keys of the shortcut called `id` do `act` while `widget` or a part of it has the keyboard."""
    bound = QShortcut(widget)
    bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    bound.activated.connect(act)

    def take_keys() -> None:
        keys = keys_of(find(id))
        both = (*keys, *(each.replace("Return", "Enter") for each in keys if each.endswith("Return")))
        bound.setKeys([QKeySequence.fromString(each) for each in both])

    follow_keys(bound, take_keys)


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
    text = QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", tr("Enter"))  # as it stands on the key


def hint(title: str, id: str) -> str:  # noqa: A002
    """Return the text of a tooltip: `title` and the first keys of the shortcut called `id`."""
    keys = _KEYBOARD.keys_of(find(id))  # those of sending stand beside the message box
    return tr("{title} ({keys})").format(title=title, keys=native(keys[0])) if keys else title
