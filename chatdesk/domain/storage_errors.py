"""What can go wrong with the database, the key ring and the folder: a branch of the tree in errors.py."""

from __future__ import annotations

from pathlib import Path

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr


class StorageError(ChatDeskError):
    """What the user made cannot be kept or read."""


class DatabaseDamaged(StorageError):
    """`backup` is the newest copy that can be read, if there is one."""

    def __init__(self, path: Path, backup: Path | None = None) -> None:
        super().__init__(
            tr("The file with your chats is damaged: {path}.").format(path=path),
            tr("A backup from earlier is there: {backup}.").format(backup=backup)
            if backup
            else tr("There is no backup; the damaged file is kept."),
        )
        self.path = path
        self.backup = backup


class DatabaseBusy(StorageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("Another program holds the file with your chats: {path}.").format(path=path),
            tr("Close the other program and try again."),
        )


class DatabaseTooNew(StorageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("Your chats were last used with a newer version of ChatDesk."),
            tr(
                "Install the newer version again, or use another folder than {path}: chatdesk --home FOLDER."
            ).format(path=path),
        )


class DiskFull(StorageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("The disk is full, so nothing can be saved in {path}.").format(path=path),
            tr("Free some space and try again. What you wrote is still in the message box."),
        )


class KeyRingUnusable(StorageError):
    """`reason` is a part of a sentence, such as "it stays locked"."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            tr("This computer's key ring cannot be used: {reason}.").format(reason=reason),
            tr("Unlock it and start ChatDesk again, or enter the access token anew in Settings."),
        )
        self.reason = reason


class FolderUnusable(StorageError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("ChatDesk cannot write into its folder {path}: {reason}.").format(path=path, reason=reason),
            tr("Correct the permissions, or choose another folder: chatdesk --home FOLDER."),
        )
