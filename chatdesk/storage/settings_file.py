"""The settings as a JSON file that survives crashes, hand edits, other versions and a second program."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from enum import Enum
from pathlib import Path
from typing import Any

from chatdesk.domain.lock import LockFile
from chatdesk.domain.settings import Settings
from chatdesk.storage.failures import readable_errors
from chatdesk.storage.whole_files import replace_file

_log = logging.getLogger(__name__)


PATIENCE = 1.0  # seconds that another program may take to write them


class JsonSettings:
    """The SettingsFile of the ports. Keys that this version does not know are kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: Settings | None = None  # what the file said when it was read or written here

    def load(self) -> Settings:
        """Return what is stored, with the default for each value that is missing or cannot be used.

        A file that is no JSON object is renamed to `<name>.damaged`. Raises FolderUnusable when it may not
        be read.
        """
        self._known = _read(self._stored(), Settings())
        return self._known

    def save(self, settings: Settings) -> Settings:
        """Write what has changed since they were read or written here, and return all as they are now.

        What another program has written meanwhile stays. When writing fails, the file stays as it was.
        Raises DiskFull, FolderUnusable.
        """
        with readable_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._held():
                stored = self._stored()
                merged = settings
                if self._known is not None:
                    merged = _merged(self._known, settings, _read(stored, settings))
                text = json.dumps({**stored, **asdict(merged)}, indent=2, ensure_ascii=False)
                # A path that is no UTF-8 holds lone surrogates; written as \udcxx they are JSON's own escape.
                replace_file(self._path, text.encode("utf-8", "backslashreplace"))
        self._known = merged
        return merged

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep other programs from writing; one that hangs while it does is not waited for."""
        lock = LockFile(self._path.with_name(self._path.name + ".lock"))
        latest = time.monotonic() + PATIENCE
        while not (taken := lock.take()) and time.monotonic() < latest:
            time.sleep(0.01)
        try:
            yield
        finally:
            if taken:
                lock.release()

    def _stored(self) -> dict[str, Any]:
        with readable_errors(self._path):
            if not self._path.exists():
                return {}
            try:
                stored = json.loads(self._path.read_bytes().decode("utf-8-sig"))
            except (IsADirectoryError, ValueError, RecursionError):
                stored = None
        if isinstance(stored, dict):
            return stored
        self._set_aside()
        return {}

    def _set_aside(self) -> None:
        aside = self._path.with_name(self._path.name + ".damaged")
        with readable_errors(self._path):
            self._path.replace(aside)
        _log.warning(
            "The settings could not be read; defaults are used and the file is kept as %s", aside.name
        )


def _read(stored: Mapping[str, Any], otherwise: Settings) -> Settings:
    """Return the stored settings, with the value of `otherwise` for each that cannot be used."""
    values = {f.name: _usable(stored.get(f.name), getattr(otherwise, f.name)) for f in fields(Settings)}
    return Settings(**values).corrected()


def _merged(before: Settings, wanted: Settings, stored: Settings) -> Settings:
    """Return `stored` with what differs between `before` and `wanted`; lists gain and lose single items."""
    changes: dict[str, Any] = {}
    for f in fields(Settings):
        old, new, there = (getattr(each, f.name) for each in (before, wanted, stored))
        if isinstance(new, tuple) and there != old:
            kept = [item for item in there if item in new or item not in old]
            new = (*kept, *(item for item in new if item not in there and item not in old))
        elif new == old:
            new = there
        changes[f.name] = new
    return Settings(**changes)


def _usable(stored: object, default: Any) -> Any:  # noqa: ANN401  settings have values of several types
    if isinstance(default, Enum):
        known = {member.value: member for member in type(default)}
        return known.get(stored, default) if isinstance(stored, str) else default
    if isinstance(default, tuple):
        strings = isinstance(stored, list) and all(isinstance(item, str) for item in stored)
        return tuple(stored) if strings and isinstance(stored, list) else default
    return stored if type(stored) is type(default) else default
