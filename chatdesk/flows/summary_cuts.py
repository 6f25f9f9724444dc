"""Remembers where documents were cut into parts, so that a later version is cut at the same places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Chunk, Summary
from chatdesk.domain.summary_ports import Summaries
from chatdesk.tasks.chunks import Sizes


@dataclass(frozen=True, slots=True)
class KnownCuts:
    """The cuts of one kind: for one model, which counts the tokens, and one size of the parts."""

    summaries: Summaries
    model: str  # tells it from others
    sizes: Sizes
    by_chapters: bool

    def parts(self, document: Document) -> list[str]:
        """Return the texts of the parts that a document was cut into, if it was. Raises StorageError."""
        key = self._key(document)
        stored = self.summaries.finished([key])
        return [document.text[start:end] for start, end in json.loads(stored[key])] if stored else []

    def earlier_parts(self, earlier: Summary | None) -> list[str]:
        """Return the same for the document of an earlier summary. Raises StorageError."""
        before = self.summaries.document(earlier.document, earlier.name) if earlier is not None else None
        return self.parts(before) if before is not None else []

    def remember(self, document: Document, chunks: Sequence[Chunk]) -> None:
        """Store where a text is cut. Raises StorageError."""
        places = [(chunk.start, chunk.end) for chunk in chunks]
        self.summaries.finish(self._key(document), json.dumps(places))

    def _key(self, document: Document) -> str:
        decided = ("parts", self.model, self.sizes.least, self.sizes.most, self.by_chapters, document.text)
        return hashlib.sha256(json.dumps(decided).encode()).hexdigest()
