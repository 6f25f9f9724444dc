"""The settings as a JSON file that survives crashes, hand edits and other versions of the application."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from dataclasses import asdict, fields
from enum import Enum
from pathlib import Path
from typing import Any

from chatdesk.domain.settings import Settings
from chatdesk.storage.failures import readable_errors

_log = logging.getLogger(__name__)


class JsonSettings:
    """The SettingsFile of the ports. Keys that this version does not know are kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        """Return what is stored, with the default for each value that is missing or cannot be used.

        A file that is no JSON object is renamed to `<name>.damaged`. Raises FolderUnusable when it may not
        be read.
        """
        stored = self._stored()
        values = {f.name: _usable(stored.get(f.name), f.default) for f in fields(Settings)}
        return Settings(**values).corrected()

    def save(self, settings: Settings) -> None:
        """Write all settings at once; when that fails, the file stays as it was.

        Raises DiskFull, FolderUnusable.
        """
        text = json.dumps({**self._stored(), **asdict(settings)}, indent=2, ensure_ascii=False)
        with readable_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # A path that is no UTF-8 holds lone surrogates; written as \udcxx they are JSON's own escape.
            _replace(self._path, text.encode("utf-8", "backslashreplace"))

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


def _usable(stored: object, default: Any) -> Any:  # noqa: ANN401  settings have values of several types
    if isinstance(default, Enum):
        known = {member.value: member for member in type(default)}
        return known.get(stored, default) if isinstance(stored, str) else default
    if isinstance(default, tuple):
        strings = isinstance(stored, list) and all(isinstance(item, str) for item in stored)
        return tuple(stored) if strings and isinstance(stored, list) else default
    return stored if type(stored) is type(default) else default


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
