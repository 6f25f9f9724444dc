"""What the user has chosen for texts: model, languages, tone, field, instruction and glossary."""

from __future__ import annotations

from PySide6.QtCore import QObject

from chatdesk.domain.glossaries import GlossaryId
from chatdesk.domain.translations import Tone, TranslationWishes
from chatdesk.flows.translate import translation_options
from chatdesk.flows.translating import TranslationOptions
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.rooms import Rooms


class Choices(QObject):
    """Languages, tone and words are what the page shows; model and starting by itself are settings."""

    def __init__(self, page: TranslatePage, rooms: Rooms) -> None:
        super().__init__(page)
        self._page = page
        self._rooms = rooms
        self.glossary: GlossaryId | None = None  # chosen beside the languages
        settings = rooms.settings
        page.picker.picked.connect(lambda path: settings.change(default_model=str(path)))
        page.wishes.automatic_changed.connect(lambda on: settings.change(translate_by_itself=on))

    def wishes(self) -> TranslationWishes:
        """Return how texts are translated."""
        page, panel = self._page, self._page.wishes
        return TranslationWishes(
            page.to.language,
            page.from_.language,
            Tone(panel.tone.currentData()),
            panel.field.text().strip(),
            panel.instruction.text().strip(),
            self.glossary,
        )

    def options(self) -> TranslationOptions:
        """Return with which model is translated now."""
        settings = self._rooms.settings.value
        return translation_options(settings, self._rooms.models.choose(settings, ""))

    def show_wishes(self, wishes: TranslationWishes) -> None:
        """Show what a stored translation was made with."""
        page = self._page
        page.from_.show_language(wishes.source)
        page.to.show_language(wishes.target)
        page.wishes.show_wishes(wishes.tone, wishes.domain, wishes.instruction)
        self.glossary = wishes.glossary

    def show_settings(self) -> None:
        """Show which model is in use, and whether translations start by themselves."""
        settings, models = self._rooms.settings.value, self._rooms.models
        self._page.picker.show_models(models.installed(settings), models.choose(settings, ""))
        self._page.wishes.show_automatic(settings.translate_by_itself)
