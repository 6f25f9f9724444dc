"""The system's trash."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths

from chatdesk.domain.errors import ModelNotDeleted


class SystemTrash:
    """The Trash of the ports."""

    def take(self, path: Path) -> None:
        """Move a file there. Raises ModelNotDeleted."""
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        with suppress(OSError):
            # On Linux the trash is inside, and Qt makes no more than its last folder.
            Path(data).mkdir(parents=True, exist_ok=True)
        if not QFile(str(path)).moveToTrash():
            raise ModelNotDeleted(path)
