"""Compares what the user sees of a paragraph: other ways to say it, translated back, what is like it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.translations import Translation
from chatdesk.domain.words import tr
from chatdesk.flows.translating import TranslationOptions
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.paragraphs import Paragraphs
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.translate.shown import Shown


class Comparing(QObject):
    """Each is about the paragraph with the cursor."""

    def __init__(
        self,
        page: TranslatePage,
        shown: Shown,
        rooms: Rooms,
        options: Callable[[], TranslationOptions],
        paragraphs: Paragraphs,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._shown = shown
        self._rooms = rooms
        self._options = options
        self._paragraphs = paragraphs
        bar = page.paragraph
        bar.other_ways_requested.connect(self.other_ways)
        bar.back_requested.connect(self.translate_back)
        bar.similar_requested.connect(self.show_similar)

    def other_ways(self) -> None:
        """Offer other translations of the selected words, or of the whole paragraph."""
        number, base = self._paragraphs.number(), self._paragraphs.base()
        if number < 0 or base is None:
            return
        texts = self._page.target.pieces.texts
        then = texts[number]
        part = self._page.target.textCursor().selectedText().replace("\u2029", "\n").strip()
        if not part or part not in texts[number]:
            part = texts[number]
        base = _with(base, number, texts[number])
        options = self._options()
        self._page.paragraph.show_segment(self._shown.segments[number], tr("Looking for other ways…"))

        def offer(found: object) -> None:
            self._paragraphs.show_bar()
            assert isinstance(found, tuple)
            if self._page.target.pieces.texts[number] != then or self._paragraphs.number() != number:
                return
            if not found:
                self._page.show_note(tr("The model knows no other way to say this."))
                return
            self._offer(number, part, found)

        self._paragraphs.do(
            lambda cancel: self._rooms.edits.alternatives(base, number, part, options, cancel), offer
        )

    def translate_back(self) -> None:
        """Show the paragraph as it is when translated back."""
        number, base = self._paragraphs.number(), self._paragraphs.base()
        if number < 0 or base is None:
            return
        base = _with(base, number, self._page.target.pieces.texts[number])
        options = self._options()
        self._page.paragraph.show_segment(self._shown.segments[number], tr("Translating back…"))

        def show(text: object) -> None:
            self._paragraphs.show_bar()
            self._page.show_note(tr("Translated back: {text}").format(text=text))

        self._paragraphs.do(lambda cancel: self._rooms.edits.back(base, number, options, cancel), show)

    def show_similar(self) -> None:
        """Show what was confirmed for texts like this paragraph."""
        from chatdesk.ui.translate.similar import SimilarPopup

        number, base = self._paragraphs.number(), self._paragraphs.base()
        if number < 0 or base is None:
            return

        def work(_: CancelToken) -> Iterator[object]:
            yield self._rooms.edits.similar(base, number)

        def show(matches: object) -> None:
            assert isinstance(matches, list)
            source = base.segments[number].source
            others = [match for match in matches if match.pair.source.strip()]
            if not others:
                self._page.show_note(tr("You have confirmed nothing like this paragraph yet."))
                return
            popup = SimilarPopup(source, others, self._page)
            popup.picked.connect(lambda text: self._page.target.put({number: text}))
            popup.open_at(self._page.paragraph.mapToGlobal(QPoint(0, 0)))

        self._paragraphs.do(work, show)

    def _offer(self, number: int, part: str, found: tuple[str, ...]) -> None:
        menu = QMenu(self._page)
        menu.setObjectName("other-ways")
        menu.setAccessibleName(tr("Other ways to say this"))
        for text in found:
            menu.addAction(text.replace("&", "&&"), partial(self._use, number, part, text))
        menu.setActiveAction(menu.actions()[0])
        place = self._page.target.cursorRect().bottomLeft()
        menu.popup(self._page.target.viewport().mapToGlobal(place))

    def _use(self, number: int, part: str, text: str) -> None:
        old = self._page.target.pieces.texts[number]
        self._page.target.put({number: old.replace(part, text, 1)})


def _with(base: Translation, number: int, text: str) -> Translation:
    """Return a translation with what the user has written as one of its paragraphs."""
    segments = list(base.segments)
    segments[number] = replace(segments[number], translation=text)
    return replace(base, segments=tuple(segments))
