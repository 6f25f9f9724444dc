"""What the user does with single paragraphs: writes, confirms, asks again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translations import (
    Origin,
    Segment,
    SegmentState,
    Translation,
    TranslationState,
    TranslationWishes,
)
from chatdesk.flows.translating import TranslationOptions
from chatdesk.ui.jobs import Flow, Job
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.translate.running import Run
from chatdesk.ui.translate.shown import Shown

PAUSE_MS = 1500  # after the last letter in a paragraph, before it is stored


class Paragraphs(QObject):
    """What is written counts as confirmed, and is stored when the paragraph is left or after a pause."""

    failed = Signal(object)
    stored = Signal(str)  # id of the translation

    def __init__(
        self,
        page: TranslatePage,
        shown: Shown,
        rooms: Rooms,
        run: Run,
        options: Callable[[], TranslationOptions],
        wishes: Callable[[], TranslationWishes],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._shown = shown
        self._rooms = rooms
        self._run = run
        self._options = options
        self._wishes = wishes
        self._written: dict[int, tuple[str, str]] = {}  # source and translation that is not stored yet
        self._current = -1
        self._closed = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        page.target.edited.connect(self._edited)
        page.target.confirm_requested.connect(self.confirm)
        page.target.menu_requested.connect(self._open_menu)
        page.panes.number_changed.connect(self._entered)
        shown.changed.connect(lambda number: self.show_bar() if number in (-1, self._current) else None)
        bar = page.paragraph
        bar.confirm_requested.connect(self.confirm)
        bar.again_requested.connect(self.again)

    # -- writing --------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Store what was written."""
        self._pause.stop()
        written, self._written = self._written, {}
        for number, (source, text) in written.items():
            if (place := self._shown.place(source, number)) >= 0:
                self._write(place, text)

    def keep_waiting(self) -> None:
        """Store what could not be stored while a text was translated."""
        self.keep()

    def keep_draft(self) -> None:
        """Store the source as it is, although it is not translated yet."""
        draft = self._shown.draft(self._wishes(), self._options())
        if draft is None:
            return

        def work(_: CancelToken) -> Iterator[object]:
            self._rooms.translations.save(draft)
            yield draft

        self.do(work, lambda _: self.stored.emit(draft.id))

    def leave(self) -> bool:
        """Store at once the source as it is, since another text takes its place; False when that fails."""
        draft = self._shown.draft(self._wishes(), self._options())
        if draft is None:
            return True
        running = self._shown.run_translation
        if running is not None and running.id == draft.id:  # the run stores its own text under that id
            fresh = Translation(draft.wishes, draft.model)
            draft = replace(draft, id=fresh.id, created=fresh.created, state=TranslationState.stopped)
        try:
            self._rooms.translations.save(draft)
        except ChatDeskError as error:
            self.failed.emit(error)
            return False
        self.stored.emit(draft.id)
        return True

    def keep_now(self) -> None:
        """Store what was written before this returns."""
        self._pause.stop()
        for number, (source, text) in self._written.items():
            base, place = self.base(), self._shown.place(source, number)
            if base is not None and place >= 0:
                self._rooms.translations.save(base)
                self._change(base, place, text, CancelToken())
        self._written = {}

    def close(self) -> None:
        """Store what was written, and let nothing reach the page any more."""
        self.keep_now()
        self._closed = True

    def confirm(self) -> None:
        """Confirm the paragraph with the cursor, and go on to the next that is not."""
        number = self.number()
        if number < 0:
            return
        text = self._page.target.pieces.texts[number]
        self._written.pop(number, None)
        if text.strip():
            self._write(number, text)
            following = (each.number for each in self._shown.segments[number + 1 :])
            after = next(
                (
                    each
                    for each in following
                    if self._shown.segments[each].state is not SegmentState.confirmed
                ),
                -1,
            )
            if after >= 0 and self._page.target.hasFocus():
                self._page.panes.go_to(after)

    def again(self) -> None:
        """Translate the paragraph with the cursor again."""
        number = self.number()
        base = self.base()
        if number < 0 or base is None or self._run.busy:
            return
        self._written.pop(number, None)

        def work(_: CancelToken) -> Iterator[object]:
            self._rooms.translations.save(base)
            yield self._rooms.edits.reopen(base, number)

        def reopened(segment: object) -> None:
            assert isinstance(segment, Segment)
            place = self._shown.place(segment.source, number)
            if place >= 0:
                self._shown.put(replace(segment, number=place))
                self._page.run_requested.emit()

        self.do(work, reopened)

    def number(self) -> int:
        """Return the paragraph with the cursor, -1 for none."""
        number = self._page.panes.number()
        return number if number < len(self._shown.segments) else -1

    def base(self) -> Translation | None:
        """Return the translation as it stands in the window, None where there is none."""
        return self._shown.base(self._wishes(), self._options())

    def show_bar(self) -> None:
        """Show what there is to say of the paragraph with the cursor."""
        number = self.number()
        shown = self._shown.segments[number] if 0 <= number < len(self._shown.segments) else None
        self._page.paragraph.show_segment(shown)

    def do(self, work: Flow, then: Callable[[object], None]) -> None:
        """Do something beside the window; `then` takes what comes of it while the page is open."""
        job = Job(work)
        job.produced.connect(lambda result: None if self._closed else then(result))
        job.failed.connect(lambda error: None if self._closed else self.failed.emit(error))
        self._rooms.looks.start(job)

    # -- the rest -------------------------------------------------------------------------------------------

    def _edited(self, number: int) -> None:
        text = self._page.target.pieces.texts[number]
        self._written[number] = (self._shown.segments[number].source, text)
        self._shown.written(number, text)
        self._pause.start()

    def _entered(self, number: int) -> None:
        if number != self._current:
            self._current = number
            self._page.show_note("")
            if self._written and number not in self._written:
                self.keep()
        self.show_bar()

    def _write(self, number: int, text: str) -> None:
        base = self.base()
        if base is None or number >= len(base.segments):
            return
        in_run = self._shown.number_in_run(number)
        if self._run.busy:
            if in_run < 0:
                self._written[number] = (
                    base.segments[number].source,
                    text,
                )  # the run knows nothing of it: stored when that has ended
                return
            assert self._shown.run_translation is not None
            base, number_there = self._shown.run_translation, in_run
        else:
            number_there = number

        def work(cancel: CancelToken) -> Iterator[object]:
            if in_run < 0:
                self._rooms.translations.save(base)
            yield self._change(base, number_there, text, cancel)

        def kept(segment: object) -> None:
            assert isinstance(segment, Segment)
            self._rooms.flow.edited(base.id, segment)
            place = self._shown.place(segment.source, number)
            if place >= 0 and self._page.target.pieces.texts[place] == segment.translation:
                self._shown.put(replace(segment, number=place))
            self.stored.emit(base.id)

        if in_run >= 0:
            edited = replace(
                base.segments[in_run],
                translation=text,
                state=SegmentState.confirmed,
                origin=Origin.user,
                error="",
            )
            self._rooms.flow.edited(base.id, edited)
        if not self._run.busy:
            self._shown.stored(base)
        self.do(work, kept)

    def _change(self, base: Translation, number: int, text: str, cancel: CancelToken) -> Segment:
        if not text.strip():
            return self._rooms.edits.reopen(base, number)
        return self._rooms.edits.write(base, number, text, self._options(), cancel)

    def _open_menu(self, point: QPoint) -> None:
        target = self._page.target
        menu = target.createStandardContextMenu()
        own = self._page.paragraph.menu()
        first = menu.actions()[0] if menu.actions() else None
        menu.insertActions(first, own.actions())  # type: ignore[arg-type]
        if first is not None:
            menu.insertSeparator(first)
        menu.exec(point)
