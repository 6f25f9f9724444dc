"""Builds what translates texts when its page is first opened, and joins it to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk import paths as places
from chatdesk.text_rooms import TextRooms
from chatdesk.ui.jobs import JobRunner

if TYPE_CHECKING:
    from chatdesk.ui.translate.controller import TranslateController
    from chatdesk.ui.translate.desk import DeskControl
    from chatdesk.ui.translate.desk_page import TranslateDesk

AT_ONCE = 2  # a text beside the list of documents: their requests to the model take turns
LOOKS = 2  # languages that are told and paragraphs that are stored beside a translation


class TranslateJoints(QObject):
    """Nothing of translations is imported before `page` is called."""

    models_page_requested = Signal()
    model_file_requested = Signal()
    failed = Signal(object)  # exception that is no ChatDeskError
    made = Signal(object)  # the DeskControl, with the first look at the page

    def __init__(self, rooms: TextRooms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._runners: list[JobRunner] = []
        self._desk: DeskControl | None = None

    def page(self) -> TranslateDesk:
        """Return the page, made at the first call."""
        return self.desk.desk

    @property
    def desk(self) -> DeskControl:
        """What the page does around the text, made at the first call."""
        if self._desk is None:
            self._desk = self._make()
            self.made.emit(self._desk)
        return self._desk

    @property
    def controller(self) -> TranslateController:
        """What the page does with the text, made at the first call."""
        return self.desk.controller

    def close(self) -> None:
        """Stop all that runs; what is done is stored."""
        if self._desk is not None:
            self._desk.close()
            self._desk.controller.close()
        for runner in self._runners:
            runner.shutdown()

    def _make(self) -> DeskControl:
        from chatdesk.documents.exchange.files import ExchangeFiles
        from chatdesk.documents.rewrite.rewriter import FileRewriter
        from chatdesk.flows.translate import TranslateFlow
        from chatdesk.flows.translate_files import FileTranslationFlow
        from chatdesk.flows.translating import TranslationRooms
        from chatdesk.flows.translation_edits import TranslationEdits
        from chatdesk.flows.translation_queue import TranslationQueueFlow
        from chatdesk.hub.catalogue import read_catalogue
        from chatdesk.storage.glossaries import GlossaryStore
        from chatdesk.storage.memory import MemoryStore
        from chatdesk.storage.summaries import SummaryStore
        from chatdesk.storage.translation_queue import TranslationQueueStore
        from chatdesk.storage.translations import TranslationStore
        from chatdesk.tasks.likeness import likeness
        from chatdesk.ui.translate.controller import TranslateController
        from chatdesk.ui.translate.desk import DeskControl, DeskRooms
        from chatdesk.ui.translate.desk_page import TranslateDesk
        from chatdesk.ui.translate.documents_view import DocumentsView
        from chatdesk.ui.translate.page import TranslatePage
        from chatdesk.ui.translate.rooms import Rooms

        store = TranslationStore(self._rooms.database)
        store.repair()
        memory, glossaries = MemoryStore(self._rooms.database, likeness), GlossaryStore(self._rooms.database)
        answers = SummaryStore(self._rooms.database)
        parts = TranslationRooms(
            answers, store, memory, glossaries, self._rooms.languages, self._rooms.records
        )
        runs, looks = JobRunner(AT_ONCE, self), JobRunner(LOOKS, self)
        self._runners = [runs, looks]
        flow = TranslateFlow(self._rooms.engine, parts)
        rooms = Rooms(
            flow,
            TranslationEdits(self._rooms.engine, parts),
            store,
            memory,
            glossaries,
            self._rooms.languages,
            self._rooms.models,
            read_catalogue(places.assets() / "models.toml"),
            self._rooms.settings,
            runs,
            looks,
        )
        controller = TranslateController(TranslatePage(), rooms)
        controller.models_page_requested.connect(self.models_page_requested)
        controller.model_file_requested.connect(self.model_file_requested)
        controller.failed.connect(self.failed)
        files = FileTranslationFlow(flow, FileRewriter())
        queue = TranslationQueueFlow(TranslationQueueStore(self._rooms.database), store, files, flow)
        desk = TranslateDesk(controller.page, DocumentsView())
        return DeskControl(desk, controller, rooms, DeskRooms(files, queue, ExchangeFiles()))
