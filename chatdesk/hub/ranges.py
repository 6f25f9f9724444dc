"""A file on the Hub as a file that can be read: fetched in ranges, as far as it is read."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO, cast

import httpx2

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

from chatdesk.domain.hub import HubAccess, RemoteFile
from chatdesk.domain.hub_errors import HubUnreachable
from chatdesk.domain.words import tr
from chatdesk.hub.connection import connect, host_of
from chatdesk.hub.failures import check, line_errors, not_a_hub
from chatdesk.hub.library import hf_hub_url

FIRST = 128 << 10  # bytes: what llama.cpp's converter writes before the vocabulary takes less
LARGEST_STEP = 8 << 20
MOST = 64 << 20  # bytes; with the largest vocabularies in use a header has 25 MB


def open_remote(
    repository: str, revision: str, file: RemoteFile, access: HubAccess, patience: float
) -> BinaryIO:
    """Return `file` for reading its beginning; nothing is fetched before the first read.

    Reading raises HubError, also beyond the first 64 MiB: it is for headers, not for downloads.
    """
    return cast("BinaryIO", RemoteReader(repository, revision, file, access, patience))


class RemoteReader(io.RawIOBase):
    """Keeps what has come, from the first byte on without gaps; each request fetches four times the last."""

    def __init__(
        self, repository: str, revision: str, file: RemoteFile, access: HubAccess, patience: float
    ) -> None:
        super().__init__()
        self._repository = repository
        self._file = file
        self._access = access
        self._patience = patience
        self._url = hf_hub_url(repository, file.path, revision=revision, endpoint=access.endpoint)
        self._client = connect(access, patience)
        self._data = bytearray()
        self._complete = False  # all of the file has come
        self._step = FIRST
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._file.bytes}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        end = self._place + len(view)
        while len(self._data) < end and not self._complete:
            self._fetch(end)
        piece = self._data[self._place : end]
        view[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._client.close()
        super().close()

    def _fetch(self, wanted: int) -> None:
        start = len(self._data)
        end = max(wanted, start + self._step)
        if wanted > MOST:
            reason = tr("the model's header is longer than any that is known")
            raise HubUnreachable(host_of(self._access), reason)
        self._step = min(self._step * 4, LARGEST_STEP)
        host = host_of(self._access)
        asked = {"Range": f"bytes={start}-{end - 1}", "Accept-Encoding": "identity"}
        with (
            line_errors(host, self._patience, self._access.proxy),
            self._client.stream("GET", self._url, headers=asked) as response,
        ):
            self._keep(response, start, end)

    def _keep(self, response: httpx2.Response, start: int, end: int) -> None:
        if response.status_code == httpx2.codes.RANGE_NOT_SATISFIABLE:
            self._complete = True
            return
        host = host_of(self._access)
        check(response, host, self._repository, self._file.path)
        if "text/html" in response.headers.get("Content-Type", ""):
            raise HubUnreachable(host, not_a_hub())
        # A server that knows no ranges sends the file from its beginning.
        place = _start(response) if response.status_code == httpx2.codes.PARTIAL_CONTENT else 0
        if place > start:
            raise HubUnreachable(host, not_a_hub())
        for piece in response.iter_raw():
            self._data += piece[max(0, len(self._data) - place) :]
            place += len(piece)
            if len(self._data) >= end:
                return
        self._complete = len(self._data) < end or len(self._data) == start


def _start(response: httpx2.Response) -> int:
    match = re.match(r"bytes (\d{1,18})-", response.headers.get("Content-Range", ""))
    return int(match[1]) if match else 0
