"""What a user can do with downloads: queue them, pause, go on, order and remove them, and let them run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.downloads import Download, DownloadId, DownloadState, QueueTotal
from chatdesk.domain.errors import ChatDeskError
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
    RemoteRepository,
    Variant,
)
from chatdesk.domain.hub_ports import Downloads, Hub
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.hub.grouping import projector_of

_ENOUGH = 30  # reports of a download, ten a second, that tell how fast the line is
_STORED_EVERY = 5.0  # seconds; where a killed download stood, for the list alone: the bytes are on the disk


@dataclass(frozen=True, slots=True)
class DownloadStarted:
    download: Download


@dataclass(frozen=True, slots=True)
class DownloadMoved:
    """How a running download goes; several times a second."""

    download: DownloadId
    event: DownloadProgress | DownloadWaits | DownloadChecks


@dataclass(frozen=True, slots=True)
class DownloadStopped:
    """Paused, removed, or waiting for the next start of the application."""

    download: DownloadId


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    download: Download
    error: ChatDeskError


@dataclass(frozen=True, slots=True)
class DownloadDone:
    """The files are complete and checked; the first of `paths` is the one to load.

    `speed` is how many bytes a second the line brought meanwhile, to all downloads together; 0 where it took
    too short to tell.
    """

    download: Download
    paths: tuple[Path, ...]
    speed: float = 0.0


QueueEvent = DownloadStarted | DownloadMoved | DownloadStopped | DownloadFailed | DownloadDone


@dataclass(slots=True)
class _Running:
    token: CancelToken
    progress: DownloadProgress
    discard: bool = False  # what has arrived is deleted once it has stopped
    speeds: float = 0.0  # the sum of what each report told of the line
    reports: int = 0

    @property
    def line(self) -> float:
        """Bytes a second on the mean, 0 where there are too few reports."""
        return self.speeds / self.reports if self.reports >= _ENOUGH else 0.0


class DownloadFlow:
    """The queue. Every method may be called from any thread; those that change something raise StorageError.

    As many downloads run at once as there are callers of `run`.
    """

    def __init__(self, downloads: Downloads, hub: Hub, access: Callable[[], HubAccess]) -> None:
        """`access` is asked before each download; it raises HubOffline in offline mode."""
        self._downloads = downloads
        self._hub = hub
        self._access = access
        self._lock = threading.RLock()
        self._running: dict[DownloadId, _Running] = {}

    def repair(self) -> None:
        """Let those wait that a killed process left running; what runs here goes on."""
        with self._lock:
            for download in self._downloads.queue():
                if download.state is DownloadState.running and download.id not in self._running:
                    self._downloads.update(replace(download, state=DownloadState.waiting))

    def queue(self) -> list[Download]:
        """Return all downloads in their order, with the bytes that have arrived by now."""
        with self._lock:
            return [self._as_it_stands(download) for download in self._downloads.queue()]

    def total(self) -> QueueTotal:
        """Return how far all that wait or run are together."""
        with self._lock:
            unfinished = [
                each for each in self.queue() if each.state in (DownloadState.waiting, DownloadState.running)
            ]
            speed = sum(running.progress.speed for running in self._running.values())
        arrived, total = sum(each.arrived for each in unfinished), sum(each.total for each in unfinished)
        return QueueTotal(arrived, total, speed, (total - arrived) / speed if speed > 0 else None)

    def add(self, request: DownloadRequest) -> Download:
        """Put a download at the end; the same one, if it is in the queue and not done, goes on instead."""
        with self._lock:
            for known in self._downloads.queue():
                if _is_same(known.request, request):
                    if known.state is not DownloadState.done:
                        return self.resume(known.id) or known
                    self._downloads.remove(known.id)
            download = Download(request)
            self._downloads.add(download)
            return download

    def pause(self, ident: DownloadId) -> None:
        """Stop it until `resume`; what has arrived stays."""
        with self._lock:
            download = self._downloads.download(ident)
            if download is None or download.state not in (DownloadState.waiting, DownloadState.running):
                return
            self._downloads.update(replace(self._as_it_stands(download), state=DownloadState.paused))
            if ident in self._running:
                self._running[ident].token.cancel()

    def resume(self, ident: DownloadId) -> Download | None:
        """Let one that was paused or has failed wait for its turn; return it, None when it is gone."""
        with self._lock:
            download = self._downloads.download(ident)
            if download is not None and download.state in (DownloadState.paused, DownloadState.failed):
                download = replace(download, state=DownloadState.waiting, problem="")
                self._downloads.update(download)
            return download

    def remove(self, ident: DownloadId, delete_part: bool = False) -> None:
        """Take it out of the queue; whole files stay. `delete_part` deletes what has arrived of the others.

        Raises HubError when that cannot be deleted.
        """
        with self._lock:
            download = self._downloads.download(ident)
            self._downloads.remove(ident)
            running = self._running.get(ident)
            if running is not None:
                running.discard = delete_part
                running.token.cancel()
                return
        if download is not None and delete_part and download.state is not DownloadState.done:
            self._hub.discard(download.request)

    def move(self, ident: DownloadId, place: int) -> None:
        """Bring it to that place in the queue, counted from 0; running ones go on."""
        with self._lock:
            order = [download.id for download in self._downloads.queue()]
            if ident in order:
                order.remove(ident)
                order.insert(max(0, place), ident)
                self._downloads.arrange(order)

    def run(self, cancel: CancelToken) -> Iterator[QueueEvent]:
        """Fetch what waits, one after the other, until nothing waits; cancelled, it waits for the next run.

        A download that fails is told, and the next one begins. What is added while the last one ends may be
        missed: whoever drives this looks into `queue` again afterwards. Raises HubOffline and StorageError.
        """
        while not cancel.cancelled:
            access = self._access()
            download = self._next(cancel)
            if download is None:
                return
            yield from self._fetch(download, access)

    def _next(self, cancel: CancelToken) -> Download | None:
        """Take the first that waits; one that was paused and resumed may still be stopping."""
        with self._lock:
            for download in self._downloads.queue():
                if download.state is DownloadState.waiting and download.id not in self._running:
                    started = replace(download, state=DownloadState.running, problem="")
                    self._downloads.update(started)
                    progress = DownloadProgress(download.arrived, download.total)
                    self._running[download.id] = _Running(cancel.child(), progress)
                    return started
        return None

    def _fetch(self, download: Download, access: HubAccess) -> Iterator[QueueEvent]:
        end = replace(download, state=DownloadState.waiting)
        last: QueueEvent = DownloadStopped(download.id)
        try:
            yield DownloadStarted(download)
            # Closed before the end is noted: what has arrived cannot be deleted while it is held.
            with closing(self._events(download, access)) as events:
                for event in events:
                    if isinstance(event, Downloaded):
                        end = replace(download, state=DownloadState.done, arrived=download.total)
                        last = DownloadDone(end, event.paths, self._running[download.id].line)
                    else:
                        yield DownloadMoved(download.id, event)
        except ChatDeskError as error:
            problem = f"{error.sentence} {error.hint}".strip()
            end = replace(download, state=DownloadState.failed, problem=problem)
            last = DownloadFailed(end, error)
        except Exception:
            problem = tr("Something unexpected went wrong; the log says more.")
            end = replace(download, state=DownloadState.failed, problem=problem)
            raise
        finally:
            self._leave(end)
        yield last

    def _events(self, download: Download, access: HubAccess) -> Generator[DownloadEvent, None, None]:
        """Yield how it goes, and keep that for the list."""
        running = self._running[download.id]
        stored = time.monotonic()
        for event in self._hub.download(
            download.request, access, running.token, partial(self._promised, download.id)
        ):
            if isinstance(event, DownloadProgress):
                running.progress = event
                self._measure(running)
                if time.monotonic() - stored > _STORED_EVERY:
                    stored = time.monotonic()
                    self._store_arrived(download.id)
            elif isinstance(event, DownloadWaits):
                running.progress = replace(running.progress, speed=0.0)
            yield event

    def _promised(self, ident: DownloadId) -> list[Promised]:
        """Return the room that downloads which began before that one still need."""
        with self._lock:
            earlier = set(takewhile(lambda each: each != ident, self._running))
            found = [download for download in self.queue() if download.id in earlier]
        # The list of a repository may not know the sizes of its files.
        return [Promised(each.request.folder, max(0, each.total - each.arrived)) for each in found]

    def _measure(self, running: _Running) -> None:
        if running.progress.speed > 0:
            with self._lock:
                running.speeds += sum(each.progress.speed for each in self._running.values())
            running.reports += 1

    def _leave(self, end: Download) -> None:
        """Store how it ended, unless the user has decided otherwise since."""
        with self._lock:
            running = self._running.pop(end.id)
            now = self._downloads.download(end.id)
            if now is None:
                if running.discard and end.state is not DownloadState.done:
                    self._hub.discard(end.request)
                return
            if end.state is DownloadState.done:
                self._downloads.update(end)
            elif now.state is DownloadState.running:
                self._downloads.update(replace(end, arrived=running.progress.done))

    def _store_arrived(self, ident: DownloadId) -> None:
        with self._lock:
            download = self._downloads.download(ident)
            if download is not None:
                self._downloads.update(self._as_it_stands(download))

    def _as_it_stands(self, download: Download) -> Download:
        running = self._running.get(download.id)
        return replace(download, arrived=running.progress.done) if running else download


def _is_same(one: DownloadRequest, other: DownloadRequest) -> bool:
    return (one.repository, one.folder, [file.path for file in one.files]) == (
        other.repository,
        other.folder,
        [file.path for file in other.files],
    )


def models_folder(settings: Settings, home: Path) -> Path:
    """Return where downloaded models are kept: the user's choice, else inside the application's folder.

    A choice that is no whole path counts from that folder, wherever the application was started.
    """
    return home / Path(settings.models_folder.strip() or "models").expanduser()


def request_for(repository: RemoteRepository, variant: Variant, folder: Path) -> DownloadRequest:
    """Return what to download into owner/name below `folder`: the files of `variant`, and the part with which
    it looks at pictures where `repository` names any."""
    name, projector = repository.model.id, projector_of(repository.projectors)
    files = (*variant.files, projector) if projector is not None else variant.files
    return DownloadRequest(name, repository.revision, files, local_path(folder, name))
