"""What can go wrong with the Hub and with downloads: a branch of the tree in errors.py."""

from __future__ import annotations

from pathlib import Path

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr


class HubError(ChatDeskError):
    """The Hub cannot give what was asked for."""


class HubUnreachable(HubError):
    """`reason` is a part of a sentence, such as "no answer within 10 seconds"; `busy`: the line is fine."""

    def __init__(self, host: str, reason: str, *, busy: bool = False) -> None:
        hint = tr(
            "Check the connection and try again; Settings has a field for a mirror and one for a proxy."
        )
        super().__init__(
            tr("{host} cannot be used now: {reason}.").format(host=host, reason=reason),
            tr("Your connection works; try again a little later.") if busy else hint,
        )


class HubOffline(HubError):
    def __init__(self) -> None:
        super().__init__(
            tr("ChatDesk is in offline mode and asks nobody."),
            tr("Switch offline mode off in Settings to look for models."),
        )


class RepositoryMissing(HubError):
    def __init__(self, repository: str) -> None:
        super().__init__(
            tr("There is no model “{repository}” on the Hub, or it is private.").format(
                repository=repository
            ),
            tr("Check the name. For a private model, enter your access token in Settings."),
        )


class FileMissing(HubError):
    def __init__(self, repository: str, file: str) -> None:
        super().__init__(
            tr("“{file}” is not in “{repository}” any more.").format(file=file, repository=repository),
            tr("Open the model's page again and choose another file."),
        )


class FileChanged(HubError):
    def __init__(self, repository: str, file: str) -> None:
        super().__init__(
            tr("“{file}” of “{repository}” is another file now than when it was listed.").format(
                file=file, repository=repository
            ),
            tr("Open the model's page again and choose the file anew."),
        )


class TermsNotAccepted(HubError):
    def __init__(self, repository: str) -> None:
        super().__init__(
            tr("The makers of “{repository}” ask you to accept their terms first.").format(
                repository=repository
            ),
            tr("Accept them on the model's page, then enter your access token."),
        )
        self.repository = repository


class TokenRefused(HubError):
    def __init__(self, host: str) -> None:
        super().__init__(
            tr("{host} does not accept the access token.").format(host=host),
            tr("Make a new token with the right to read, and enter it in Settings."),
        )


class NothingToDownload(HubError):
    def __init__(self, repository: str) -> None:
        super().__init__(
            tr("“{repository}” has no GGUF file that ChatDesk can run.").format(repository=repository),
            tr("Search for its name with “GGUF” to find a converted version."),
        )


class DownloadDamaged(HubError):
    def __init__(self, file: str) -> None:
        super().__init__(
            tr("“{file}” arrived damaged twice, and was thrown away.").format(file=file),
            tr("Try again later, or use another mirror."),
        )


class DownloadBusy(HubError):
    def __init__(self, file: str) -> None:
        super().__init__(
            tr("“{file}” is being downloaded already.").format(file=file),
            tr("Wait for the other download, or pause it."),
        )


class ModelsFolderUnusable(HubError):
    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            tr("Nothing can be saved in the folder for models, {folder}: {reason}.").format(
                folder=folder, reason=reason
            ),
            tr("Correct the permissions, or choose another folder for models in Settings."),
        )


class DiskTooSmall(HubError):
    """`needed` and `free` are bytes; of the free ones, other downloads that run will take `promised`."""

    def __init__(self, folder: Path, needed: int, free: int, promised: int = 0) -> None:
        sentence = (
            tr(
                "There is not enough room in {folder}: {needed:.2f} GB needed, {free:.2f} GB free, "
                "{promised:.2f} GB of them for other downloads."
            )
            if promised
            else tr("There is not enough room in {folder}: {needed:.2f} GB needed, {free:.2f} GB free.")
        )
        super().__init__(
            sentence.format(folder=folder, needed=needed / 1e9, free=free / 1e9, promised=promised / 1e9),
            tr("Free some space, or choose another folder for models in Settings."),
        )
