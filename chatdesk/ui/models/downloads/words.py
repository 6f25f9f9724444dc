"""What is said of a download."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.downloads import Download, DownloadState, QueueTotal
from chatdesk.domain.file_names import local_path
from chatdesk.domain.hub import DownloadRequest
from chatdesk.domain.words import tr, trn
from chatdesk.ui.models.numbers import size_words, speed_words, time_words


@dataclass(frozen=True, slots=True)
class Live:
    """What a running download does now; `speed` in bytes a second, 0 while it is not known."""

    arrived: int = 0
    speed: float = 0.0
    note: str = ""  # what it does instead of fetching, in a few words
    reason: str = ""  # why it does not fetch, a sentence


def title_of(request: DownloadRequest) -> str:
    """Return the name of the file without what every file has."""
    name = request.files[0].path.rpartition("/")[2].removesuffix(".gguf")
    stem, parts, _ = name.partition("-00001-of-")
    return stem if parts else name


def file_of(download: Download) -> Path:
    """Return where the file is that is opened to load a finished download's model."""
    return local_path(download.request.folder, download.request.files[0].path)


def is_there(download: Download) -> bool:
    """Say whether a download is finished and its model has not been deleted since."""
    return download.state is DownloadState.done and file_of(download).is_file()


def button_words(download: Download | None) -> tuple[str, bool]:
    """Return what the button that begins this download says, and whether it can be pressed."""
    if download is None or (download.state is DownloadState.done and not is_there(download)):
        return tr("Download"), True
    return {
        DownloadState.waiting: (tr("In the queue"), False),
        DownloadState.running: (tr("Downloading…"), False),
        DownloadState.paused: (tr("Resume"), True),
        DownloadState.failed: (tr("Try again"), True),
        DownloadState.done: (tr("Downloaded"), False),
    }[download.state]


def state_words(download: Download, live: Live | None) -> str:
    """Return the state in one or two words."""
    if download.state is DownloadState.running and live is not None and live.note:
        return live.note
    return {
        DownloadState.waiting: tr("Waiting"),
        DownloadState.running: tr("Downloading"),
        DownloadState.paused: tr("Paused"),
        DownloadState.failed: tr("Failed"),
        DownloadState.done: tr("Finished"),
    }[download.state]


def progress_words(download: Download, live: Live | None) -> str:
    """Return how far it is, how fast, and for how long: "1.2 GB of 2.5 GB · 11.0 MB/s · 2 min left"."""
    if download.state is DownloadState.done:
        size = size_words(download.total)
        return size if is_there(download) else f"{size} · " + tr("not there any more")
    arrived = arrived_of(download, live)
    parts = [tr("{arrived} of {total}").format(arrived=size_words(arrived), total=size_words(download.total))]
    if live is not None and live.speed > 0 and download.state is DownloadState.running and not live.note:
        left = time_words((download.total - arrived) / live.speed)
        parts += [speed_words(live.speed), tr("{time} left").format(time=left)]
    return " · ".join(parts)


def arrived_of(download: Download, live: Live | None) -> int:
    """Return how many bytes are there, by whichever knows more."""
    if download.state is DownloadState.done:
        return download.total
    return max(download.arrived, live.arrived if live is not None else 0)


def total_words(running: int, total: QueueTotal) -> str:
    """Return what all downloads together do."""
    parts = [
        trn("{count} download", "{count} downloads", running),
        tr("{arrived} of {total}").format(arrived=size_words(total.arrived), total=size_words(total.total)),
    ]
    if total.speed > 0:
        parts.append(speed_words(total.speed))
    if total.seconds_left is not None:
        parts.append(tr("{time} left").format(time=time_words(total.seconds_left)))
    return " · ".join(parts)
