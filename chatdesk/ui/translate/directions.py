"""From which language into which: chosen, found and remembered, with what speaks against it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, Signal

from chatdesk.domain.words import tr
from chatdesk.flows.translating import TranslationOptions
from chatdesk.languages.table import languages
from chatdesk.ui.translate.notices import glossary_notice, notice_for, refused_wishes
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.widgets.banner import Kind

RECENT = 6  # languages that are remembered
UNCLEAR = 60  # letters: of shorter texts it is no wonder that the language is not clear


class Directions(QObject):
    """The two choices above the panes."""

    changed = Signal()  # by the user

    def __init__(
        self,
        page: TranslatePage,
        rooms: Rooms,
        options: Callable[[], TranslationOptions],
        has_glossary: Callable[[], bool],
    ) -> None:
        super().__init__(page)
        self._has_glossary = has_glossary
        self._page = page
        self._rooms = rooms
        self._options = options
        self._found = ""  # code of the language that the text was found to be in
        self._looked = False
        for choice in (page.from_, page.to):
            choice.chosen.connect(lambda _: self.choose())
            choice.starred.connect(self._star)

    @property
    def source(self) -> str:
        """The language of the text, chosen or found; "" where it is not known."""
        return self._page.from_.language or self._found

    def turn(self) -> None:
        """Let source and target change places; the source's language is known."""
        source, target = self.source, self._page.to.language
        self._page.from_.show_language(target)
        self._page.to.show_language(source)

    def choose(self) -> None:
        """Remember what was chosen, and show it."""
        page = self._page
        self._rooms.settings.change(translate_from=page.from_.language, translate_to=page.to.language)
        self.show()
        self.changed.emit()

    def find(self, language: str) -> None:
        """Take the language that the text was found to be in, "" where it is not clear."""
        self._found, self._looked = language, True
        self._page.from_.show_language(self._page.from_.language, language)
        self.show()

    def show(self) -> None:
        """Lay the panes out in the direction of their languages, and say what speaks against them."""
        self._page.source.set_language(self.source)
        self._page.target.set_language(self._page.to.language)
        self.show_doubt()

    def show_doubt(self) -> None:
        """Say what speaks against these languages, wishes and glossary with the model in use."""
        page, options = self._page, self._options()
        page.wishes.allow(*refused_wishes(page.to.language, options))
        letters = sum(map(str.isalpha, page.source.text[:400]))
        unclear = not page.from_.language and self._looked and not self._found and letters >= UNCLEAR
        notice = notice_for(
            self.source,
            page.to.language,
            unclear=unclear,
            options=options,
            recommended=self._rooms.recommended,
        )
        if notice is None and self._has_glossary():
            notice = glossary_notice(options)
        if notice is None:
            page.doubt.dismiss()
        elif notice.text != page.doubt.text or page.doubt.isHidden():
            page.doubt.tell(Kind.warning, notice.text, tr("Find models") if notice.models else "")

    def remember(self) -> None:
        """Put the languages first among the recent ones."""
        used = [each for each in (self._page.to.language, self._page.from_.language) if each]
        recent = dict.fromkeys((*used, *self._rooms.settings.value.recent_languages))
        self._rooms.settings.change(recent_languages=tuple(recent)[:RECENT])

    def show_settings(self) -> None:
        """Show what the settings remember."""
        settings, page = self._rooms.settings.value, self._page
        if not page.to.language:
            page.to.show_language(settings.translate_to or usual_target())
            page.from_.show_language(settings.translate_from)
        for choice in (page.from_, page.to):
            choice.show_languages(settings.favourite_languages, settings.recent_languages)

    def _star(self, code: str) -> None:
        starred = self._rooms.settings.value.favourite_languages
        changed = tuple(each for each in starred if each != code) if code in starred else (*starred, code)
        self._rooms.settings.change(favourite_languages=changed)


def usual_target() -> str:
    """Return the language of the system, German where that is English or not known."""
    code = QLocale.system().name().partition("_")[0]
    return code if code in languages() and code != "en" else "de"
