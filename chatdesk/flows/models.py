"""What a user can do with models: list them, open a file, forget one, and find the one to use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.domain.errors import EngineError
from chatdesk.domain.models import InstalledModel, ModelHeader
from chatdesk.domain.ports import ModelFiles
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr

LONGEST_NAME = 80  # characters of a model's own name that still make a title
_State = tuple[int, int, int, int]
_NAMES_OF_NOTHING = {"model", "models", "gguf", "llama", "unknown", "none", "untitled", "tmp", "output"}


@dataclass(frozen=True, slots=True)
class Memory:
    """This computer's memory now, in bytes."""

    total: int
    free: int

    @property
    def largest_file(self) -> int:
        """The largest model file that fits beside its context: about two thirds of what is free."""
        return self.free * 2 // 3


def memory() -> Memory:
    """Return this computer's memory now."""
    import psutil  # here and not above: its 16 ms need not delay the first window

    now = psutil.virtual_memory()
    return Memory(now.total, now.available)


class ModelFlow:
    """The models the user can pick: the starter, and the files that were opened, kept in the settings."""

    def __init__(self, files: ModelFiles, starter: Path) -> None:
        self._files = files
        self._starter = starter
        # A file with a large vocabulary takes 20 ms to read, and lists are drawn again and again.
        self._read: dict[Path, tuple[_State, ModelHeader]] = {}

    def installed(self, settings: Settings) -> list[InstalledModel]:
        """Return the starter, then the opened files in their order; those that cannot be used say why."""
        return [self._model(self._starter), *(self._model(Path(path)) for path in settings.model_files)]

    def open_file(self, settings: Settings, path: Path) -> tuple[Settings, InstalledModel]:
        """Add the file at `path`. Raises ModelMissing, ModelUnreadable or ModelInvalid."""
        # A link stays as it is: its target may have a name that says nothing.
        path = path.expanduser().absolute()
        header = self._header(path)
        if _same(path, self._starter):
            return settings, self._model(self._starter)
        known = next((Path(each) for each in settings.model_files if _same(Path(each), path)), None)
        if known is not None:
            return settings, self._model(known)
        return self.remember(settings, path), self._usable(path, header)

    def remember(self, settings: Settings, path: Path) -> Settings:
        """Put `path` into the list without reading it, as undoing `forget` needs."""
        if str(path) in settings.model_files:
            return settings
        return replace(settings, model_files=(*settings.model_files, str(path)))

    def forget(self, settings: Settings, path: Path) -> Settings:
        """Take `path` out of the list; the file itself is never touched."""
        kept = tuple(each for each in settings.model_files if each != str(path))
        default = "" if settings.default_model == str(path) else settings.default_model
        return replace(settings, model_files=kept, default_model=default)

    def choose(self, settings: Settings, path: str | Path) -> InstalledModel:
        """Return the model at `path` if it can be used, else the default model, else the starter."""
        for candidate in (str(path), settings.default_model):
            # Path("") is the present folder; an empty string means that none was chosen.
            if candidate not in ("", "."):
                model = self._model(Path(candidate))
                if not model.problem:
                    return model
        return self._model(self._starter)

    def _header(self, path: Path) -> ModelHeader:
        state = _state(path)
        known = self._read.get(path)
        if known is not None and known[0] == state:
            return known[1]
        header = self._files.header(path)
        if state is not None:
            self._read[path] = (state, header)
        return header

    def _model(self, path: Path) -> InstalledModel:
        try:
            return self._usable(path, self._header(path))
        except EngineError as error:
            return InstalledModel(
                path=path,
                title=self._title(path, None),
                bytes=_size(path),
                header=None,
                demonstration=_same(path, self._starter),
                problem=f"{error.sentence} {error.hint}".strip(),
            )

    def _usable(self, path: Path, header: ModelHeader) -> InstalledModel:
        return InstalledModel(
            path=path,
            title=self._title(path, header),
            bytes=_size(path),
            header=header,
            demonstration=_same(path, self._starter),
        )

    def _title(self, path: Path, header: ModelHeader | None) -> str:
        if _same(path, self._starter):
            return tr("ChatDesk Starter (demonstration)")
        return title(path, header)


def title(path: Path, header: ModelHeader | None) -> str:
    """Return what to call a model: its own name where that says something, else the file's, and how it is
    quantised unless the name says so already."""
    if header is None:
        return path.stem
    own = " ".join("".join(c if c.isprintable() else " " for c in header.name).split())
    name = own if _says_something(own) else path.stem
    quantisation = header.quantisation
    if not quantisation or _plain(quantisation) in _plain(name):
        return name
    return f"{name} · {quantisation}"


def _says_something(name: str) -> bool:
    return (
        3 <= len(name) <= LONGEST_NAME
        and any(c.isalpha() for c in name)
        and not re.search(r"[/\\]", name)
        and not re.fullmatch(r"[0-9a-f]{12,}", name)
        and name.casefold() not in _NAMES_OF_NOTHING
    )


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
    try:
        return path.stat().st_size
    except OSError:
        return 0
