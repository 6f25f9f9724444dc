"""What the flows need of the Hub, of its token and of the queue of downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, Protocol

from chatdesk.domain.cancel import CancelToken

if TYPE_CHECKING:  # the window opens without the words of the Hub
    from chatdesk.domain.downloads import Download, DownloadId
    from chatdesk.domain.hub import (
        DownloadEvent,
        DownloadRequest,
        HubAccess,
        HubQuery,
        Promised,
        RemoteFile,
        RemoteModel,
        RemoteRepository,
    )
    from chatdesk.domain.secrets import KeptToken


class Hub(Protocol):
    """Finds and fetches models on the network. Each call may take seconds. Raises HubError."""

    def search(self, query: HubQuery, access: HubAccess) -> list[RemoteModel]:
        """Return repositories with GGUF files, best first by the query's order."""
        ...

    def repository(self, name: str, access: HubAccess) -> RemoteRepository:
        """Return what can be downloaded of "owner/name". Raises NothingToDownload when that is nothing."""
        ...

    def card(self, name: str, revision: str, access: HubAccess) -> str:
        """Return the model card as Markdown, "" when there is none."""
        ...

    def open(self, repository: str, revision: str, file: RemoteFile, access: HubAccess) -> BinaryIO:
        """Return the file for reading a part of it: it is fetched in ranges, the first of 128 KiB."""
        ...

    def download(
        self,
        request: DownloadRequest,
        access: HubAccess,
        cancel: CancelToken,
        promised: Callable[[], Sequence[Promised]],
    ) -> Iterator[DownloadEvent]:
        """Fetch and check the files; ends with Downloaded, or without it when cancelled.

        `promised` is asked for the room that others need. What has arrived stays on the disk and is gone on
        with by the next call, also after a kill.
        """
        ...

    def discard(self, request: DownloadRequest) -> None:
        """Delete what has arrived of files that are not finished."""
        ...


class Secrets(Protocol):
    """Keeps one access token between starts. What takes `cancel` may wait for a key ring that its user has to
    unlock: not for the window's main thread. Raises StorageError."""

    def kept(self) -> KeptToken | None:
        """Return where a token is kept and for whom; asks no key ring."""
        ...

    def require_key_ring(self, cancel: CancelToken) -> None:
        """Raise KeyRingUnusable where there is none."""
        ...

    def read(self, cancel: CancelToken) -> str:
        """Return the token, "" when none is kept. Raises KeyRingUnusable."""
        ...

    def keep(self, token: str, kept: KeptToken, cancel: CancelToken) -> None:
        """Keep it in place of the one before. Raises KeyRingUnusable."""
        ...

    def forget(self, cancel: CancelToken) -> None:
        """Delete it. Raises KeyRingUnusable, and then it is still kept."""
        ...


class Downloads(Protocol):
    """Keeps the queue of downloads. Safe from any thread. Raises StorageError."""

    def queue(self) -> list[Download]:
        """Return all of them in their order."""
        ...

    def download(self, download: DownloadId) -> Download | None: ...

    def add(self, download: Download) -> None:
        """Store it at the end of the queue."""
        ...

    def update(self, download: Download) -> None:
        """Store its state, problem and arrived bytes; nothing happens when it is not there any more."""
        ...

    def remove(self, download: DownloadId) -> None: ...

    def arrange(self, order: Sequence[DownloadId]) -> None:
        """Bring the queue into this order; those that are not named come last."""
        ...
