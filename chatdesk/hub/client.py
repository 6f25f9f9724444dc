"""The Hub of the ports. Nothing that it needs is imported before the first call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from chatdesk.domain.cancel import CancelToken
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

PATIENCE = 10.0  # seconds
TRIES = 12  # with the waits between them about five minutes
MANY_TRIES = 120  # about an hour


class HubClient:
    """Speaks with a Hub; `patience` is how many seconds without a sign of life count as no answer.

    A download gives up after `tries` in a row that brought nothing.
    """

    def __init__(self, patience: float = PATIENCE, tries: int = TRIES) -> None:
        self._patience = patience
        self._tries = tries

    def search(self, query: HubQuery, access: HubAccess) -> list[RemoteModel]:
        """Return repositories with GGUF files, best first by the query's order."""
        from chatdesk.hub.search import search

        return search(query, access, self._patience)

    def repository(self, name: str, access: HubAccess) -> RemoteRepository:
        """Return what can be downloaded of "owner/name". Raises NothingToDownload when that is nothing."""
        from chatdesk.hub.repository import repository

        return repository(name, access, self._patience)

    def card(self, name: str, revision: str, access: HubAccess) -> str:
        """Return the model card as Markdown, "" when there is none."""
        from chatdesk.hub.card import card

        return card(name, revision, access, self._patience)

    def open(self, repository: str, revision: str, file: RemoteFile, access: HubAccess) -> BinaryIO:
        """Return the file for reading a part of it: it is fetched in ranges, the first of 128 KiB."""
        from chatdesk.hub.ranges import open_remote

        return open_remote(repository, revision, file, access, self._patience)

    def download(
        self,
        request: DownloadRequest,
        access: HubAccess,
        cancel: CancelToken,
        promised: Callable[[], Sequence[Promised]] = tuple,
    ) -> Iterator[DownloadEvent]:
        """Fetch and check the files; ends with Downloaded, or without it when cancelled."""
        from chatdesk.hub.download import download
        from chatdesk.hub.retry import Patience

        return download(request, access, cancel, Patience(self._patience, self._tries), promised)

    def discard(self, request: DownloadRequest) -> None:
        """Delete what has arrived of files that are not finished."""
        from chatdesk.hub.download import discard

        discard(request)
