"""Where other applications keep their models on this computer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain
from pathlib import Path

_LARGEST_SETTINGS = 1 << 20  # bytes


class Layout(Enum):
    """How files lie in a place."""

    files = auto()  # GGUF files in folders
    hub_cache = auto()  # models--owner--name/snapshots/revision/file, often links to blobs/
    ollama = auto()  # manifests that name blobs without an ending
    jan = auto()  # GGUF files, and model.yml files that name others


@dataclass(frozen=True, slots=True)
class Place:
    application: str
    folder: Path
    layout: Layout = Layout.files


def places(
    environment: Mapping[str, str] | None = None, home: Path | None = None, system: str = sys.platform
) -> list[Place]:
    """Return where models may be, whether the folders exist or not.

    The folders are those that the applications document or use in their public sources; `environment`,
    `home` and `system` (as sys.platform) are this computer's unless given.
    """
    machine = _Machine(os.environ if environment is None else environment, home or Path.home(), system)
    return list(
        chain(_hugging_face(machine), _lm_studio(machine), _ollama(machine), _jan(machine), _others(machine))
    )


@dataclass(frozen=True, slots=True)
class _Machine:
    environment: Mapping[str, str]
    home: Path
    system: str

    def named(self, variable: str) -> Path | None:
        """Return the folder that an environment variable names."""
        value = self.environment.get(variable, "").strip()
        return self.expanded(value) if value else None

    def expanded(self, written: str) -> Path:
        return self.home / written[2:] if written[:2] in ("~/", "~\\") else Path(written)

    @property
    def cache(self) -> Path:
        return self.named("XDG_CACHE_HOME") or self.home / ".cache"

    @property
    def local(self) -> Path:
        """Where applications keep data of this computer alone."""
        if self.system == "win32":
            return self.named("LOCALAPPDATA") or self.home / "AppData" / "Local"
        return self.roaming

    @property
    def roaming(self) -> Path:
        """Where applications keep data."""
        if self.system == "win32":
            return self.named("APPDATA") or self.home / "AppData" / "Roaming"
        if self.system == "darwin":
            return self.home / "Library" / "Application Support"
        return self.named("XDG_DATA_HOME") or self.home / ".local" / "share"


def _hugging_face(machine: _Machine) -> Iterator[Place]:
    home = machine.named("HF_HOME") or machine.cache / "huggingface"
    cache = machine.named("HF_HUB_CACHE") or machine.named("HUGGINGFACE_HUB_CACHE") or home / "hub"
    yield Place("Hugging Face", cache, Layout.hub_cache)


def _lm_studio(machine: _Machine) -> Iterator[Place]:
    # The pointer names a home that was chosen at the installation.
    pointer = _text(machine.home / ".lmstudio-home-pointer").strip()
    homes = [machine.home / ".lmstudio", machine.home / ".cache" / "lm-studio"]
    if pointer:
        homes.insert(0, machine.expanded(pointer.splitlines()[0].strip()))
    for home in dict.fromkeys(homes):
        moved = _settings(home / "settings.json").get("downloadsFolder")
        if isinstance(moved, str) and moved:
            yield Place("LM Studio", machine.expanded(moved))
        yield Place("LM Studio", home / "models")


def _ollama(machine: _Machine) -> Iterator[Place]:
    folders = [machine.named("OLLAMA_MODELS"), machine.home / ".ollama" / "models"]
    if machine.system.startswith("linux"):
        folders.append(Path("/usr/share/ollama/.ollama/models"))  # of the system's service
    for folder in filter(None, folders):
        yield Place("Ollama", folder, Layout.ollama)


def _jan(machine: _Machine) -> Iterator[Place]:
    own = machine.roaming / "Jan"
    moved = _settings(own / "settings.json").get("data_folder")
    if isinstance(moved, str) and moved:
        yield Place("Jan", machine.expanded(moved), Layout.jan)
    yield Place("Jan", own / "data", Layout.jan)
    yield Place("Jan", machine.home / "jan", Layout.jan)


def _others(machine: _Machine) -> Iterator[Place]:
    yield Place("GPT4All", machine.local / "nomic.ai" / "GPT4All")
    cache = machine.cache
    if machine.system == "win32":
        cache = machine.local
    elif machine.system == "darwin":
        cache = machine.home / "Library" / "Caches"
    yield Place("llama.cpp", machine.named("LLAMA_CACHE") or cache / "llama.cpp")


def _settings(path: Path) -> Mapping[str, object]:
    try:
        value = json.loads(_text(path))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(_LARGEST_SETTINGS)
    except (OSError, ValueError):
        return ""
