"""Marks the words of a paragraph that the model was not sure of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.translations import DoubtfulWord, Translation
from chatdesk.domain.words import tr, trn
from chatdesk.flows.translating import TranslationOptions
from chatdesk.ui.jobs import Job
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.translate.shown import Shown


class Certainty(QObject):
    """The marks stay until the paragraph changes."""

    failed = Signal(object)

    def __init__(
        self,
        page: TranslatePage,
        shown: Shown,
        rooms: Rooms,
        options: Callable[[], TranslationOptions],
        base: Callable[[], Translation | None],
    ) -> None:
        """`base` gives the translation as it stands, None where there is none."""
        super().__init__(page)
        self._page = page
        self._shown = shown
        self._rooms = rooms
        self._options = options
        self._base = base
        page.paragraph.unsure_requested.connect(self.mark)

    def mark(self) -> None:
        """Ask the model how likely it finds each word of the paragraph with the cursor."""
        number, base = self._page.panes.number(), self._base()
        if base is None or not 0 <= number < len(base.segments):
            return
        text = base.segments[number].translation
        options = self._options()
        self._page.paragraph.show_segment(base.segments[number], tr("Asking the model how sure it is…"))

        def work(cancel: CancelToken) -> Iterator[object]:
            yield from self._rooms.edits.doubts(base, number, options, cancel)

        job = Job(work)
        job.produced.connect(lambda words: self._show(number, text, words))
        job.failed.connect(self.failed)
        job.finished.connect(lambda: self._shown.changed.emit(-1))
        self._rooms.looks.start(job)

    def _show(self, number: int, text: str, words: tuple[DoubtfulWord, ...]) -> None:
        if number >= len(self._shown.segments) or self._page.target.pieces.texts[number] != text:
            return
        self._shown.looks.unsure[number] = (text, words)
        self._page.target.restyle(number)
        told = tr("The model was sure of every word of this paragraph.")
        if words:
            told = trn(
                "The model was not sure of one word; it is underlined with dots.",
                "The model was not sure of {count} words; they are underlined with dots.",
                len(words),
            )
        self._page.show_note(told)
