"""Where the parts around a chat meet: folders and bin, branches, context, attachments, templates, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.domain.chat import MessageId
from chatdesk.domain.words import tr
from chatdesk.flows.context import ContextFlow, ContextSeen
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.context_desk import ContextDesk
from chatdesk.ui.chat.context_watch import ContextWatch
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.flows.context_note import ContextNoteFlow


class ChatJoints(QObject):
    """Builds each part and joins it with the chat page."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self.folders = FolderStore(app.database)
        app.chat.search_requested.connect(self._search)
        self._join_context()

    def close(self) -> None:
        """Let nothing look at the store any more."""
        self.watch.close()

    def _join_context(self) -> None:
        app, chat, page = self._app, self._app.chat, self._app.chat.page
        flow = ContextFlow(app.chats, app.engine)
        self.watch = ContextWatch(chat.chat, page.composer, app.answers, flow, app.jobs)
        self.context = ContextDesk(chat.chat, app.chats, self.watch, self._note_flow, app.jobs, page)
        self.watch.counted.connect(self._show_used)
        self.context.shown.connect(lambda message: page.transcript.show_message(MessageId(message)))
        self.context.moved_on.connect(self._offer_note)
        app.answers.done.connect(self.context.answered)
        page.meter.clicked.connect(self.context.open)
        page.header.context_requested.connect(self.context.open)
        hint_on(page.meter, tr("What the model sees"), "context")

    def _search(self) -> None:
        from chatdesk.storage.chat_search import ChatSearch
        from chatdesk.ui.chat.searching import Searching

        searching = Searching(ChatSearch(self._app.database), self._app.window)
        searching.chosen.connect(self._app.chat.open)
        searching.open()

    def _search(self) -> None:
        from chatdesk.storage.chat_search import ChatSearch
        from chatdesk.ui.chat.searching import Searching

        searching = Searching(ChatSearch(self._app.database), self._app.window)
        searching.chosen.connect(self._app.chat.open)
        searching.open()

    def _note_flow(self) -> ContextNoteFlow:
        from chatdesk.flows.context_note import ContextNoteFlow

        return ContextNoteFlow(self._app.chats, self._app.engine)

    def _show_used(self, seen: ContextSeen | None) -> None:
        meter = self._app.chat.page.meter
        if seen is None:
            meter.hide()
        else:
            meter.show_used(seen.told, seen.context, fits=seen.fits)

    def _offer_note(self) -> None:
        sentence = tr("More of this chat no longer fits into the model's context than its note tells of.")
        self._app.chat.notify(Kind.info, sentence, tr("Renew the note"), self.context.renew_note)
