"""What a user can do with the folder of downloaded models: see how much is in it, and move it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.downloads import DownloadState
from chatdesk.domain.errors import ModelsNotMoved
from chatdesk.domain.hub_ports import Downloads
from chatdesk.domain.ports import ModelRecords
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.flows.downloads import models_folder
from chatdesk.flows.folder_move import FolderMove
from chatdesk.flows.model_files import FileProgress, size_of

# A folder of the user's may hold other things too; those are none of the application's business.
_OURS = re.compile(r".+\.gguf(\.part(\.json|\.lock)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FolderContent:
    """How many model files there are in the folder, finished or not, and their bytes."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class FolderMoved:
    """All of it is in its new place; the settings do not name that yet."""

    folder: Path
    places: Mapping[Path, Path]

    def applied(self, settings: Settings) -> Settings:
        """Return `settings` with the new places."""
        return replace(
            settings,
            model_files=tuple(map(self._now, settings.model_files)),
            default_model=self._now(settings.default_model),
            models_folder=str(self.folder),
        )

    def _now(self, path: str) -> str:
        return str(self.places.get(Path(path), path))


class FolderFlow:
    """The folder that new models go to: the user's choice, else one inside `home`."""

    def __init__(self, records: ModelRecords, downloads: Downloads, home: Path) -> None:
        self._records = records
        self._downloads = downloads
        self._home = home

    def folder(self, settings: Settings) -> Path:
        """Return where it is, or will be made."""
        return models_folder(settings, self._home)

    def content(self, folder: Path, cancel: CancelToken) -> Iterator[FolderContent]:
        """Yield once what there is; nothing when cancelled."""
        sizes = []
        for file in _files(folder):
            if cancel.cancelled:
                return
            sizes.append(size_of(file))
        yield FolderContent(len(sizes), sum(sizes))

    def move(self, old: Path, new: Path, cancel: CancelToken) -> Iterator[FileProgress | FolderMoved]:
        """Move all models from `old` to `new`, which has to be new or empty, and let the chats, the downloads
        and what is known of models name the new places.

        Ends with FolderMoved. Cancelled, or after ModelsNotMoved or StorageError, all is as it was before.
        """
        self._require_quiet(new)
        files = list(_files(old))
        move = FolderMove(old, new, files)
        total, done, moved = move.total, 0, False
        try:
            move.prepare()
            for more in move.copy(cancel):
                done += more
                yield FileProgress(done, total)
            if cancel.cancelled:
                return
            self._require_quiet(new)
            move.place()
            self._rename(old, new, move.places)
            moved = True
        finally:
            if not moved:
                move.undo()
        yield FolderMoved(new, move.places)
        move.leave()

    def _require_quiet(self, new: Path) -> None:
        if any(download.state is DownloadState.running for download in self._downloads.queue()):
            raise ModelsNotMoved(new, tr("a download is running; pause it, or wait for its end"))

    def _rename(self, old: Path, new: Path, places: Mapping[Path, Path]) -> None:
        known = self._records.records()
        self._records.move(old, new)
        for path in known:
            if path.is_relative_to(old) and path not in places:
                self._records.move(new / path.relative_to(old), path)
        for record in self._records.records().values():
            adapters = tuple(
                replace(adapter, path=places.get(adapter.path, adapter.path)) for adapter in record.adapters
            )
            if adapters != record.adapters:
                self._records.save(replace(record, adapters=adapters))


def _files(folder: Path) -> Iterator[Path]:
    """Yield the models, and what has arrived of others; links stay where they are."""
    if folder.is_dir():
        for file in sorted(folder.rglob("*")):
            if _OURS.fullmatch(file.name) and file.is_file() and not file.is_symlink():
                yield file
