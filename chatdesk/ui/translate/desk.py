"""Joins the page with its history, glossaries, memory and documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.glossaries import Glossary, GlossaryId
from chatdesk.domain.translation_ports import TermExchange
from chatdesk.domain.translations import Translation, TranslationId, TranslationState, TranslationWishes
from chatdesk.domain.words import tr
from chatdesk.flows.translate_files import FileTranslationFlow
from chatdesk.flows.translation_queue import TranslationQueueFlow
from chatdesk.ui.translate.controller import TranslateController
from chatdesk.ui.translate.desk_page import TranslateDesk
from chatdesk.ui.translate.document_desk import DocumentDesk
from chatdesk.ui.translate.document_saving import DocumentSaving
from chatdesk.ui.translate.documents import Documents, Workers
from chatdesk.ui.translate.glossaries import GlossaryControl
from chatdesk.ui.translate.glossaries_view import GlossariesView
from chatdesk.ui.translate.history import HistoryControl
from chatdesk.ui.translate.memory import MemoryControl
from chatdesk.ui.translate.memory_view import MemoryView
from chatdesk.ui.translate.names import Names
from chatdesk.ui.translate.review import Review
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 15


@dataclass(frozen=True, slots=True)
class DeskRooms:
    """What the parts around the text work with."""

    files: FileTranslationFlow
    queue: TranslationQueueFlow
    exchange: TermExchange


class DeskControl(QObject):
    """Everything that is not about single paragraphs arrives here."""

    failed = Signal(object)  # exception that is no ChatDeskError

    def __init__(
        self, desk: TranslateDesk, controller: TranslateController, rooms: Rooms, more: DeskRooms
    ) -> None:
        super().__init__(desk)
        self.desk = desk
        self.controller = controller
        self._rooms = rooms
        self._more = more
        workers = Workers(rooms.runs, rooms.looks)
        self.documents = Documents(
            desk.documents, more.queue, workers, controller.choices.options, self._wishes
        )
        saving = DocumentSaving(desk, more.files, rooms.translations, rooms.looks)
        self.files = DocumentDesk(self.documents, saving, more.queue)
        self.review = Review(desk.review, controller, rooms.translations, self.files.save)
        self.names = Names(controller, rooms)
        self.names.failed.connect(controller.notices.tell_error)
        self.history = HistoryControl(desk.sidebar, rooms.translations, self._in_use)
        self._glossaries: GlossaryControl | None = None
        self._memory: MemoryControl | None = None
        controller.elsewhere = self._is_translated
        self._connect()
        self.documents.begin()
        self.history.refresh(self._current())
        self.show_glossaries()

    # -- what the user does ---------------------------------------------------------------------------------

    def take(self, paths: object) -> None:
        """Put dropped files and folders into the list, and show it."""
        assert isinstance(paths, list)
        self.show_documents()
        self.documents.add(paths)

    def show_documents(self) -> None:
        """Show the list of documents."""
        self.controller.paragraphs.keep()
        page, documents = self.desk.page, self.desk.documents
        if self.controller.document is None:
            documents.from_.show_language(page.from_.language)
            documents.to.show_language(page.to.language)
        self.desk.show_documents()
        self.desk.leave_sidebar()
        self.desk.documents.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_text(self) -> None:
        """Show both panes."""
        self.desk.show_text()
        self.desk.page.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, translation: str) -> None:
        """Show a translation of the history."""
        self.desk.show_text()
        self.desk.leave_sidebar()
        if translation != self._current():
            self.review.open(TranslationId(translation))
        if translation != self._current():
            words = tr("This translation was deleted. Undo that, or translate the document again.")
            self.controller.notices.tell(Kind.warning, words)
        self.history.refresh(self._current())

    def begin_anew(self) -> None:
        """Show an empty text; what was there stays in the history."""
        self.desk.show_text()
        self.desk.leave_sidebar()
        self.controller.clear()
        self.history.refresh("")

    def escape(self) -> None:
        """What Esc does: leave the documents, or what it does on the text."""
        if self.desk.shows_documents:
            self.show_text()
        else:
            self.controller.escape()

    def search(self) -> None:
        """Let the user search the history."""
        if self.desk.sidebar.isHidden():
            self.desk.toggle_sidebar()
        self.desk.sidebar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.desk.sidebar.search.selectAll()

    def close(self) -> None:
        """Let nothing reach the page any more; what is done is stored."""
        sheets = (self.names, self._glossaries, self._memory)
        parts = (self.documents, self.files.saving, self.review, self.history, *sheets)
        for part in parts:
            if part is not None:
                part.close()

    # -- sheets ---------------------------------------------------------------------------------------------

    @property
    def glossaries(self) -> GlossaryControl:
        """The sheet of glossaries, made at the first call."""
        if self._glossaries is None:
            view = GlossariesView(self.desk.window())
            self._glossaries = GlossaryControl(
                view, self._rooms.glossaries, self._more.exchange, self._rooms.looks, self._pair
            )
            self._glossaries.changed.connect(self.show_glossaries)
            self._glossaries.failed.connect(self.controller.notices.tell_error)
        return self._glossaries

    @property
    def memory(self) -> MemoryControl:
        """The sheet of the memory, made at the first call."""
        if self._memory is None:
            view = MemoryView(self.desk.window())
            self._memory = MemoryControl(view, self._rooms.memory, self._more.exchange, self._rooms.looks)
            self._memory.failed.connect(self.controller.notices.tell_error)
        return self._memory

    def show_glossaries(self) -> None:
        """Offer the glossaries as they are stored, those of the chosen languages first."""
        found: list[Glossary] = []
        if self._done(lambda: found.extend(self._rooms.glossaries.glossaries())):
            self.desk.glossary.show_glossaries(found, self.controller.choices.glossary, self._pair())
        self.desk.glossary.setDisabled(self.controller.document is not None)

    def _show_memory(self) -> None:
        self.memory.show()

    def _pick_glossary(self, glossary: GlossaryId | None) -> None:
        self.controller.use_glossary(glossary)
        self.show_glossaries()

    # -- the rest -------------------------------------------------------------------------------------------

    def _wishes(self) -> TranslationWishes:
        """Return what documents are translated with that are added now."""
        documents = self.desk.documents
        kept = self.controller.choices.wishes()
        return replace(kept, source=documents.from_.language, target=documents.to.language)

    def _pair(self) -> tuple[str, str]:
        page = self.desk.page
        return page.from_.language or self.controller.shown.language, page.to.language

    def _current(self) -> str:
        kept = self.controller.shown.translation
        return kept.id if kept is not None else ""

    def _is_translated(self, translation: TranslationId) -> bool:
        """Whether the list works on a document now."""
        running = TranslationState.running
        files = self.desk.documents.model.files
        return any(file.translation == translation and file.state is running for file in files)

    def _in_use(self, translation: str) -> bool:
        """Whether something is translated into it now."""
        run = self.controller.shown.run_translation
        mine = self.controller.run.busy and run is not None and run.id == translation
        return mine or self._is_translated(TranslationId(translation))

    def _deleted(self, translation: Translation) -> None:
        if self._current() == translation.id:
            self.controller.clear()
        words = tr("The translation is deleted.")
        self.controller.notices.tell(Kind.info, words, tr("Undo"), self.history.undo, UNDO_SECONDS)
        self.desk.show_text()

    def _restored(self, translation: str) -> None:
        self.desk.page.notice.dismiss()
        self.open(translation)

    def _shows(self, translation: Translation | None) -> None:
        self.history.refresh(translation.id if translation is not None else "")
        self.show_glossaries()

    def _done(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except ChatDeskError as error:
            self.controller.notices.tell_error(error)
            return False
        return True

    def _connect(self) -> None:
        desk, controller = self.desk, self.controller
        desk.dropped.connect(self.take)
        desk.files.clicked.connect(self.show_documents)
        desk.memory_requested.connect(self._show_memory)
        desk.glossary.picked.connect(self._pick_glossary)
        desk.glossary.all_requested.connect(lambda: self.glossaries.show(controller.choices.glossary))
        desk.documents.back_requested.connect(self.show_text)
        desk.review.back_requested.connect(self.show_documents)
        desk.sidebar.new_requested.connect(self.begin_anew)
        desk.sidebar.documents_requested.connect(self.show_documents)
        desk.sidebar.list.opened.connect(self.open)
        for choice in (desk.page.from_, desk.page.to):
            choice.chosen.connect(lambda _: self.show_glossaries())
        controller.shows.connect(self._shows)
        controller.stored.connect(lambda _: self.history.refresh_soon())
        self.history.about_to_delete.connect(
            lambda translation: controller.keep_now() if translation == self._current() else None
        )
        self.history.deleted.connect(self._deleted)
        self.history.restored.connect(self._restored)
        self.history.refused.connect(
            lambda: controller.notices.tell(
                Kind.info, tr("Stop this translation before you delete it."), seconds=8
            )
        )
        self.documents.review_requested.connect(self.open)
        self.documents.translated.connect(self._translated)
        self.files.failed.connect(self._tell_error)
        self.files.told.connect(self._told)
        self.history.failed.connect(controller.notices.tell_error)

    def _translated(self, translation: TranslationId) -> None:
        self.review.follow(translation)
        self.history.refresh_soon()

    def _tell_error(self, error: Exception) -> None:
        """Say it where the user looks."""
        if isinstance(error, ChatDeskError) and self.desk.shows_documents:
            self.documents.tell(Kind.error, f"{error.sentence} {error.hint}".strip())
        else:
            self.controller.notices.tell_error(error)

    def _told(self, kind: Kind, words: str, action: str, then: Callable[[], None]) -> None:
        """Say in the review as well what became of saving."""
        if not self.desk.shows_documents:
            self.controller.notices.tell(kind, words, action, then)
