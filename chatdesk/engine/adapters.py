"""The adapters beside a loaded model: each file is loaded once, and each call says which of them count."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chatdesk.domain.errors import AdapterInvalid, AdapterMissing
from chatdesk.domain.models import Adapter
from chatdesk.domain.words import tr, trn
from chatdesk.engine.adapter_file import check_adapter
from chatdesk.engine.bindings import complaints, native
from chatdesk.engine.model import Model

_NO_MEMORY = re.compile(r"alloc|out of memory", re.IGNORECASE)
_CAUSE = re.compile(r"failed to apply lora adapter: (.*)")

State = tuple[int, int]  # nanoseconds of the last change, bytes
Weighted = tuple[Any, float]  # what llama.cpp calls the adapter, and how much it counts


class Adapters:
    """Those of `model`, which was loaded from `path`; they live until it is closed."""

    def __init__(self, model: Model, path: Path) -> None:
        self._model = model
        self._path = path
        self._loaded: dict[Path, tuple[State, Any]] = {}

    def usable(self, wanted: Sequence[Adapter]) -> tuple[list[Weighted], str]:
        """Return those of `wanted` that count and can be used, and why the others are left out, readable."""
        weighted, problems = [], []
        for adapter in wanted:
            if adapter.counts:
                try:
                    weighted.append((self._pointer(adapter.path), adapter.weight))
                except (AdapterMissing, AdapterInvalid) as error:
                    problems.append(error.sentence)
        if problems:
            without = trn(
                "The answer is written without it.", "The answer is written without them.", len(problems)
            )
            problems.append(without)
        return weighted, " ".join(problems)

    def _pointer(self, path: Path) -> Any:  # noqa: ANN401  a ctypes pointer
        """Return the adapter in memory, loaded anew where its file has changed.

        Raises AdapterMissing, AdapterInvalid.
        """
        state = _state(path)
        known = self._loaded.get(path)
        if known and known[0] == state:
            return known[1]
        check_adapter(path, self._path)
        complaints.clear()
        pointer = native.llama_adapter_lora_init(self._model.pointer, os.fsencode(path))
        if not pointer:
            raise AdapterInvalid(path, _cause())
        # An older version stays in memory with the model: a context may still have it in its graph.
        self._loaded[path] = state, pointer
        return pointer


def _state(path: Path) -> State:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise AdapterMissing(path) from None
    except OSError as error:
        raise AdapterInvalid(path, error.strerror or str(error)) from None
    return status.st_mtime_ns, status.st_size


def _cause() -> str:
    said = "\n".join(complaints)
    if _NO_MEMORY.search(said):
        return tr("there is not enough memory for it")
    cause = _CAUSE.search(said)
    reason = tr("llama.cpp cannot load it: {cause}")
    return reason.format(cause=cause[1] if cause else tr("it does not say why"))
