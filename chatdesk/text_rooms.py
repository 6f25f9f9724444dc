"""What the pages for documents and translations are both built from."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.ports import Engine, LanguageDetection, ModelRecords
from chatdesk.flows.models import ModelFlow
from chatdesk.storage.database import Database
from chatdesk.ui.current_settings import CurrentSettings


@dataclass(frozen=True, eq=False)
class TextRooms:
    """Shared, so that there is one of each: one process that knows languages, for example."""

    settings: CurrentSettings
    database: Database
    engine: Engine
    models: ModelFlow
    records: ModelRecords
    languages: LanguageDetection
