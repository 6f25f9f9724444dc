"""Where the parts around a chat meet: folders and bin, branches, context, attachments, templates, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.branch_joints import BranchJoints
from chatdesk.domain.chat import Folder, MessageId
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.library import OwnSettings
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.flows.context import ContextFlow, ContextSeen
from chatdesk.flows.folders import path_of
from chatdesk.flows.larger_context import Larger
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.arranging import Arranging
from chatdesk.ui.chat.chat_menu import join_header
from chatdesk.ui.chat.context_desk import ContextDesk
from chatdesk.ui.chat.context_watch import ContextWatch
from chatdesk.ui.chat.document_fitting import DocumentFitting
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.flows.context_note import ContextNoteFlow
    from chatdesk.flows.whole_summary import WholeSummary
    from chatdesk.ui.chat.folder_dialog import FolderDialog

PASTED_SECONDS = 15


class ChatJoints(QObject):
    """Builds each part and joins it with the chat page."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self.folders = FolderStore(app.database)
        app.chat.search_requested.connect(self._search)
        self._join_folders()
        self._join_context()
        self.branches = BranchJoints(app)
        self.branches.branching.menu_opening.connect(self.context.add_to_menu)

    def _join_folders(self) -> None:
        app, chat, page = self._app, self._app.chat, self._app.chat.page
        self.arranging = Arranging(
            page.sidebar, app.chats, self.folders, chat.list, chat.chat, self._folder_dialog
        )
        self.arranging.new_chat_requested.connect(chat.new)
        self.arranging.search_requested.connect(self._search)
        self.arranging.failed.connect(chat.show_error)
        page.header.place_requested.connect(lambda: self.arranging.ask_folder(self.arranging.open_one()))
        join_header(page.header.menu_button.menu(), page.header.renaming, self.arranging)
        chat.chat.changed.connect(lambda it: page.header.show_place(path_of(self.folders, it.folder)))
        for shortcut, act in {
            "new-folder": self.arranging.new_folder,
            "move-chat": self.arranging.ask_folder,
            "pin-chat": self.arranging.pin,
            "archive-chat": self.arranging.archive,
            "tag-chat": self.arranging.ask_tags,
            "chat-list": self.arranging.focus_list,
            "bin": self.arranging.show_bin,
        }.items():
            app.window.bind(shortcut, partial(self._on_chat, act))

    def _on_chat(self, act: Callable[[], object]) -> None:
        self._app.window.show_page("chat")
        act()

    def _folder_dialog(self, folder: Folder) -> FolderDialog:
        from chatdesk.ui.chat.folder_dialog import FolderDialog

        app = self._app
        models = app.model_flow.installed(app.settings.value)
        return FolderDialog(folder, models, app.attaching.flow, app.jobs, app.window)

    def close(self) -> None:
        """Let nothing look at the store any more."""
        self.watch.close()

    def _join_context(self) -> None:
        app, chat, page = self._app, self._app.chat, self._app.chat.page
        flow = ContextFlow(app.chats, app.engine)
        self.watch = ContextWatch(chat.chat, page.composer, app.answers, flow, app.jobs)
        self.context = ContextDesk(chat.chat, app.chats, self.watch, self._note_flow, app.jobs, page)
        self.watch.counted.connect(self._show_used)
        self._join_documents()
        self.context.shown.connect(lambda message: page.transcript.show_message(MessageId(message)))
        self.context.moved_on.connect(self._offer_note)
        self.context.failed.connect(chat.show_error)
        self.context.told.connect(lambda sentence: chat.notify(Kind.info, sentence))
        app.answers.done.connect(self.context.answered)
        page.meter.clicked.connect(self.context.open)
        page.header.context_requested.connect(self.context.open)
        chat.actions.source_requested.connect(app.attaching.show_source)
        hint_on(page.meter, tr("What the model sees"), "context")

    def _search(self, words: str = "") -> None:
        from chatdesk.storage.chat_search import ChatSearch
        from chatdesk.ui.chat.searching import Searching

        searching = Searching(ChatSearch(self._app.database), self._app.window)
        searching.chosen.connect(self._app.chat.open)
        searching.dialog.field.setText(words)
        searching.open()

    def _join_documents(self) -> None:
        app, chat = self._app, self._app.chat
        composer = chat.page.composer
        app.attaching.pasted.connect(self._tell_pasted)
        composer.changed.connect(self._forget_pasted)
        composer.replaced.connect(self._forget_pasted)
        app.settings.changed.connect(self._settings_changed)
        self._settings_changed(app.settings.value)
        self.fitting = DocumentFitting(
            chat.chat, composer, app.chats, app.chats.holds, self._whole_summary, app.jobs
        )
        self.watch.failed.connect(self.fitting.give_way)
        self.fitting.model_chosen.connect(self._take_larger)
        self.fitting.failed.connect(chat.show_error)
        self.watch.counted.connect(self.fitting.take)

    def _settings_changed(self, settings: Settings) -> None:
        self._app.chat.page.composer.box.attaches_long = settings.attach_long_texts

    def _take_larger(self, chosen: Larger) -> None:
        """Answer with a model that has room for the documents; it keeps the context that it is given."""
        model, record = chosen.model, chosen.model.record
        if chosen.tokens:
            own = replace(record.own if record else OwnSettings(), context_tokens=chosen.tokens)
            try:
                self._app.library().set_own(model.path, own, record.adapters if record else ())
            except ChatDeskError as error:
                self._app.chat.show_error(error)
                return
        self._app.chat.pick_model(model.path)

    def _tell_pasted(self) -> None:
        take_back = self._app.attaching.take_back
        self._app.chat.notify(Kind.info, _pasted(), tr("Paste as text"), take_back, PASTED_SECONDS)

    def _forget_pasted(self) -> None:
        """Take the notice away once its button has nothing to do any more."""
        notice = self._app.chat.page.notice
        if notice.text == _pasted() and not self._app.attaching.can_take_back:
            notice.dismiss()

    def _whole_summary(self) -> WholeSummary:
        from chatdesk.flows.summarize import SummarizeFlow
        from chatdesk.flows.whole_summary import WholeSummary
        from chatdesk.storage.passages import PassageStore
        from chatdesk.storage.summaries import SummaryStore

        app = self._app
        flow = SummarizeFlow(app.engine, SummaryStore(app.database), None, app.languages)
        return WholeSummary(flow, PassageStore(app.chats.home))

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


def _pasted() -> str:
    return tr("The long text that you pasted is attached.")
