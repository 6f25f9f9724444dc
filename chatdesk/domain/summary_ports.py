"""What the flows need of the store of summaries and of their queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.documents import Document

if TYPE_CHECKING:  # the window opens without the words of the Hub
    from chatdesk.domain.summaries import Summary, SummaryHit, SummaryId
    from chatdesk.domain.summary_queue import QueuedFile, QueuedId


class Summaries(Protocol):
    """Keeps summaries, their documents and what was finished of them. Safe from any thread.

    Raises StorageError.
    """

    def keep(self, document: Document) -> DocumentId:
        """Store a document with its units and notes, once however often it is summarised."""
        ...

    def document(self, document: DocumentId, name: str) -> Document | None:
        """Return it under the name that it had where it was used."""
        ...

    def summaries(self) -> list[Summary]:
        """Return all of them, newest first."""
        ...

    def summary(self, summary: SummaryId) -> Summary | None: ...

    def save(self, summary: Summary) -> None:
        """Insert or update it; a deleted one comes back."""
        ...

    def delete(self, summary: SummaryId) -> None: ...

    def earlier(self, summary: Summary) -> Summary | None:
        """Return the newest finished summary, made before this one, of a document with the same name and
        another text."""
        ...

    def search(self, words: str, limit: int = 50) -> list[SummaryHit]:
        """Find summaries with all the words (prefixes count) in their name or text, best first."""
        ...

    def finished(self, keys: Sequence[str]) -> dict[str, str]:
        """Return those of the answers stored under `keys` that are there; they count as used now."""
        ...

    def finish(self, key: str, answer: str) -> None:
        """Store an answer of a model under what decided it; old ones make room."""
        ...


class SummaryQueue(Protocol):
    """Keeps the list of files that are summarised. Safe from any thread. Raises StorageError."""

    def files(self) -> list[QueuedFile]:
        """Return all of them in the order in which they were added."""
        ...

    def add(self, files: Sequence[QueuedFile]) -> None:
        """Store them at the end."""
        ...

    def update(self, file: QueuedFile) -> None:
        """Store what has come of it; nothing happens when it is not there any more."""
        ...

    def remove(self, files: Sequence[QueuedId]) -> None: ...
