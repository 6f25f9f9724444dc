"""What is known of models beyond their files: names, use, own settings; and models found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from chatdesk.domain.models import Adapter, AdapterHeader, ModelHeader
from chatdesk.domain.settings import N_, Entry, Settings, entry_of
from chatdesk.domain.words import tr


def _own(**how: Any) -> Any:  # noqa: ANN401
    return field(default=None, metadata={"entry": Entry("", **how)} if how else {})


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What the user has chosen for one model alone; None follows the general settings.

    A name that the general settings have too is shown and limited as there.
    """

    preset: str | None = _own()
    temperature: float | None = _own(
        title=N_("Temperature"), help=N_("How freely words are chosen; 0 always takes the likeliest."),
        minimum=0, maximum=2, step=0.05,
    )  # fmt: skip
    top_p: float | None = _own(
        title=N_("Top-p"), help=N_("Leaves out the unlikeliest words; 1 leaves out none."),
        minimum=0.05, maximum=1, step=0.05,
    )  # fmt: skip
    repeat_penalty: float | None = _own(
        title=N_("Penalty for repeating"), help=N_("1 is none."), minimum=1, maximum=2, step=0.05
    )
    thinking: bool | None = _own()
    system_prompt: str | None = _own(
        title=N_("System prompt"), help=N_("For chats that have none of their own."), lines=True
    )
    answer_tokens: int | None = _own()
    context_tokens: int | None = _own()
    gpu_layers: int | None = _own()
    threads: int | None = _own()

    @property
    def chosen(self) -> dict[str, object]:
        """The settings that differ from the general ones, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}

    @staticmethod
    def of(stored: Mapping[str, object]) -> OwnSettings:
        """Return what can be used of `stored`, every number within its limits."""
        usable = {f.name: _usable(f.name, stored.get(f.name)) for f in fields(OwnSettings)}
        return OwnSettings(**usable)


def own_entry(name: str) -> Entry:
    """Return how the model's own setting called `name` is shown."""
    entry = next(f for f in fields(OwnSettings) if f.name == name).metadata.get("entry")
    return entry if isinstance(entry, Entry) else entry_of(name)


def _usable(name: str, value: object) -> Any:  # noqa: ANN401  settings have values of several types
    if name == "system_prompt":
        return value if isinstance(value, str) else None
    general = getattr(Settings(), name, None)
    if general is not None:
        if type(value) is not type(general):
            return None
        return getattr(replace(Settings(), **{name: value}).corrected(), name)  # type: ignore[arg-type]
    entry = own_entry(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
        return None
    assert entry.minimum is not None
    assert entry.maximum is not None
    return float(min(max(value, entry.minimum), entry.maximum))


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """What is kept of a model, whether its file is there now or not."""

    path: Path
    title: str = ""  # given by the user; "" for the file's own
    favourite: bool = False
    application: str = ""  # where it was found; "" for what the user has opened or downloaded
    left_out: bool = False  # found, but taken out of the list by the user
    times_used: int = 0
    last_used: datetime | None = None
    speed: float = 0.0  # tokens a second on this computer, 0 where it was not measured
    reading: float = 0.0  # tokens of a prompt that it reads a second, 0 where that was not measured
    bytes: int = 0  # of all its files when they were last seen
    header: ModelHeader | None = None  # as it was last read
    checksums: tuple[tuple[str, str], ...] = ()  # (file name, SHA-256 in hexadecimal) from the download
    own: OwnSettings = field(default_factory=OwnSettings)
    adapters: tuple[Adapter, ...] = ()  # also those that are switched off or not there now

    @property
    def speed_words(self) -> str:
        """How fast it writes here, for people: "12.5 tokens a second"; "" where that was not measured."""
        if not self.speed:
            return ""
        digits = 0 if self.speed >= 100 else 1
        return tr("{speed} tokens a second").format(speed=f"{self.speed:,.{digits}f}")


@dataclass(frozen=True, slots=True)
class KnownAdapter:
    """An adapter in a model's list, and its file as it is now."""

    adapter: Adapter
    header: AdapterHeader | None  # None when the file is missing or cannot be used
    problem: str = ""  # why it cannot be used now, readable
    away: bool = False  # its file is not there now


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A GGUF file that another application or the user keeps on this computer."""

    path: Path  # the file to load; the first part of a split model
    name: str  # what its application calls it
    application: str  # or the name of the folder that the user has named
    bytes: int  # of all its parts
