"""Joins templates and personas to the chat; nothing of them is imported before they are first needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Draft, Message, Role
from chatdesk.ui.chat.slash import Slash, Span
from chatdesk.ui.templates.keys import TemplateKeys
from chatdesk.ui.templates.personas import Personas

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.domain.templates import LibraryEntry, Persona
    from chatdesk.flows.template_edits import TemplateEdits
    from chatdesk.flows.templates import TemplateLibrary
    from chatdesk.storage.templates import TemplateStore
    from chatdesk.ui.templates.controller import TemplatesController
    from chatdesk.ui.templates.using import Using

KEPT_DAYS = 30  # of templates that were deleted


class TemplateJoints(QObject):
    """The list in the message box, the form, and the page."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self.slash = Slash(app.chat.page.composer, lambda: self.library)
        self.slash.chosen.connect(self._use)
        self.slash.failed.connect(app.chat.show_error)
        self.keys = TemplateKeys(app.settings, app.window)
        self.keys.pressed.connect(self._use_called)
        self.personas = Personas(app.chat, app.chats, lambda: self.library, self._model_files)
        self.personas.page_requested.connect(lambda: app.window.show_page("templates"))
        self.personas.save_requested.connect(self._save_persona)

    def page(self) -> QWidget:
        """Return the page, made at the first call."""
        return self.controller.page

    def close(self) -> None:
        """Close the form, look at the store no more, and take away files that were made for dragging."""
        self.personas.close()
        if "using" in self.__dict__:
            self.using.close()
        if "controller" in self.__dict__:
            self.controller.close()

    def title_of_keys(self, keys: str) -> str:
        """Return the title of the template that has portable `keys`, "" for none."""
        from chatdesk.domain.errors import ChatDeskError
        from chatdesk.domain.templates import TemplateId

        holder = self.keys.holder(keys)
        try:
            entry = self.library.entry(TemplateId(holder)) if holder else None
        except ChatDeskError as error:
            self._app.chat.show_error(error)
            return ""
        return entry.what.title if entry is not None else ""

    @cached_property
    def library(self) -> TemplateLibrary:
        from chatdesk.flows.templates import TemplateLibrary

        return TemplateLibrary(self._store)

    @cached_property
    def edits(self) -> TemplateEdits:
        from chatdesk.flows.template_edits import TemplateEdits
        from chatdesk.storage.template_files import TomlFiles

        return TemplateEdits(self._store, TomlFiles())

    @cached_property
    def using(self) -> Using:
        from chatdesk.ui.templates.document_control import DocumentRooms
        from chatdesk.ui.templates.using import UseRooms, Using

        app = self._app
        rooms = UseRooms(self.library, DocumentRooms(app.attaching.flow, app.jobs), self._count, app.jobs)
        using = Using(app.chat, rooms)
        using.chat_requested.connect(lambda: app.window.show_page("chat"))
        using.persona_requested.connect(self._begin)
        return using

    @cached_property
    def controller(self) -> TemplatesController:
        from chatdesk.ui.templates.controller import PageRooms, TemplatesController
        from chatdesk.ui.templates.page import TemplatesPage

        app = self._app
        rooms = PageRooms(
            self.library, self.edits, self.keys, lambda: app.model_flow.installed(app.settings.value)
        )
        controller = TemplatesController(TemplatesPage(), rooms)
        controller.use_requested.connect(self.using.use)
        return controller

    @cached_property
    def _store(self) -> TemplateStore:
        from chatdesk.storage.templates import TemplateStore

        store = TemplateStore(self._app.database)
        store.purge(datetime.now(UTC) - timedelta(days=KEPT_DAYS))
        return store

    def _use(self, entry: LibraryEntry, span: Span, selected: str) -> None:
        self.using.use(entry, span, selected)

    def _use_called(self, template: str) -> None:
        self.using.use_called(template)

    def _begin(self, persona: Persona) -> None:
        self._app.window.show_page("chat")
        self.personas.begin(persona)

    def _save_persona(self, persona: Persona) -> None:
        self._app.window.show_page("templates")
        self.controller.new_persona(persona)

    def _model_files(self) -> list[Path]:
        return [each.path for each in self._app.model_flow.installed(self._app.settings.value)]

    def _count(self, draft: Draft, cancel: CancelToken) -> int | None:
        """Return the tokens of a draft with its documents for the model of the open chat. Raises EngineError,
        StorageError."""
        from chatdesk.flows.documents import turn_of

        asked = Message(Role.user, draft.text, attachments=draft.attachments)
        text = turn_of(self._app.chats, sees=False, message=asked).text
        counts = self._app.engine.count_tokens(self._app.chat.chat.options().load, [text], cancel)
        return None if cancel.cancelled or not counts else counts[0]
