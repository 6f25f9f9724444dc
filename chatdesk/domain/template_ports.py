"""The protocols through which flows speak to what keeps templates and personas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from chatdesk.domain.templates import RecordVersion, TemplateId, TemplateRecord


class Templates(Protocol):
    """Keeps records with their earlier texts. Safe from any thread. Raises StorageError."""

    def records(self) -> list[TemplateRecord]:
        """Return all of them in the order in which they were made; deleted ones too."""
        ...

    def record(self, template: TemplateId) -> TemplateRecord | None:
        """Return it, also when it is deleted; None when it is not there."""
        ...

    def save(self, records: Sequence[TemplateRecord]) -> None:
        """Insert or update source and folder, all or none; a deleted one comes back.

        Another source than before leaves the earlier one as a version. `used` and `created` of one that is
        there stay.
        """
        ...

    def move(self, moved: Sequence[TemplateRecord]) -> None:
        """Insert or update the folder alone, all or none; it counts as no change."""
        ...

    def note_use(self, record: TemplateRecord) -> None:
        """Count one more use; insert it when it is not there."""
        ...

    def delete(self, records: Sequence[TemplateRecord]) -> None:
        """Hide them; insert those that are not there."""
        ...

    def restore(self, templates: Sequence[TemplateId]) -> None:
        """Bring deleted ones back."""
        ...

    def purge(self, deleted_before: datetime) -> int:
        """Remove for good the user's own that were deleted before that moment; return how many.

        A built-in one stays hidden.
        """
        ...

    def versions(self, template: TemplateId) -> list[RecordVersion]:
        """Return its earlier texts, newest first."""
        ...


class TemplateFiles(Protocol):
    """Reads and writes the files by which templates are shared."""

    def read(self, path: Path) -> str:
        """Return the text of a file.

        Raises TemplateFileUnreadable, TemplateFileTooLarge, and TemplateInvalid for what is no text.
        """
        ...

    def write(self, path: Path, text: str) -> None:
        """Put the text into the place of `path`, as a whole or not at all. Raises DocumentNotSaved and
        DocumentDiskFull."""
        ...
