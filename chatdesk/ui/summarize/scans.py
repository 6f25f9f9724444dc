"""Has the text of scanned documents recognised when the user wishes so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.document_errors import DocumentHasNoText
from chatdesk.domain.documents import Document, NoteKind
from chatdesk.domain.words import trn
from chatdesk.flows.recognition import RecognitionFlow, RecognitionWay, lacks_pages
from chatdesk.flows.recognition_ways import extra_command
from chatdesk.ui.summarize.opening import Opening
from chatdesk.ui.summarize.page import SummarizePage, View
from chatdesk.ui.summarize.scan_offer import ScanOffer


class Scans(QObject):
    """The offers on the empty page and beside a document that lacks some of its pages."""

    models_requested = Signal()

    def __init__(
        self,
        page: SummarizePage,
        flow: RecognitionFlow,
        ways: Callable[[], list[RecognitionWay]],
        opening: Opening,
        passwords: Mapping[str, str],
    ) -> None:
        """`passwords` are those that were entered, by the path of the document."""
        super().__init__(page)
        self._page = page
        self._flow = flow
        self._find_ways = ways
        self._opening = opening
        self._passwords = passwords
        self._ways: list[RecognitionWay] = []
        self._what, self._path = "", ""
        for offer in (page.start.scan, page.plan.scan):
            offer.recognise_requested.connect(self.recognise)
            offer.models_requested.connect(self.models_requested)
        opening.progressed.connect(lambda sentence: page.start.scan.set_busy(bool(sentence)))

    def dismiss(self) -> None:
        """Offer nothing: another document is opened."""
        self._page.start.scan.hide()
        self._page.plan.scan.hide()

    def offer_whole(self, error: DocumentHasNoText, path: str) -> None:
        """Offer it for a document that is nothing but pictures."""
        offer = self._page.start.scan
        self._offer(offer, error.sentence, path)
        (offer.recognise if self._ways else offer.copy).setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_rest(self, document: Document, path: str) -> None:
        """Offer it for the pages of a document that are pictures, where there are any."""
        self.dismiss()
        if path and lacks_pages(document):
            count = sum(note.number for note in document.notes if note.kind is NoteKind.no_text_on)
            what = trn(
                "{count:,} page of this document is a picture without text.",
                "{count:,} pages of this document are pictures without text.",
                count,
            )
            self._offer(self._page.plan.scan, what, path)

    def recognise(self, place: int) -> None:
        """Recognise the text with one of the ways that were offered; the document is opened then."""
        path, way = Path(self._path), self._ways[max(place, 0)]
        password = self._passwords.get(self._path, "")
        self._page.start.notice.dismiss()
        self._page.start.scan.offer(self._what, [each.title for each in self._ways])
        self._page.start.scan.ways.setCurrentIndex(max(place, 0))
        self._page.show_view(View.start)
        self._opening.open_with(
            path, lambda cancel: self._flow.recognise(path, password, way.recognition, cancel)
        )
        self._page.start.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, offer: ScanOffer, what: str, path: str) -> None:
        self._what, self._path, self._ways = what, path, self._find_ways()
        if self._ways:
            offer.offer(what, [way.title for way in self._ways])
        else:
            offer.explain(what, extra_command())
