"""What the page that translates does: everything that the user does on it arrives here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.glossaries import GlossaryId
from chatdesk.domain.translations import Translation, TranslationId, TranslationWishes
from chatdesk.domain.words import tr
from chatdesk.tasks.segments import Segments, cut
from chatdesk.ui.summarize.notices import Notices
from chatdesk.ui.translate.certainty import Certainty
from chatdesk.ui.translate.choices import Choices
from chatdesk.ui.translate.comparing import Comparing
from chatdesk.ui.translate.directions import Directions
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.paragraphs import Paragraphs
from chatdesk.ui.translate.reading import Reading
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.translate.running import Run
from chatdesk.ui.translate.shown import Pairs, Shown
from chatdesk.ui.translate.telling import Telling
from chatdesk.ui.widgets.banner import Kind

BY_ITSELF_MS = 1200  # after the last letter
DRAFT_MS = 2000


class TranslateController(QObject):
    """Joins the page with translations, models and settings."""

    models_page_requested = Signal()
    model_file_requested = Signal()
    failed = Signal(object)  # exception that is no ChatDeskError
    stored = Signal(str)  # id of a translation that is stored otherwise than before
    shows = Signal(object)  # Translation that is shown from now on, None for a new text

    def __init__(self, page: TranslatePage, rooms: Rooms) -> None:
        super().__init__(page)
        self.page = page
        self._rooms = rooms
        self.choices = Choices(page, rooms)
        self.shown = Shown(page.panes)
        self.run = Run(rooms.flow, rooms.runs, self)
        self.reading = Reading(lambda: page.source.text, rooms.languages, rooms.looks, self)
        self.notices = Notices(page.notice)
        self.telling = Telling(page, self.shown, self.run, self.notices)
        self.directions = Directions(
            page, rooms, self.choices.options, lambda: self.choices.glossary is not None
        )
        self.paragraphs = Paragraphs(page, self.shown, rooms, self.run, self.choices.options, self.wishes)
        self.comparing = Comparing(page, self.shown, rooms, self.choices.options, self.paragraphs)
        self.certainty = Certainty(page, self.shown, rooms, self.choices.options, self.paragraphs.base)
        self.certainty.failed.connect(self.paragraphs.failed)
        self.elsewhere: Callable[[TranslationId], bool] = lambda _: False  # whether the list translates it
        self._start_when_read = False
        self._unsaved = False  # whether something was typed that is not stored
        self._by_itself = _timer(self, BY_ITSELF_MS, self._start_by_itself)
        self._draft = _timer(self, DRAFT_MS, self._keep_draft)
        page.doubt.action.connect(self.models_page_requested)
        self._connect_page()
        self._connect_parts()
        self._show_settings()
        self._reopen()

    @property
    def document(self) -> Translation | None:
        """The document that is shown; None for a text."""
        kept = self.shown.translation
        return kept if kept is not None and kept.path else None

    # -- what the user does ---------------------------------------------------------------------------------

    def wishes(self) -> TranslationWishes:
        """Return what is chosen now; of a document, what was chosen for it."""
        document = self.document
        return document.wishes if document is not None else self.choices.wishes()

    def use_glossary(self, glossary: GlossaryId | None) -> None:
        """Translate with another glossary from now on, None for without one."""
        self.choices.glossary = glossary
        self.directions.show_doubt()
        self.shown.outdate(self.wishes())

    def start(self) -> None:
        """Translate what is not translated yet."""
        if self.run.busy or not self.page.source.text.strip():
            return
        self._by_itself.stop()
        self._draft.stop()
        if self.reading.reading:
            self.reading.read()
        self.paragraphs.keep()
        text = self.page.source.text
        self._unsaved = False
        self.page.notice.dismiss()
        document = self.document
        if document is not None and self.elsewhere(document.id):
            self.notices.tell(Kind.info, tr("The list is translating this document already."), seconds=8)
            return
        if (
            document is not None
            and (base := self.shown.base(document.wishes, self.choices.options())) is not None
        ):
            self.run.go_on(base, self.choices.options())
        else:
            self.run.start(text, self.wishes(), self.choices.options(), self.shown.earlier())
            self.directions.remember()
        self.page.show_running(True)

    def escape(self) -> None:
        """What Esc does: close a note, or stop."""
        if self.page.note.isVisible():
            self.page.show_note("")
        else:
            self.run.stop()

    def swap(self) -> None:
        """Translate the other way round: the translation becomes the text, and stands beside what it was."""
        if self.document is not None:
            return
        if not self.directions.source:
            self.notices.tell(Kind.info, tr("Choose the language of the text first."), seconds=6)
            return
        self.run.stop()
        if self.reading.reading:
            self._cut(cut(self.page.source.text))
        self.paragraphs.keep()
        text, turned = self.shown.turned()
        self.directions.turn()
        if turned:
            self.begin_with(text, turned)
        self.directions.choose()

    def clear(self) -> None:
        """Begin anew; the translation stays in the history."""
        self.run.stop()
        self.paragraphs.keep()
        self.begin_with("")
        self.page.source.setFocus()

    def begin_with(self, text: str, turned: Pairs = ()) -> None:
        """Show another text that is not translated yet; the one before it stays in the history."""
        if not self._leave():
            return
        self.shown.drop(turned)
        self.shows.emit(None)
        self.page.source.show_text(text)
        self.reading.read()

    def translate_clipboard(self) -> None:
        """Translate what was copied."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.notices.tell(Kind.info, tr("There is no text on the clipboard."), seconds=6)
            return
        self.run.stop()
        self.paragraphs.keep()
        self.begin_with(text)
        self._when_free()

    def show(self, translation: str) -> None:
        """Show a stored translation."""
        try:
            stored = self._rooms.translations.translation(TranslationId(translation))
        except ChatDeskError as error:
            self.notices.tell_error(error)
            return
        if stored is not None and self._leave():
            self._show(stored)

    def keep_now(self) -> None:
        """Store what was written and typed before this returns."""
        self.paragraphs.keep_now()
        self._leave()

    def close(self) -> None:
        """Store what was written, and let nothing reach the page any more."""
        self.paragraphs.close()
        self._leave()
        for timer in (self._by_itself, self._draft):
            timer.stop()
        self.reading.close()
        self.run.close()

    # -- what happens ---------------------------------------------------------------------------------------

    def _show(self, translation: Translation) -> None:
        self.page.source.show_text(translation.source)
        self.page.source.document().clearUndoRedoStacks()
        self.choices.show_wishes(translation.wishes)
        self.shown.follow(Segments(tuple(each.source for each in translation.segments), translation.gaps))
        self.shown.show(translation)
        self.reading.take(self.page.source.text)
        self._source_changed(read=False)
        self.directions.show()
        self.shows.emit(translation)

    def _reopen(self) -> None:
        """Show what was translated last, or the draft."""
        try:
            newest = next((each for each in self._rooms.translations.translations() if not each.path), None)
        except ChatDeskError as error:
            self.notices.tell_error(error)
            return
        if newest is not None:
            self.show(newest.id)
        else:
            self._source_changed(read=False)

    def _source_changed(self, *, read: bool = True) -> None:
        text = self.page.source.text
        self.page.start.setVisible(not text)
        empty = not text.strip()
        self.page.run.setDisabled(empty)
        self.page.clear.setDisabled(not text)
        self._unsaved = read
        if read:
            self.reading.wait()
            if not self.run.busy:
                self._draft.start()
                if self._rooms.settings.value.translate_by_itself and not empty:
                    self._by_itself.start()

    def _cut(self, cuts: Segments) -> None:
        if self.document is None:  # its paragraphs are those of its file
            self.shown.follow(cuts)
            self.telling.follow()

    def _language_found(self, language: str) -> None:
        self.shown.language = language
        self.directions.find(language)

    def _begun(self, translation: Translation) -> None:
        self.shown.begin(translation)
        self.telling.tell("")

    def _ended(self, translation: Translation | None) -> None:
        self.page.show_running(False)
        if translation is not None:
            run = self.shown.run_translation
            self.shown.end(translation)
            self.stored.emit(translation.id)
            self.telling.end(translation if run is not None and run.id == translation.id else None)
            self.shown.outdate(self.wishes())  # another language may have been chosen meanwhile
        self.paragraphs.keep_waiting()
        if self._unsaved:  # typed meanwhile
            self._draft.start()
        if self._start_when_read:
            self._start_when_read = False
            self.start()

    def _when_free(self) -> None:
        if self.run.busy:
            self._start_when_read = True
        else:
            self.start()

    def _start_by_itself(self) -> None:
        if not self.run.busy and any(not each.translation for each in self.shown.segments):
            self.start()

    def _keep_draft(self) -> None:
        if not self.run.busy:
            self._unsaved = False
            self.paragraphs.keep_draft()

    def _leave(self) -> bool:
        """Store what was typed before another text takes its place; False when that cannot be."""
        self._draft.stop()
        self._by_itself.stop()
        if self._unsaved and self.document is None:
            if self.reading.reading:
                self.shown.follow(cut(self.page.source.text))
            if not self.paragraphs.leave():
                return False
        self._unsaved = False
        return True

    def _copy(self, both: bool) -> None:
        page = self.page
        text = f"{page.source.text}\n\n{page.target.text}" if both else page.target.text
        QGuiApplication.clipboard().setText(text)
        self.notices.tell(Kind.info, tr("Copied."), seconds=3)

    def _show_settings(self) -> None:
        self.choices.show_settings()
        self.directions.show_settings()
        self.directions.show_doubt()

    def _connect_page(self) -> None:
        page = self.page
        page.source.typed.connect(self._source_changed)
        page.run_requested.connect(self.start)
        page.stop_requested.connect(self.run.stop)
        page.swap_requested.connect(self.swap)
        page.clear_requested.connect(self.clear)
        page.copy_requested.connect(self._copy)
        page.start.chosen.connect(self.begin_with)
        page.picker.open_requested.connect(self.model_file_requested)
        page.picker.page_requested.connect(self.models_page_requested)
        self.directions.changed.connect(lambda: self.shown.outdate(self.wishes()))
        page.wishes.changed.connect(lambda: self.shown.outdate(self.wishes()))
        self._rooms.settings.changed.connect(lambda _: self._show_settings())

    def _connect_parts(self) -> None:
        run = self.run
        run.begun.connect(self._begun)
        run.grew.connect(self.shown.grow)
        run.again.connect(self.shown.again)
        run.done.connect(self.shown.take)
        run.found.connect(self._language_found)
        run.named.connect(self.shown.name)
        run.ended.connect(self._ended)
        run.failed.connect(self.notices.tell_error)
        self.reading.cut_up.connect(self._cut)
        self.reading.found.connect(self._language_found)
        self.reading.failed.connect(self.notices.tell_error)
        self.paragraphs.failed.connect(self.notices.tell_error)
        self.paragraphs.stored.connect(self.stored)
        self.notices.failed.connect(self.failed)


def _timer(parent: QObject, milliseconds: int, action: object) -> QTimer:
    timer = QTimer(parent, singleShot=True, interval=milliseconds)
    timer.timeout.connect(action)
    return timer
