"""Says below the text how far its translation is, and how it has ended."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from chatdesk.domain.translations import Translation
from chatdesk.domain.words import tr
from chatdesk.ui.summarize.notices import Notices
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.running import Run
from chatdesk.ui.translate.shown import Shown
from chatdesk.ui.translate.words import end_sentence
from chatdesk.ui.widgets.banner import Kind


class Telling(QObject):
    """What the run does now, else the number of paragraphs that are translated."""

    def __init__(self, page: TranslatePage, shown: Shown, run: Run, notices: Notices) -> None:
        super().__init__(page)
        self._page = page
        self._shown = shown
        self._run = run
        self._notices = notices
        self._told = ""
        run.told.connect(self.tell)
        shown.changed.connect(lambda _: self._show())

    def tell(self, sentence: str) -> None:
        """Say what the run does now; "" says how many paragraphs are translated."""
        self._told = sentence
        self._show()

    def follow(self) -> None:
        """The text has changed: what was said of the one before is not true of it."""
        if not self._run.busy and self._shown.done < max(1, len(self._shown.segments)):
            self._page.show_progress("")

    def end(self, translation: Translation | None) -> None:
        """Say how a run has ended; None where another text stands in the place of its own by now."""
        if translation is None:
            self._page.show_progress("")
            return
        words = end_sentence(translation)
        self._page.show_progress(words)
        if translation.error:
            self._notices.tell(Kind.error, translation.error)
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(self._page, words or tr("The translation has failed."))
        )

    def _show(self) -> None:
        if not self._run.busy:
            return
        count = len(self._shown.segments)
        done = self._shown.done
        words = self._told or tr("{done} of {count} paragraphs").format(done=done, count=count)
        self._page.show_progress(words, done, 0 if self._told else count)
