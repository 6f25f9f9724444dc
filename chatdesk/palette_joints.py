"""Where the command palette gets its commands: shortcuts, the page, chats, templates, models, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QAbstractButton

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.domain.templates import LibraryEntry
    from chatdesk.ui.commands import Command

_ELSEWHERE = frozenset({"stop", "regenerate"})  # mean something else on other pages than that of chats
_OF_CHATS = frozenset(
    {"rename-chat", "delete-chat", "pin-chat", "archive-chat", "tag-chat", "export-chat", "print-chat"}
)
_OF_ANSWERS = frozenset(
    {
        "regenerate", "answer-with", "continue-answer", "copy-answer", "copy-code", "edit-answer",
        "message-menu", "delete-message", "fork-chat", "compare-versions", "previous-version", "next-version",
        "previous-question", "next-question",
    }
)  # fmt: skip
BELOW_TOP = 56  # pixels that the palette stands below the upper edge of the window


class PaletteJoints(QObject):
    """`sources` are asked for commands once something is typed; other parts may add theirs."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self.sources: list[Callable[[], Iterable[Command]]] = [
            self._pages,
            self._chats,
            self._templates,
            self._models,
            self._settings,
        ]

    def show(self) -> None:
        """Let the user find a command by parts of its words."""
        from chatdesk.ui.commands import of_page, of_shortcuts
        from chatdesk.ui.palette import Palette

        window = self._app.window
        page = window.page
        commands: list[Command] = [
            *of_shortcuts(window.actions(), self._unusable),
            *of_page(page, window.page_name, page.accessibleName() or tr("This page")),
        ]
        titles: set[str] = {"shortcut:palette"}  # the same thing by a shortcut and a button is listed once
        offered: list[Command] = []
        for command in commands:
            name = command.title.casefold()
            if command.id not in titles and name not in titles:
                titles.add(name)
                offered.append(command)
        shown = Palette(offered, self._more, self._app.settings.value.recent_actions, window)
        shown.chosen.connect(self._run)
        shown.open()
        place = QPoint((window.width() - shown.width()) // 2, BELOW_TOP)
        shown.move(window.mapToGlobal(place))

    def _run(self, command: Command) -> None:
        from chatdesk.ui.palette import remembered

        recent = remembered(self._app.settings.value.recent_actions, command.id)
        command.run()
        if not self._app.closed:
            self._app.settings.change(recent_actions=recent)

    def _more(self) -> Iterable[Command]:
        for source in self.sources:
            try:
                yield from source()
            except ChatDeskError as error:
                self._app.chat.show_error(error)

    def _pages(self) -> Iterable[Command]:
        from chatdesk.ui.commands import of_pages

        window = self._app.window
        return of_pages(window.page_name, self._press, window.rail.title)

    def _press(self, page: str, name: str) -> None:
        self._app.window.show_page(page)
        button = self._app.window.page.findChild(QAbstractButton, name)
        if isinstance(button, QAbstractButton):
            button.click()

    def _chats(self) -> Iterable[Command]:
        from chatdesk.ui.commands import Command

        for chat in self._app.chats.conversations():
            open_it = partial(self._open_chat, chat.id)
            yield Command(f"chat:{chat.id}", chat.title or tr("New chat"), tr("Open the chat"), open_it)

    def _templates(self) -> Iterable[Command]:
        from chatdesk.domain.templates import Persona
        from chatdesk.ui.commands import Command

        templates = self._app.templates
        for entry in templates.library.entries():
            kind = tr("Persona") if isinstance(entry.what, Persona) else tr("Template")
            use = partial(self._use_template, entry)
            keys = templates.keys.words(entry.id)
            yield Command(f"template:{entry.id}", entry.what.title, kind, use, keys, entry.problem)

    def _use_template(self, entry: LibraryEntry) -> None:
        self._app.window.show_page("chat")
        self._app.templates.using.use(entry)

    def _models(self) -> Iterable[Command]:
        from chatdesk.ui.commands import Command

        app = self._app
        for model in app.model_flow.installed(app.settings.value):
            use = partial(self._app.joints.use_model, model.path)
            yield Command(f"model:{model.path}", model.title, tr("Use the model"), use, "", model.problem)

    def _settings(self) -> Iterable[Command]:
        from chatdesk.ui.commands import of_settings

        return of_settings(self._show_setting)

    def _show_setting(self, name: str) -> None:
        from chatdesk.ui.settings.page import SettingsPage

        self._app.window.show_page("settings")
        page = self._app.window.page
        if isinstance(page, SettingsPage):
            page.show_setting(name)

    def _unusable(self, shortcut: str) -> str:
        """Return why the shortcut does nothing now, "" when it does something."""
        chat, page = self._app.chat, self._app.window.page_name
        if page != "chat" and shortcut in _ELSEWHERE:
            return ""
        stored = self._app.chats.conversation(chat.chat.conversation.id) is not None
        if shortcut == "stop" and not chat.chat.busy:
            return tr("No answer is being written")
        if shortcut in _OF_CHATS and not stored:
            return tr("This chat is still empty")
        if shortcut in _OF_ANSWERS and not stored:
            return tr("There is no answer yet")
        if shortcut in ("find-next", "find-previous") and not chat.page.find_bar.isVisible():
            return tr("Nothing is being looked for")
        return ""

    def _open_chat(self, conversation: str) -> None:
        self._app.window.show_page("chat")
        self._app.chat.open(conversation)
