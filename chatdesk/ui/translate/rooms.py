"""What the page that translates works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.catalogue import CatalogueModel
from chatdesk.domain.ports import LanguageDetection
from chatdesk.domain.translation_ports import Glossaries, TranslationMemory, Translations
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translation_edits import TranslationEdits
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner


@dataclass(frozen=True, slots=True)
class Rooms:
    """Flows, stores and workers."""

    flow: TranslateFlow
    edits: TranslationEdits
    translations: Translations
    memory: TranslationMemory
    glossaries: Glossaries
    languages: LanguageDetection
    models: ModelFlow
    recommended: Sequence[CatalogueModel]
    settings: CurrentSettings
    runs: JobRunner  # translates
    looks: JobRunner  # cuts texts, tells languages, stores what the user writes
