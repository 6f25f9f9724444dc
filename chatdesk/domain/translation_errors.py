"""Why a text cannot be translated: leaves of the tree in errors.py."""

from __future__ import annotations

from chatdesk.domain.errors import EngineError, StorageError
from chatdesk.domain.words import tr


class SourceLanguageUnclear(EngineError):
    def __init__(self, model: str) -> None:
        super().__init__(
            tr("{model} has to know which language a text is in; that of this one is not clear.").format(
                model=model
            ),
            tr("Choose the language above the text."),
        )


class NothingAnswered(EngineError):
    def __init__(self) -> None:
        super().__init__(
            tr("The model answered nothing, twice."),
            tr("Translate the paragraph again with another model, or write its translation yourself."),
        )


class TranslationGone(StorageError):
    """It was deleted from the history meanwhile."""

    def __init__(self, name: str) -> None:
        super().__init__(
            tr("The translation for “{name}” is not in the history any more.").format(name=name),
            tr("Translate the document again, or undo the deletion."),
        )
