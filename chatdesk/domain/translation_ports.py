"""The protocols through which the translation flows speak to the rooms that do the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.exchange import GlossaryFile, PairsEnded, PairsRead
from chatdesk.domain.glossaries import Glossary, GlossaryId, Match, Pair
from chatdesk.domain.markup import MarkedFile, Rewritten
from chatdesk.domain.translation_queue import QueuedTranslation, QueuedTranslationId
from chatdesk.domain.translations import (
    Segment,
    Translation,
    TranslationEntry,
    TranslationHit,
    TranslationId,
)


class Translations(Protocol):
    """Keeps translations for the history. Methods may be called from any thread. Raises StorageError."""

    def translations(
        self, newest: int = -1, among: Sequence[TranslationId] | None = None
    ) -> list[TranslationEntry]:
        """Return them without their texts, the newest first: all, the `newest`, or those `among` some."""
        ...

    def translation(self, translation: TranslationId) -> Translation | None: ...

    def save(self, translation: Translation) -> None:
        """Store a translation, or replace the one with its id; what has not changed is not written again."""
        ...

    def save_segments(self, translation: TranslationId, segments: Sequence[Segment]) -> None:
        """Store how far these segments are; those that the stored translation does not have are left."""
        ...

    def delete(self, translations: Sequence[TranslationId]) -> None: ...

    def search(self, words: str, limit: int = 50) -> list[TranslationHit]:
        """Return those with all words in source or translation, the newest first."""
        ...


class TranslationMemory(Protocol):
    """Keeps what users confirmed. Methods may be called from any thread. Raises StorageError."""

    def remember(self, pairs: Sequence[Pair]) -> None:
        """Store pairs; a pair takes the place of an earlier one with its source and languages."""
        ...

    def forget(self, pairs: Sequence[Pair]) -> None: ...

    def exact(self, sources: Sequence[str], source_language: str, target_language: str) -> dict[str, Pair]:
        """Return the pairs whose source is one of these, by the source."""
        ...

    def matches(self, source: str, source_language: str, target_language: str, limit: int = 3) -> list[Match]:
        """Return the likest pairs that are at least 0.6 alike, the likest first."""
        ...

    def pairs(self, words: str = "", limit: int = 500) -> list[Pair]:
        """Return the pairs with all words in one of their texts, all for "", the newest first."""
        ...

    def count(self) -> int: ...


class Glossaries(Protocol):
    """Keeps glossaries. Methods may be called from any thread. Raises StorageError."""

    def glossaries(self) -> list[Glossary]:
        """Return all by name."""
        ...

    def glossary(self, glossary: GlossaryId) -> Glossary | None: ...

    def save(self, glossary: Glossary) -> None:
        """Store a glossary, or replace the one with its id."""
        ...

    def delete(self, glossary: GlossaryId) -> None: ...


class TranslationQueue(Protocol):
    """Keeps the list of documents that are translated. Safe from any thread. Raises StorageError."""

    def files(self) -> list[QueuedTranslation]:
        """Return all of them in the order in which they were added."""
        ...

    def add(self, files: Sequence[QueuedTranslation]) -> None:
        """Store them at the end."""
        ...

    def update(self, file: QueuedTranslation) -> None:
        """Store what has come of it; nothing happens when it is not there any more."""
        ...

    def remove(self, files: Sequence[QueuedTranslationId]) -> None: ...


class TermExchange(Protocol):
    """Reads and writes glossaries and translation memories in files that other programs understand.

    Languages are codes; "" stands for the one that the file gives. Raises DocumentError.
    """

    def read_glossary(
        self, path: Path, source: str, target: str, cancel: CancelToken
    ) -> Iterator[Reading | GlossaryFile]:
        """Yield how many bytes are read, then the terms; nothing more when cancelled. CSV or TBX."""
        ...

    def write_glossary(self, glossary: Glossary, path: Path) -> None:
        """Write a TBX file where the name ends in .tbx, else CSV; as a whole or not at all."""
        ...

    def read_pairs(
        self, path: Path, source: str, target: str, cancel: CancelToken
    ) -> Iterator[Reading | PairsRead | PairsEnded]:
        """Yield how many bytes are read and the pairs of a TMX file as they come; nothing after a cancel.

        Without a target each other language of an entry makes a pair. Pairs that came before an error are
        whole.
        """
        ...

    def write_pairs(self, pairs: Iterable[Pair], path: Path, cancel: CancelToken) -> None:
        """Write a TMX file, as a whole or not at all; not at all when cancelled."""
        ...


class FinishedAnswers(Protocol):
    """Keeps answers of models, so that nothing is asked twice. Raises StorageError."""

    def finished(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the answers that are kept, by their keys."""
        ...

    def finish(self, key: str, answer: str) -> None:
        """Store an answer."""
        ...


class FileRewriting(Protocol):
    """Reads the texts of a file and writes it with others in their place, in a process of its own."""

    def takes(self, path: Path) -> bool:
        """Whether files of this kind can be written again in their format."""
        ...

    def read(self, path: Path, cancel: CancelToken) -> Iterator[Reading | MarkedFile]:
        """Yield progress, then the texts; nothing more when cancelled. Raises DocumentError."""
        ...

    def write(
        self,
        path: Path,
        texts: Sequence[str | None],
        target: Path,
        language: str,
        cancel: CancelToken,
        *,
        sources: Sequence[str] = (),
    ) -> Iterator[Reading | Rewritten]:
        """Write `path` as `target` with these texts, in the order of `read`; None leaves one as it is.

        `language` is the code that the written file says it is in. A text whose marks are not those of its
        source is written without formatting, and told at the end. `sources` are the texts as `read` gave
        them: where they are not those of the file any more, it raises DocumentChanged. The target appears
        whole or not at all; nothing is yielded any more when cancelled. Raises DocumentError.
        """
        ...
