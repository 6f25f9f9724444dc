"""Why a text cannot be translated: leaves of the tree in errors.py."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.domain.errors import DocumentError, EngineError
from chatdesk.domain.storage_errors import StorageError
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


class NoSuchGlossary(DocumentError):
    """`names` are those of the glossaries that there are."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        hint = tr("Make one on the page “Translate”, or name a CSV or TBX file.")
        if names:
            hint = tr("There are: {names}.").format(names=", ".join(names))
        super().__init__(
            tr("There is no glossary “{name}”, and no file of that name.").format(name=name), hint
        )


class NothingPiped(DocumentError):
    def __init__(self) -> None:
        super().__init__(
            tr("There is nothing to translate: no text was piped in."),
            tr("Pipe a text in, or name a document."),
        )


class PipedNoText(DocumentError):
    def __init__(self) -> None:
        super().__init__(
            tr("What was piped in is no text."), tr("Name the document instead of piping it in.")
        )


class FolderWithoutDocuments(DocumentError):
    def __init__(self, name: str) -> None:
        super().__init__(
            tr("There is no document in “{name}” that can be translated into a document.").format(name=name),
            tr("Choose another folder."),
        )
