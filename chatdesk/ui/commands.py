"""What the command palette offers: shortcuts of the window, buttons and menus of a page, settings by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QMenu, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from chatdesk.domain.settings import N_, entry_of, shown_groups
from chatdesk.domain.words import tr
from chatdesk.ui.shortcuts import SHORTCUTS, keys_of, native

_PASSED_OVER = ("rail-", "setting-", "banner-", "find-", "reset-", "change-")
# Buttons of pages that need not be shown for them: the page, the button's name, what it does.
OF_PAGES = (
    ("summarize", "new-summary", N_("New summary")),
    ("summarize", "choose-files", N_("Summarise documents")),
    ("summarize", "choose-folder", N_("Summarise a folder")),
    ("translate", "open-documents", N_("Translate documents")),
    ("translate", "show-memory", N_("Translation memory")),
    ("templates", "new-template", N_("New template")),
    ("templates", "new-persona", N_("New persona")),
    ("templates", "import-templates", N_("Import templates")),
    ("models", "add-models-folder", N_("Look for models in a folder")),
    ("models", "move-models-folder", N_("Move the folder of models")),
    ("settings", "export-everything", N_("Export all chats")),
    ("settings", "back-up-now", N_("Back up now")),
    ("settings", "restore-backup", N_("Restore a backup")),
    ("settings", "open-data-folder", N_("Open the folder with your chats and settings")),
    ("settings", "restore-defaults", N_("Restore default settings")),
)
_UNNAMED = "qt_"  # buttons that Qt puts into its own widgets


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """One thing that can be done; `unusable` says why it cannot be done now, "" when it can."""

    id: str  # stable: what was used last is remembered by it
    title: str
    group: str
    run: Callable[[], object]
    keys: str = ""  # as the platform writes them
    unusable: str = ""


def of_shortcuts(actions: Iterable[QAction], unusable: Callable[[str], str]) -> Iterator[Command]:
    """Give a command for each action that has the id of a shortcut; `unusable` tells of an id why not."""
    bound = {action.data(): action for action in actions}
    for shortcut in SHORTCUTS:  # in the order of the table, whoever has bound them
        name = shortcut.id
        if (action := bound.get(name)) is not None:
            keys = keys_of(shortcut)
            yield Command(
                f"shortcut:{name}",
                tr(shortcut.title),
                tr(shortcut.group),
                action.trigger,
                native(keys[0]) if keys else "",
                unusable(name),
            )


def of_page(page: QWidget, name: str, title: str) -> Iterator[Command]:
    """Give a command for each button that is shown on a page, and for what their menus offer."""
    for button in page.findChildren(QAbstractButton):
        own = button.objectName()
        if not own or own.startswith((*_PASSED_OVER, _UNNAMED)) or not button.isVisibleTo(page):
            continue
        if not button.isEnabled() or _is_in_text(button, page):
            continue
        menu = button.menu() if isinstance(button, QToolButton | QPushButton) else None
        if menu is not None:
            yield from _of_menu(menu, f"{name}:{own}", button.accessibleName() or title)
        elif button.accessibleName():
            words = button.accessibleName().rstrip("…")
            yield Command(f"{name}:{own}", words, title, _once(button, button.click))


def of_pages(
    shown: str, press: Callable[[str, str], object], title: Callable[[str], str]
) -> Iterator[Command]:
    """Give a command for each of OF_PAGES but those of the page called `shown`.

    `press` gets a page and a button of it, `title` says what a page is called.
    """
    for page, button, words in OF_PAGES:
        if page != shown:
            yield Command(f"{page}:{button}", tr(words), title(page), partial(press, page, button))


def of_settings(show: Callable[[str], object]) -> Iterator[Command]:
    """Give a command for each setting, which `show` gets by name."""
    for group, names in shown_groups().items():
        for name in names:
            yield Command(
                f"setting:{name}",
                tr(entry_of(name).title),
                f"{tr('Settings')} · {tr(group)}",
                lambda name=name: show(name),  # type: ignore[misc]
            )


def _of_menu(menu: QMenu, name: str, group: str) -> Iterator[Command]:
    menu.aboutToShow.emit()  # what they offer is made or renewed when they open
    for action in menu.actions():
        below = action.menu()
        words = action.text().replace("&", "").rstrip("…")
        if action.isSeparator() or not action.isEnabled() or not action.isVisible() or not words:
            continue
        if isinstance(below, QMenu):
            yield from _of_menu(below, f"{name}:{words}", words)
        else:
            yield Command(f"{name}:{words}", words, group, _once(action, action.trigger))


def _once(owner: QAction | QAbstractButton, run: Callable[[], object]) -> Callable[[], object]:
    """Return `run`, which does nothing when its owner has gone since."""
    return lambda: run() if isValid(owner) else None


def _is_in_text(button: QWidget, page: QWidget) -> bool:
    """Whether a button belongs to one message or row, of which there are many."""
    parent = button.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QAbstractScrollArea) and parent.objectName() in ("transcript",):
            return True
        parent = parent.parentWidget()
    return False
