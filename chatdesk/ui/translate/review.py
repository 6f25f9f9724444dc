"""A document's translation in the panes of the page: read, corrected, confirmed, saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translation_ports import Translations
from chatdesk.domain.translations import SegmentState, Translation, TranslationId
from chatdesk.domain.words import tr
from chatdesk.ui.translate.controller import TranslateController
from chatdesk.ui.translate.mark_looks import mark_ranges
from chatdesk.ui.translate.review_bar import ReviewBar

SOON_MS = 500  # after something of the document was translated in the list


class Review(QObject):
    """The source of a document is not written into, and its languages are those it was translated with."""

    def __init__(
        self,
        bar: ReviewBar,
        controller: TranslateController,
        translations: Translations,
        save: Callable[[Translation], object],
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._controller = controller
        self._translations = translations
        self._save = save
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._catch_up)
        page = controller.page
        page.source.lines.formats = lambda block: mark_ranges(block.text())
        controller.shows.connect(self._shown)
        controller.shown.changed.connect(lambda _: self._tell())
        bar.save_requested.connect(self._ask_save)

    def open(self, translation: TranslationId) -> None:
        """Show a document, finished or not."""
        self._controller.run.stop()
        self._controller.paragraphs.keep()
        self._controller.show(translation)
        self._controller.page.target.setFocus()

    def follow(self, translation: TranslationId) -> None:
        """Something of a document was translated in the list."""
        document = self._controller.document
        if document is not None and document.id == translation and not self._soon.isActive():
            self._soon.start()

    def close(self) -> None:
        """Ask the store nothing any more; it is about to close."""
        self._soon.stop()

    def _shown(self, translation: Translation | None) -> None:
        is_document = translation is not None and bool(translation.path)
        page = self._controller.page
        page.source.setReadOnly(is_document)
        for control in (page.from_, page.to, page.swap, page.more):
            control.setDisabled(is_document)
        if is_document:
            page.more.setChecked(False)
        self._tell()

    def _tell(self) -> None:
        document = self._controller.document
        if document is None:
            self._bar.show_document("", "")
            return
        segments = self._controller.shown.segments
        confirmed = sum(each.state is SegmentState.confirmed for each in segments)
        words = tr("{done} of {total} paragraphs translated, {confirmed} confirmed").format(
            done=self._controller.shown.done, total=len(segments), confirmed=confirmed
        )
        self._bar.show_document(document.name, words)

    def _catch_up(self) -> None:
        """Show what has come meanwhile, and leave what the user has written."""
        document = self._controller.document
        if document is None:
            return
        try:
            stored = self._translations.translation(document.id)
        except ChatDeskError:  # it is told by whoever works on the list
            return
        shown = self._controller.shown
        if stored is None or len(stored.segments) != len(shown.segments):
            return
        if shown.translation is not None:
            shown.translation = replace(shown.translation, names=stored.names, language=stored.language)
        for now, segment in zip(shown.segments, stored.segments, strict=True):
            if segment.translation and not now.translation:
                shown.put(segment)

    def _ask_save(self) -> None:
        document = self._controller.document
        if document is not None:
            self._controller.paragraphs.keep()
            self._save(document)
