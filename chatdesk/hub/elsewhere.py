"""Finds the models that other applications and the user keep on this computer; nothing is changed there."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.library import FoundModel
from chatdesk.hub.applications import Layout, Place, places

DEEPEST = 8  # folders inside each other
MOST_ENTRIES = 200_000  # of folders, over all places
MOST_SECONDS = 20.0
_LARGEST_TEXT = 1 << 20  # bytes of a manifest
# What stands beside models and is none: parts that read pictures, statistics for quantising, and the
# shadows that macOS leaves on foreign disks.
_NO_MODEL = re.compile(r"^(\._.*)|mmproj|imatrix", re.IGNORECASE)
_PART = re.compile(r"^(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf$", re.IGNORECASE)
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_MODEL_LAYER = "application/vnd.ollama.image.model"
_LINKED = re.compile(r"^model_path:\s*(['\"]?)(?P<path>.+?)\1\s*$", re.MULTILINE)

_Identity = tuple[int, int]


class Elsewhere:
    """The OtherModels of the ports."""

    def __init__(self, where: Sequence[Place] | None = None) -> None:
        self._places = places() if where is None else where

    def models(self, folders: Sequence[Path], cancel: CancelToken) -> Iterator[FoundModel]:
        """Yield each file once, then those in `folders`; what cannot be read is left out.

        Ends early when cancelled, after 20 seconds or after 200,000 entries of folders.
        """
        search = _Search(cancel)
        for place in (*self._places, *(Place(folder.name or str(folder), folder) for folder in folders)):
            yield from search.models(place)


class _Search:
    """Remembers what was seen, so that a file with two paths is found once and a circle of links ends."""

    def __init__(self, cancel: CancelToken) -> None:
        self._cancel = cancel
        self._deadline = time.monotonic() + MOST_SECONDS
        self._entries = MOST_ENTRIES
        self._files: set[_Identity] = set()
        self._folders: set[_Identity] = set()

    def models(self, place: Place) -> Iterator[FoundModel]:
        listed = {
            Layout.files: self._plain,
            Layout.hub_cache: self._hub_cache,
            Layout.ollama: self._ollama,
            Layout.jan: self._jan,
        }[place.layout](place.folder)
        for path, name in listed:
            size = self._new_size(path)
            if size:
                yield FoundModel(path, name, place.application, size)

    def _plain(self, folder: Path) -> Iterator[tuple[Path, str]]:
        for path in self._walk(folder):
            if name := _name(path):
                yield path, name

    def _hub_cache(self, folder: Path) -> Iterator[tuple[Path, str]]:
        for repository in self._listed(folder):
            if repository.name.startswith("models--"):
                current = _text(repository / "refs" / "main").strip()
                snapshots = self._listed(repository / "snapshots")
                for snapshot in sorted(snapshots, key=lambda each: each.name != current):
                    yield from self._plain(snapshot)

    def _ollama(self, folder: Path) -> Iterator[tuple[Path, str]]:
        manifests = folder / "manifests"
        for manifest in self._walk(manifests):
            blobs = [match[1] for digest in _model_layers(manifest) if (match := _DIGEST.fullmatch(digest))]
            # One of several parts has no name by which the others could be found.
            if len(blobs) == 1:
                for name in (f"sha256-{blobs[0]}", f"sha256:{blobs[0]}"):
                    yield folder / "blobs" / name, _ollama_name(manifest.relative_to(manifests).parts)

    def _jan(self, folder: Path) -> Iterator[tuple[Path, str]]:
        for models in (folder / "llamacpp" / "models", folder / "models"):
            for path in self._walk(models):
                owner = path.parent.relative_to(models).as_posix()
                if path.name == "model.yml" and (link := _LINKED.search(_text(path))):
                    yield folder / link["path"], owner
                elif name := _name(path):
                    yield path, owner if name == "model" else name

    def _walk(self, folder: Path, depth: int = DEEPEST) -> Iterator[Path]:
        """Yield the files below `folder`, also through links, each folder once."""
        identity = _identity(folder)
        if depth == 0 or identity is None or identity in self._folders:
            return
        self._folders.add(identity)
        inside: list[Path] = []
        for path in self._listed(folder):
            with suppress(OSError):
                if not path.is_dir():
                    yield path
                elif not path.name.startswith("."):
                    inside.append(path)
        for path in inside:
            yield from self._walk(path, depth - 1)

    def _listed(self, folder: Path) -> list[Path]:
        """Return what is in `folder` in the order of names; nothing when it cannot be read."""
        names: list[str] = []
        with suppress(OSError, ValueError), os.scandir(folder) as entries:
            for entry in entries:
                self._entries -= 1
                if self._entries < 0 or self._cancel.cancelled or time.monotonic() > self._deadline:
                    break
                names.append(entry.name)
        return [folder / name for name in sorted(names)]

    def _new_size(self, path: Path) -> int:
        """Return the bytes of a model with all its parts; 0 when it was seen before or is not whole."""
        identity = _identity(path)
        if identity is None or identity in self._files:
            return 0
        size = 0
        for part in _parts(path):
            try:
                status = part.stat()
            except (OSError, ValueError):
                return 0
            size += status.st_size
        self._files.add(identity)
        return size


def _name(path: Path) -> str:
    """Return what the file of a model is called, "" for other files and for parts but the first."""
    if path.suffix.casefold() != ".gguf" or _NO_MODEL.search(path.name):
        return ""
    part = _PART.match(path.name)
    if part is None:
        return path.stem
    return part["stem"] if int(part["number"]) == 1 else ""


def _parts(path: Path) -> list[Path]:
    match = _PART.match(path.name)
    if match is None:
        return [path]
    count = int(match["count"])
    if count > 1000:
        return []
    names = (f"{match['stem']}-{number:05d}-of-{match['count']}" for number in range(1, count + 1))
    return [path.with_name(name + path.suffix) for name in names]


def _model_layers(manifest: Path) -> list[str]:
    try:
        layers = json.loads(_text(manifest))["layers"]
        return [str(layer["digest"]) for layer in layers if layer["mediaType"] == _MODEL_LAYER]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _ollama_name(parts: tuple[str, ...]) -> str:
    """Return "llama3:8b" for ("registry.ollama.ai", "library", "llama3", "8b")."""
    if len(parts) < 2:
        return "/".join(parts)
    *before, model, tag = parts
    if before == ["registry.ollama.ai", "library"]:
        before = []
    elif before[:1] == ["registry.ollama.ai"]:
        before = before[1:]
    return "/".join([*before, f"{model}:{tag}"])


def _identity(path: Path) -> _Identity | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_LARGEST_TEXT)
    except (OSError, ValueError):
        return ""
