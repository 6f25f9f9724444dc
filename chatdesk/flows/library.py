"""What a user can do with the models on this computer: name, set, find, check and delete them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import AdapterMissing, EngineError
from chatdesk.domain.file_names import local_path
from chatdesk.domain.hub_ports import Downloads
from chatdesk.domain.library import FoundModel, KnownAdapter, ModelRecord, OwnSettings
from chatdesk.domain.models import Adapter
from chatdesk.domain.ports import ModelRecords, OtherModels, Trash
from chatdesk.domain.settings import Settings
from chatdesk.flows.model_files import (
    FileProgress,
    all_files_of,
    checksum_in_name,
    links_of,
    pieces,
    size_of,
)
from chatdesk.flows.models import ModelFlow, says_something, writes
from chatdesk.flows.models_folder import FolderFlow


@dataclass(frozen=True, slots=True)
class Checked:
    """Every file of the model was read; `damaged` are those that differ from what was downloaded."""

    damaged: tuple[Path, ...]


class LibraryFlow:
    """Acts on the list of `models` and on what is kept of them; whatever changes that raises StorageError."""

    def __init__(
        self, models: ModelFlow, records: ModelRecords, others: OtherModels, downloads: Downloads, home: Path
    ) -> None:
        """`home` is the application's folder, in which downloaded models are if the user has not chosen."""
        self.folder = FolderFlow(records, downloads, home)
        self._models = models
        self._records = records
        self._others = others
        self._downloads = downloads

    def rename(self, path: Path, title: str) -> None:
        """Call the model `title`, or as its file says where that is empty."""
        self._records.save(replace(self._records.record(path), title=" ".join(title.split())[:200]))

    def prefer(self, path: Path, favourite: bool) -> None:
        self._records.save(replace(self._records.record(path), favourite=favourite))

    def set_own(self, path: Path, own: OwnSettings, adapters: Sequence[Adapter]) -> None:
        """Set what is special to the model; OwnSettings() and no adapters reset it to what is recommended."""
        self._records.save(replace(self._records.record(path), own=own, adapters=tuple(adapters)))

    def adapters(self, path: Path) -> list[KnownAdapter]:
        """Return the model's adapters; those that cannot be used now say why."""
        return [self._known_adapter(path, adapter) for adapter in self._records.record(path).adapters]

    def open_adapter(self, path: Path, file: Path) -> KnownAdapter:
        """Return the adapter in `file`, for the model at `path`; it is not kept before `set_own`.

        Raises AdapterMissing, AdapterInvalid.
        """
        file = file.expanduser().absolute()
        header = self._models.adapter(file, path)
        name = header.name if says_something(header.name) else file.stem
        return KnownAdapter(Adapter(file, " ".join(name.split())), header)

    def _known_adapter(self, path: Path, adapter: Adapter) -> KnownAdapter:
        try:
            return KnownAdapter(adapter, self._models.adapter(adapter.path, path))
        except EngineError as error:
            return KnownAdapter(adapter, None, error.sentence, isinstance(error, AdapterMissing))

    def keep_checksums(self, path: Path) -> None:
        """Keep what a finished download tells of its files; the queue may forget it later."""
        known = self._downloaded(path)
        if known:
            self._records.save(replace(self._records.record(path), checksums=tuple(known.items())))

    def find(self, settings: Settings, cancel: CancelToken) -> Iterator[FoundModel]:
        """Yield models of other applications and of the user's folders that can be used in a chat.

        Those that the user has opened or taken out of the list are left out; those that `use` has put into
        it are not.
        """
        records = self._records.records()
        opened = (path for path in map(Path, settings.model_files) if not _was_found(records.get(path)))
        left_out = (path for path, record in records.items() if record.left_out)
        known = {_identity(path) for path in (*opened, *left_out)}
        for found in self._others.models([Path(each) for each in settings.model_folders], cancel):
            if cancel.cancelled:
                return
            if _identity(found.path) in known:
                continue
            with suppress(EngineError):
                if writes(self._models.header(found.path)):
                    yield found

    def use(self, settings: Settings, found: Iterable[FoundModel]) -> Settings:
        """Put found models into the list where they are."""
        for each in found:
            record = self._records.record(each.path)
            title = record.title or self._title(each)
            self._records.save(replace(record, title=title, application=each.application))
            settings = self._models.remember(settings, each.path)
        return replace(settings, use_found_models=True)

    def leave(self, settings: Settings) -> Settings:
        """Take all found models out of the list again; the files and what is known of them stay."""
        found = {str(path) for path, record in self._records.records().items() if record.application}
        kept = tuple(each for each in settings.model_files if each not in found)
        default = "" if settings.default_model in found else settings.default_model
        return replace(settings, model_files=kept, default_model=default, use_found_models=False)

    def files(self, path: Path) -> list[Path]:
        """Return what belongs to the model alone: its parts, and a projector that no other has beside it."""
        return all_files_of(path, self._models.model(path).projector)

    def checksums(self, path: Path) -> dict[Path, str]:
        """Return the SHA-256 that each file of the model ought to have; empty where none is known."""
        files = self.files(path)
        told = dict(self._records.record(path).checksums) or self._downloaded(path)
        known = {file: told.get(file.name) or checksum_in_name(file) for file in files}
        return {file: checksum for file, checksum in known.items() if checksum}

    def verify(self, path: Path, cancel: CancelToken) -> Iterator[FileProgress | Checked]:
        """Read the files with a known checksum and compare; ends with Checked unless cancelled.

        Raises ModelMissing, ModelUnreadable.
        """
        expected = self.checksums(path)
        total, done = sum(size_of(file) for file in expected), 0
        damaged: list[Path] = []
        for file, checksum in expected.items():
            digest = hashlib.sha256()
            for piece in pieces(file):
                if cancel.cancelled:
                    return
                digest.update(piece)
                done += len(piece)
                yield FileProgress(done, total)
            if digest.hexdigest() != checksum:
                damaged.append(file)
        yield Checked(tuple(damaged))

    def freed_by_deleting(self, path: Path) -> int:
        """Return how many bytes the disk gains when the model's files are gone for good; other names of the
        same file keep theirs."""
        return sum(
            size_of(file) for file in self.files(path) if not file.is_symlink() and links_of(file) == 1
        )

    def deletable(self, path: Path) -> bool:
        """Say whether the files stand for themselves: no links, and none that only a manifest names."""
        files = self.files(path)
        return all(file.is_file() and not file.is_symlink() for file in files) and (
            path.suffix.casefold() == ".gguf"
        )

    def delete(self, settings: Settings, path: Path, trash: Trash) -> Settings:
        """Move the model's files to the trash and take it out of the list. Raises ModelNotDeleted.

        What is known of it stays: a file that comes back from the trash has its name again.
        """
        for file in self.files(path):
            trash.take(file)
        return self._models.forget(settings, path)

    def _title(self, found: FoundModel) -> str:
        """Return a title for a file that has none: neither in its header nor in its name."""
        with suppress(EngineError):
            if says_something(self._models.header(found.path).name):
                return ""
        stem = found.path.stem
        return "" if found.name in stem else found.name

    def _downloaded(self, path: Path) -> dict[str, str]:
        wanted = {file: file.name for file in self.files(path)}
        known = {}
        for download in self._downloads.queue():
            for file in download.request.files:
                place = local_path(download.request.folder, file.path)
                if place in wanted and file.sha256:
                    known[wanted[place]] = file.sha256
        return known


def _was_found(record: ModelRecord | None) -> bool:
    return record is not None and record.application != ""


def _identity(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return path
    return status.st_dev, status.st_ino
