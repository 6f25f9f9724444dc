"""Fetches the files of a download through any bad line, and checks each against its checksum."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.file_names import local_path
from chatdesk.domain.hub import (
    DownloadChecks,
    Downloaded,
    DownloadEvent,
    DownloadProgress,
    DownloadRequest,
    DownloadWaits,
    HubAccess,
    Promised,
    RemoteFile,
)
from chatdesk.domain.hub_errors import DownloadDamaged, FileChanged, HubUnreachable
from chatdesk.domain.words import tr
from chatdesk.hub import parts
from chatdesk.hub.fetch import Offer, RemotePlace, ask, body
from chatdesk.hub.parts import Overfull, Part
from chatdesk.hub.retry import PATIENT, Patience, TryAgain
from chatdesk.hub.speed import Speed, Ticker
from chatdesk.hub.wire import Wire

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RESERVE = 64 << 20  # bytes that stay free on the disk for everything else


def download(
    request: DownloadRequest,
    access: HubAccess,
    cancel: CancelToken,
    patience: Patience = PATIENT,
    promised: Callable[[], Sequence[Promised]] = tuple,
) -> Iterator[DownloadEvent]:
    """Fetch and check the files, one after the other; ends with Downloaded, or without it when cancelled.

    What has arrived stays on the disk as `name.part`. The next call goes on from there, after a kill or
    a power cut as well: it reads it again for its checksum. A file that is there already is checked, and not
    fetched. A file that arrives damaged is fetched once more. The disk must have room for the rest and for
    what is `promised` to others. Raises HubError.
    """
    course = _Course(request, access, cancel, patience, promised)
    paths = []
    for file in request.files:
        path = local_path(request.folder, file.path)
        yield from course.fetch(file, path)
        if cancel.cancelled:
            return
        paths.append(path)
    yield Downloaded(tuple(paths))


def discard(request: DownloadRequest) -> None:
    """Delete what has arrived of files that are not finished, and folders of the model that are empty then.

    Raises DownloadBusy, ModelsFolderUnusable.
    """
    levels = len(PurePosixPath(request.repository).parts)  # owner and name
    top = request.folder.parents[levels - 1]
    for file in request.files:
        parts.discard(local_path(request.folder, file.path), top)


class _Course:
    """One run of a download over its files, in order."""

    def __init__(
        self,
        request: DownloadRequest,
        access: HubAccess,
        cancel: CancelToken,
        patience: Patience,
        promised: Callable[[], Sequence[Promised]],
    ) -> None:
        self._request, self._access, self._cancel, self._patience = request, access, cancel, patience
        self._promised = promised
        self._finished = 0  # bytes of the files that are ready
        self._total = sum(file.bytes for file in request.files)
        self._speed = Speed(time.monotonic())
        self._report = Ticker(patience.tick)
        self._room = Ticker(patience.room_check)

    def fetch(self, file: RemoteFile, path: Path) -> Iterator[DownloadEvent]:
        """Bring one file to `path`; cancelled, what has arrived stays."""
        there = yield from self._is_there(file, path)
        if there:
            self._finished += file.bytes
        elif not self._cancel.cancelled:
            with Part.of(path) as part:
                yield from self._fill_and_check(file, part)
                self._finished += part.done

    def _is_there(self, file: RemoteFile, path: Path) -> Generator[DownloadEvent, None, bool]:
        """Say whether a whole file is at `path` already."""
        if not file.bytes or parts.size_of(path) != file.bytes:
            return False
        found = file.sha256
        if file.sha256:
            for done, checksum in parts.read_again(path, self._cancel):
                found = checksum
                yield from self._checked(done, file.bytes)
        return found == file.sha256

    def _fill_and_check(self, file: RemoteFile, part: Part) -> Iterator[DownloadEvent]:
        for _ in range(2):
            try:
                sha256 = yield from self._fill(file, part)
                if self._cancel.cancelled:
                    return
                if sha256 in ("", part.sha256):
                    part.finish()
                    return
            except Overfull:
                pass
            part.clear()
            yield self._progress(part)
        raise DownloadDamaged(file.path)

    def _fill(self, file: RemoteFile, part: Part) -> Generator[DownloadEvent, None, str]:
        """Try until the part is complete or cancelled; return the checksum it must have, "" if unknown."""
        failures = 0
        while True:
            before = part.done
            try:
                return (yield from self._try(file, part))
            except TryAgain as failure:
                failures = 1 if part.done > before else failures + 1
                if failures > self._patience.tries:
                    raise HubUnreachable(failure.host, failure.reason) from failure
                wait = self._patience.wait(failures)
                if failure.seconds is not None:
                    wait = min(failure.seconds, self._patience.longest_asked)
                yield DownloadWaits(failure.reason, wait)
                if self._cancel.wait(wait):
                    return ""

    def _try(self, file: RemoteFile, part: Part) -> Generator[DownloadEvent, None, str]:
        place = RemotePlace(self._request.repository, self._request.revision, file.path, self._access)
        with Wire(self._access, self._patience.silent) as wire:
            offer = self._offer(wire, place, file)
            if offer is None:
                return ""
            self._total = max(self._total, self._finished + offer.version.size)  # the list may not know sizes
            for done in part.take_up(offer.version, self._cancel):
                yield from self._checked(done, offer.version.size)
            self._require_room(part)
            yield self._progress(part)
            yield from self._receive(wire, place, offer, part)
        if not part.complete and not self._cancel.cancelled:
            raise TryAgain(offer.place.host, tr("the connection broke off"))
        etag = offer.version.etag
        return file.sha256 or (etag if _SHA256.fullmatch(etag) else "")

    def _offer(self, wire: Wire, place: RemotePlace, file: RemoteFile) -> Offer | None:
        """Ask for the file; None when cancelled. Raises FileChanged."""
        asking = partial(ask, wire, place)
        received = wire.receive(asking, self._cancel, self._patience.tick)
        offer = next((each for each in received if each is not None), None)
        if offer is not None:
            etag = offer.version.etag
            other = file.sha256 and _SHA256.fullmatch(etag) and etag != file.sha256
            if other or file.bytes not in (0, offer.version.size):
                raise FileChanged(self._request.repository, file.path)
        return offer

    def _receive(self, wire: Wire, place: RemotePlace, offer: Offer, part: Part) -> Iterator[DownloadEvent]:
        if part.complete:
            return
        reading = partial(body, wire, place, offer, part.done)
        for piece in wire.receive(reading, self._cancel, self._patience.tick):
            if piece is not None:
                self._speed.add(len(piece))
                part.write(piece)
            now = time.monotonic()
            if self._room.due(now):
                self._require_room(part)
            if part.complete or self._report.due(now):
                yield self._progress(part)

    def _require_room(self, part: Part) -> None:
        needed = self._total - self._finished - part.done
        parts.require_room(self._request.folder, needed, _RESERVE, self._promised())

    def _progress(self, part: Part) -> DownloadProgress:
        speed = self._speed.measure(time.monotonic())
        return DownloadProgress(self._finished + part.done, self._total, speed)

    def _checked(self, done: int, total: int) -> Iterator[DownloadChecks]:
        if done == total or self._report.due(time.monotonic()):
            yield DownloadChecks(done, total)
