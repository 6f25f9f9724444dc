"""Why there is no summary and no note: leaves of the tree in errors.py."""

from __future__ import annotations

from chatdesk.domain.errors import EngineError
from chatdesk.domain.words import tr


class NoSummary(EngineError):
    def __init__(self) -> None:
        super().__init__(
            tr("The model gave no summary, asked twice."),
            tr("Try again with another length or form, or pick a larger model."),
        )


class SummaryFailed(EngineError):
    """`reason` is a sentence."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            tr("“{name}” could not be summarised. {reason}").format(name=name, reason=reason),
            tr("Try again, or let the model be told the most relevant passages."),
        )


class NoNote(EngineError):
    def __init__(self) -> None:
        super().__init__(
            tr("The model wrote no note of the beginning of this chat."),
            tr("Try again, pick a larger model, or write the note yourself."),
        )


class NothingBorneOut(EngineError):
    def __init__(self) -> None:
        super().__init__(
            tr("Nothing of what the model wrote is borne out by the document."),
            tr("Pick a larger model, or keep such points and have them marked."),
        )
