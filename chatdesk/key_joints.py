"""What each shortcut does; some mean something of their own on each page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.domain.settings import Settings, entry_of

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.joints import Joints
    from chatdesk.ui.summarize.controller import SummarizeController
    from chatdesk.ui.templates.controller import TemplatesController
    from chatdesk.ui.translate.controller import TranslateController

Action = Callable[[], object]


class KeyJoints:
    """Binds the table of `ui/shortcuts.py` to what the pages can do."""

    def __init__(self, app: App, joints: Joints) -> None:
        self._app = app
        self._joints = joints
        for bindings in (self._of_pages(), self._of_answers(), self._of_chats(), self._of_the_window()):
            for shortcut, action in bindings.items():
                app.window.bind(shortcut, action)

    def on_chat(self, action: Action) -> None:
        """Show the page of chats, and do something there."""
        self._app.window.show_page("chat")
        action()

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller; 0 makes it normal."""
        entry = entry_of("text_size")
        now = self._app.settings.value.text_size
        self._app.settings.change(text_size=now + steps * int(entry.step) if steps else Settings().text_size)

    def translate_clipboard(self) -> None:
        """Translate what was copied, on its page."""
        self._app.window.show_page("translate")
        from chatdesk.ui.translate.clipboard import translate_clipboard

        translate_clipboard(self._app.translate.desk)

    def show_shortcuts(self) -> None:
        """List the shortcuts, which can be changed there."""
        from chatdesk.ui.shortcut_list import ShortcutList

        taken = self._app.templates.title_of_keys
        shown = ShortcutList(self._app.settings.value.send_key, self._app.window, taken)
        shown.changed.connect(lambda keys: self._app.settings.change(keys=keys))
        shown.open()

    def _of_pages(self) -> dict[str, Action]:
        """Return what has a meaning on several pages."""
        app, chat = self._app, self._app.chat
        return {
            "undo-delete": self._either(
                app.chat_joints.branches.undoing.undo,
                lambda it: it.history.undo(),
                lambda _: app.translate.desk.history.undo(),
                lambda it: it.undo(),
            ),
            "sidebar": self._either(
                chat.toggle_sidebar,
                lambda it: it.page.toggle_sidebar(),
                lambda _: app.translate.page().toggle_sidebar(),
            ),
            "stop": self._either(
                chat.stop_or_close, lambda it: it.escape(), lambda _: app.translate.desk.escape()
            ),
            "regenerate": self._either(
                chat.actions.regenerate, lambda _: chat.actions.regenerate(), lambda it: it.swap()
            ),
            "find": self._find,
        }

    def _of_answers(self) -> dict[str, Action]:
        chat = self._app.chat
        return {
            "continue-answer": chat.actions.go_on,
            "previous-version": partial(chat.actions.step_version, "", -1),
            "next-version": partial(chat.actions.step_version, "", 1),
            "copy-answer": chat.actions.copy,
            "copy-code": chat.actions.copy_code,
            "find-next": partial(chat.finding.step, 1),
            "find-previous": partial(chat.finding.step, -1),
        }

    def _of_chats(self) -> dict[str, Action]:
        """Return what shows the page of chats first."""
        app, chat = self._app, self._app.chat
        actions: dict[str, Action] = {
            "new-chat": chat.new,
            "rename-chat": chat.rename_current,
            "delete-chat": chat.delete_current,
            "attach": app.attaching.ask_for_files,
            "context": app.chat_joints.context.open,
            "insert-template": app.templates.slash.open,
            "focus-composer": chat.page.composer.setFocus,
            "search-chats": chat.search,
            "model-picker": chat.page.header.picker.open_list,
        }
        return {shortcut: partial(self.on_chat, action) for shortcut, action in actions.items()}

    def _of_the_window(self) -> dict[str, Action]:
        app, window, joints = self._app, self._app.window, self._joints
        return {
            "chat-page": partial(window.show_page, "chat"),
            "models-page": partial(window.show_page, "models"),
            "summarize-page": partial(window.show_page, "summarize"),
            "translate-page": partial(window.show_page, "translate"),
            "templates-page": partial(window.show_page, "templates"),
            "settings": partial(window.show_page, "settings"),
            "translate-clipboard": self.translate_clipboard,
            "find-models": partial(joints.show_models, "search"),
            "downloads": partial(joints.show_models, "downloads"),
            "open-model": app.models.ask_for_file,
            "zoom-in": partial(self.zoom, 1),
            "zoom-out": partial(self.zoom, -1),
            "zoom-reset": partial(self.zoom, 0),
            "shortcuts": self.show_shortcuts,
            "palette": joints.palette.show,
            "quick-ask": joints.comfort.quick_ask,
            "quit": window.quit,
        }

    def _either(
        self,
        on_chat: Action,
        on_summaries: Callable[[SummarizeController], object],
        on_translations: Callable[[TranslateController], object] = lambda _: None,
        on_templates: Callable[[TemplatesController], object] = lambda _: None,
    ) -> Action:
        """Return what keys do that mean something of its own on other pages than that of chats."""
        app = self._app

        def act() -> object:
            if app.window.page_name == "summarize":
                return on_summaries(app.summarize.controller)
            if app.window.page_name == "translate":
                return on_translations(app.translate.controller)
            if app.window.page_name == "templates":
                return on_templates(app.templates.controller)
            return on_chat()

        return act

    def _find(self) -> None:
        app = self._app
        if app.window.page_name == "models":
            app.models.show_view("search")
        elif app.window.page_name == "summarize":
            app.summarize.controller.search()
        elif app.window.page_name == "translate":
            app.translate.desk.search()
        elif app.window.page_name == "templates":
            app.templates.controller.page.search.setFocus()
        else:
            self.on_chat(app.chat.page.find_bar.open_bar)
