"""Builds what summarises documents when its page is first opened, and joins it to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.ports import PageImages
from chatdesk.text_rooms import TextRooms
from chatdesk.ui.jobs import JobRunner

if TYPE_CHECKING:
    from chatdesk.flows.recognition_ways import RecognitionWays
    from chatdesk.ui.summarize.controller import SummarizeController
    from chatdesk.ui.summarize.page import SummarizePage

AT_ONCE = 2  # a summary beside the list of files: their requests to the model take turns
LOOKS = 2  # documents that are read, and texts whose tokens are counted, beside a summary


class SummarizeJoints(QObject):
    """Nothing of documents and summaries is imported before `page` is called."""

    ask_requested = Signal(object)  # Document to ask about in a chat
    models_page_requested = Signal()
    model_file_requested = Signal()
    failed = Signal(object)  # exception that is no ChatDeskError
    made = Signal(object)  # the SummarizeController, with the first look at the page

    def __init__(self, rooms: TextRooms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._runners: list[JobRunner] = []
        self._controller: SummarizeController | None = None

    def page(self) -> SummarizePage:
        """Return the page, made at the first call."""
        return self.controller.page

    @property
    def controller(self) -> SummarizeController:
        """What the page does, made at the first call."""
        if self._controller is None:
            self._controller = self._make()
            self.made.emit(self._controller)
        return self._controller

    def close(self) -> None:
        """Stop all that runs; what is done is stored."""
        if self._controller is not None:
            self._controller.close()
        for runner in self._runners:
            runner.shutdown()

    def _make(self) -> SummarizeController:
        from chatdesk.documents.page_image import PdfPages
        from chatdesk.documents.reader import DocumentReader, scan_survey
        from chatdesk.documents.scan_marks import ScannedPages
        from chatdesk.flows.recognition import RecognitionFlow
        from chatdesk.flows.summarize import SummarizeFlow
        from chatdesk.flows.summary_queue import SummaryQueueFlow
        from chatdesk.storage.recognised import RecognisedStore
        from chatdesk.storage.summaries import SummaryStore
        from chatdesk.storage.summary_queue import SummaryQueueStore
        from chatdesk.ui.summarize.controller import SummarizeController
        from chatdesk.ui.summarize.page import SummarizePage
        from chatdesk.ui.summarize.rooms import Rooms

        store = SummaryStore(self._rooms.database)
        store.repair()
        flow = SummarizeFlow(self._rooms.engine, store, self._rooms.records, self._rooms.languages)
        runs, looks = JobRunner(AT_ONCE, self), JobRunner(LOOKS, self)
        self._runners = [runs, looks]
        reader = RecognitionFlow(DocumentReader(), scan_survey(), RecognisedStore(self._rooms.database))
        pages = ScannedPages(PdfPages(), reader.lines)
        queue = SummaryQueueFlow(SummaryQueueStore(self._rooms.database), reader, store, flow)
        rooms = Rooms(
            flow,
            queue,
            reader,
            self._ways(pages),
            pages,
            store,
            self._rooms.models,
            self._rooms.settings,
            runs,
            looks,
        )
        controller = SummarizeController(SummarizePage(), rooms)
        controller.ask_requested.connect(self.ask_requested)
        controller.models_page_requested.connect(self.models_page_requested)
        controller.model_file_requested.connect(self.model_file_requested)
        controller.failed.connect(self.failed)
        return controller

    def _ways(self, pages: PageImages) -> RecognitionWays:
        """Return what there is on this computer to recognise text with."""
        from chatdesk.documents.recogniser import OcrRecognition, extra_installed
        from chatdesk.flows.page_pictures import PagePictures
        from chatdesk.flows.recognition_ways import RecognitionWays
        from chatdesk.flows.seeing import SeeingModel
        from chatdesk.ui.pictures.reading import PictureReader

        pictures = PagePictures(pages, PictureReader())
        return RecognitionWays(
            lambda: OcrRecognition() if extra_installed() else None,
            lambda load: SeeingModel(self._rooms.engine, self._rooms.records, load, pictures),
            self._rooms.models,
        )
