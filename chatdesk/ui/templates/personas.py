"""Personas in the chat: chosen when it begins, named in the header, and made of a chat's set-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy

from chatdesk.domain.chat import Conversation
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.chat.controller import ChatController
from chatdesk.ui.theme import colours
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from chatdesk.domain.templates import LibraryEntry, Persona
    from chatdesk.flows.templates import TemplateLibrary

LOOK_MS = 300  # the window opens before personas are read
_BESIDE = 2  # place in the header: after the model


class Personas(QObject):
    """Nothing of templates is imported before a persona is asked for, or a chat has a system prompt."""

    save_requested = Signal(object)  # Persona: the set-up of the open chat
    page_requested = Signal()

    def __init__(
        self,
        chat: ChatController,
        chats: Chats,
        library: Callable[[], TemplateLibrary],
        models: Callable[[], Sequence[Path]],
    ) -> None:
        super().__init__(chat)
        self._chat = chat
        self._chats = chats
        self._library = library
        self._models = models
        self.shown = ElidedLabel(9, tone="muted")
        self.shown.setObjectName("persona")
        self.shown.hide()
        header = chat.page.header
        row = header.layout()
        assert isinstance(row, QBoxLayout)
        row.insertWidget(_BESIDE, self.shown)
        self.choose = push_button("choose-persona", tr("Begin with a persona…"), "flat", "user")
        self.choose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choose.clicked.connect(self.open_menu)
        chat.page.welcome.add(self.choose)
        self._fill_header_menu(header.menu_button.menu())
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._name)
        chat.chat.changed.connect(self._changed)

    def close(self) -> None:
        """Look at the store no more."""
        self._chat.chat.changed.disconnect(self._changed)
        self._look.stop()

    def begin(self, persona: Persona) -> None:
        """Begin a chat with a persona: the open one where it is empty, else a new one."""
        from chatdesk.flows.personas import begin, conversation_with

        try:
            if self._chat.chat.branch() or self._chat.chat.busy:
                self._chat.new()
            chat = conversation_with(persona, self._chat.chat.conversation, self._models())
            if persona.messages:
                begin(self._chats, chat, persona)
                self._chat.open(chat.id)
            else:
                self._chat.chat.choose(
                    system=chat.system,
                    model=chat.model,
                    preset=chat.preset,
                    sampling=chat.sampling,
                    thinking=chat.thinking,
                )
        except ChatDeskError as error:
            self._chat.show_error(error)
        self._chat.page.composer.setFocus()

    def set_up(self) -> Persona:
        """Return how the open chat is set up, as a persona without a title."""
        from chatdesk.domain.templates import Persona

        chat = self._chat.chat.conversation
        return Persona(
            "",
            chat.system,
            "",
            chat.model,
            "" if chat.sampling else chat.preset,
            chat.sampling,
            chat.thinking,
        )

    def open_menu(self) -> QMenu:
        """Open the menu of personas below the button in an empty chat."""
        menu = QMenu(self.choose)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setStyleSheet(sheets.menus(colours()))
        self._fill(menu)
        menu.popup(self.choose.mapToGlobal(QPoint(0, self.choose.height() + 2)))
        return menu

    def _fill_header_menu(self, menu: QMenu) -> None:
        first = menu.actions()[0] if menu.actions() else None
        personas = QMenu(tr("Begin a chat with a persona"), menu)
        personas.setObjectName("persona-menu")
        personas.aboutToShow.connect(lambda: self._fill(personas))
        save = menu.addAction(tr("Save this chat's set-up as a persona…"))
        save.triggered.connect(lambda: self.save_requested.emit(self.set_up()))
        if first is not None:
            menu.insertMenu(first, personas)
            menu.insertAction(first, save)
            menu.insertSeparator(first)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.setObjectName("persona-menu")
        menu.setToolTipsVisible(True)
        for entry in self._entries():
            action = menu.addAction(entry.what.title.replace("&", "&&"))
            action.setToolTip(entry.what.description)
            action.triggered.connect(lambda _=False, it=entry: self._pick(it))
        menu.addSeparator()
        menu.addAction(tr("All personas and templates"), self.page_requested.emit)

    def _pick(self, entry: LibraryEntry) -> None:
        from chatdesk.domain.templates import Persona

        if isinstance(entry.what, Persona):
            self.begin(entry.what)
            try:
                self._library().note_use(entry.id)
            except ChatDeskError as error:
                self._chat.show_error(error)

    def _entries(self) -> list[LibraryEntry]:
        """Return the personas that can be used."""
        try:
            return [each for each in self._library().entries() if each.is_persona and not each.problem]
        except ChatDeskError as error:
            self._chat.show_error(error)
            return []

    def _changed(self, chat: Conversation) -> None:
        self.shown.hide()
        if chat.system and chat.system != self._chat.chat.choosing.settings.system_prompt:
            self._look.start()
        else:
            self._look.stop()

    def _name(self) -> None:
        """Name the persona whose system prompt the chat has."""
        from chatdesk.domain.templates import Persona

        system = self._chat.chat.conversation.system.strip()
        title = next(
            (
                each.what.title
                for each in self._entries()
                if isinstance(each.what, Persona) and system and each.what.system.strip() == system
            ),
            "",
        )
        if title:
            self.shown.tell(tr("Persona: {title}").format(title=title))
            self.shown.setMaximumWidth(QFontMetrics(self.shown.font()).averageCharWidth() * 34)
        self.shown.setVisible(bool(title))
