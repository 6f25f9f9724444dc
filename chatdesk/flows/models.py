"""What a user can do with models: list them, open a file, forget one, and find the one to use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.domain.errors import EngineError, ModelMissing
from chatdesk.domain.file_names import parts_of
from chatdesk.domain.library import ModelRecord
from chatdesk.domain.models import AdapterHeader, InstalledModel, Machine, ModelHeader
from chatdesk.domain.ports import ModelFiles, ModelRecords
from chatdesk.domain.settings import Settings
from chatdesk.domain.storage_errors import StorageError
from chatdesk.domain.words import tr

_LEARNS = 0.25  # of what one load shows
LONGEST_NAME = 80  # characters of a model's own name that still make a title
_State = tuple[int, int, int, int]
_NAMES_OF_NOTHING = {"model", "models", "gguf", "llama", "unknown", "none", "untitled", "tmp", "output"}


@dataclass(frozen=True, slots=True)
class Memory:
    """This computer's memory now, in bytes."""

    total: int
    free: int
    gpus: int = 0  # how much of `total` graphics cards have of their own

    @property
    def largest_file(self) -> int:
        """The largest model file that fits beside its context: about two thirds of what is free."""
        return self.free * 2 // 3


def memory() -> Memory:
    """Return this computer's main memory now."""
    import psutil  # here and not above: its 16 ms need not delay the first window

    now = psutil.virtual_memory()
    return Memory(now.total, now.available)


def memory_of(machine: Machine) -> Memory:
    """Return the memory of `machine` with that of its graphics cards."""
    return Memory(machine.all, machine.all_free, machine.all - machine.total)


class ModelFlow:
    """The models the user can pick: the starter, and the files that were opened, kept in the settings.

    `records` tell what is known of them beside; without any, models are called as their files say.
    """

    def __init__(self, files: ModelFiles, starter: Path, records: ModelRecords | None = None) -> None:
        self._files = files
        self._starter = starter
        self._records = records
        # A file with a large vocabulary takes 20 ms to read, and lists are drawn again and again.
        self._read: dict[Path, tuple[_State, ModelHeader]] = {}

    def installed(self, settings: Settings) -> list[InstalledModel]:
        """Return favourites, then the starter, then the opened files in their order; those that cannot be
        used say why."""
        paths = [self._starter, *map(Path, settings.model_files)]
        models = [self._model(path, record) for path, record in self._known(paths)]
        for model in models:
            self._keep_seen(model)
        return sorted(models, key=lambda model: model.record is None or not model.record.favourite)

    def header(self, path: Path) -> ModelHeader:
        """Return what the file at `path` says. Raises ModelMissing, ModelUnreadable or ModelInvalid."""
        return self._header(path)

    def adapter(self, path: Path, model: Path) -> AdapterHeader:
        """Return what an adapter of `model` says. Raises AdapterMissing or AdapterInvalid."""
        return self._files.adapter(path, model)

    def open_file(self, settings: Settings, path: Path) -> tuple[Settings, InstalledModel]:
        """Add the file at `path`. Raises ModelMissing, ModelUnreadable or ModelInvalid."""
        # A link stays as it is: its target may have a name that says nothing.
        path = path.expanduser().absolute()
        header = self._header(path)
        if _same(path, self._starter):
            return settings, self.model(self._starter)
        known = next((Path(each) for each in settings.model_files if _same(Path(each), path)), None)
        if known is not None:
            return settings, self.model(known)
        return self.remember(settings, path), self._usable(path, header, self._record(path))

    def model(self, path: Path) -> InstalledModel:
        """Return the model at `path`, in the list or not; one that cannot be used says why."""
        return self._model(path, self._record(path))

    def remember(self, settings: Settings, path: Path) -> Settings:
        """Put `path` into the list without reading it, as undoing `forget` needs."""
        self._leave_out(path, False)
        if str(path) in settings.model_files:
            return settings
        return replace(settings, model_files=(*settings.model_files, str(path)))

    def forget(self, settings: Settings, path: Path) -> Settings:
        """Take `path` out of the list; the file itself is never touched."""
        self._leave_out(path, True)
        kept = tuple(each for each in settings.model_files if each != str(path))
        default = "" if settings.default_model == str(path) else settings.default_model
        return replace(settings, model_files=kept, default_model=default)

    def choose(self, settings: Settings, path: str | Path) -> InstalledModel:
        """Return the model at `path` if it can be used, else the default model, else the starter."""
        for candidate in (str(path), settings.default_model):
            # Path("") is the present folder; an empty string means that none was chosen.
            if candidate not in ("", "."):
                model = self.model(Path(candidate))
                if not model.problem:
                    return model
        return self.model(self._starter)

    def _header(self, path: Path) -> ModelHeader:
        state = _state(path)
        known = self._read.get(path)
        if known is not None and known[0] == state:
            return known[1]
        header = self._files.header(path)
        if state is not None:
            self._read[path] = (state, header)
        return header

    def _model(self, path: Path, record: ModelRecord | None) -> InstalledModel:
        try:
            return self._usable(path, self._header(path), record)
        except EngineError as error:
            seen = record.header if record is not None else None
            size = _size(path)
            return InstalledModel(
                path=path,
                title=self._title(path, seen, record),
                bytes=size or (record.bytes if record is not None else 0),
                header=seen,
                demonstration=_same(path, self._starter),
                problem=f"{error.sentence} {error.hint}".strip(),
                away=isinstance(error, ModelMissing),
                record=record,
            )

    def _usable(self, path: Path, header: ModelHeader, record: ModelRecord | None) -> InstalledModel:
        return InstalledModel(
            path=path,
            title=self._title(path, header, record),
            bytes=_size(path),
            header=header,
            demonstration=_same(path, self._starter),
            record=record,
            projector=self._files.projector(path),
        )

    def _title(self, path: Path, header: ModelHeader | None, record: ModelRecord | None) -> str:
        if record is not None and record.title:
            return record.title
        if _same(path, self._starter):
            return tr("ChatDesk Starter (demonstration)")
        return title(path, header)

    def _known(self, paths: Sequence[Path]) -> list[tuple[Path, ModelRecord | None]]:
        if self._records is None:
            return [(path, None) for path in paths]
        records = self._records.records()
        return [(path, records.get(path) or ModelRecord(path)) for path in paths]

    def _record(self, path: Path) -> ModelRecord | None:
        return self._records.record(path) if self._records is not None else None

    def _keep_seen(self, model: InstalledModel) -> None:
        """Store what the file says, for the time when its disk is away."""
        if self._records is None or model.problem or model.demonstration:
            return
        record = model.record or ModelRecord(model.path)
        if (record.header, record.bytes) != (model.header, model.bytes):
            # A list that can be shown must not fail because the disk of the chats is full.
            with suppress(StorageError):
                self._records.save(replace(record, header=model.header, bytes=model.bytes))

    def _leave_out(self, path: Path, left_out: bool) -> None:
        """Note that the user has taken a model out of the list, so that it is not found again."""
        if self._records is not None and (record := self._records.record(path)).left_out != left_out:
            self._records.save(replace(record, left_out=left_out))


def learnt(factor: float, measured: float) -> float:
    """Return the correction of this machine's estimates after a load that took `measured` times what was
    estimated: a moving average, so that one odd model does not decide; 0 teaches nothing.
    """
    return factor if measured <= 0 else factor + _LEARNS * (measured - factor)


def title(path: Path, header: ModelHeader | None) -> str:
    """Return what to call a model: its own name where that says something, else the file's, and how it is
    quantised unless the name says so already."""
    if header is None:
        return path.stem
    own = " ".join("".join(c if c.isprintable() else " " for c in header.name).split())
    name = own if says_something(own) else path.stem
    quantisation = header.quantisation
    if not quantisation or _plain(quantisation) in _plain(name):
        return name
    return f"{name} · {quantisation}"


def says_something(name: str) -> bool:
    return (
        3 <= len(name) <= LONGEST_NAME
        and any(c.isalpha() for c in name)
        and not re.search(r"[/\\]", name)
        and not re.fullmatch(r"[0-9a-f]{12,}", name)
        and name.casefold() not in _NAMES_OF_NOTHING
    )


def writes(header: ModelHeader) -> bool:
    """Say whether a model writes; those that turn texts into vectors do not."""
    kind = header.architecture
    return not ("bert" in kind or kind.endswith("embedding") or kind == "t5encoder")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _state(path: Path) -> _State | None:
    """Return what changes when a file or the rights to it change; None where it cannot be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _size(path: Path) -> int:
    """Return the bytes of the model with all its parts, 0 when the file is not there."""
    try:
        return path.stat().st_size and sum(part.stat().st_size for part in parts_of(path))
    except OSError:
        return 0
