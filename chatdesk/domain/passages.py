"""Passages of documents, and the protocol through which flows find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.documents import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text, in characters; `label` names its place, such as "page 3"."""

    start: int
    end: int
    label: str = ""


class Passages(Protocol):
    """Keeps the passages of documents and finds them by words. Safe from any thread. Raises StorageError."""

    def whole(self, document: DocumentId, name: str) -> Document | None:
        """Return a document that was attached, with its parts."""
        ...

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return those of a document in their order; none where it was not cut yet."""
        ...

    def keep(self, document: DocumentId, passages: Sequence[Passage]) -> None:
        """Store the passages of a document once."""
        ...

    def find(self, document: DocumentId, words: str, limit: int) -> list[tuple[Passage, float]]:
        """Return passages with some of the words, the best first, each with its rank: lower is better."""
        ...
