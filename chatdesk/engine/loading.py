"""Load a model as asked, on the graphics card where that works, and say where it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.errors import ModelInvalid, ModelMissing, ModelTooLarge, ModelUnreadable
from chatdesk.domain.generation import ModelReady
from chatdesk.domain.models import DeviceReport, ModelLoad
from chatdesk.domain.words import tr
from chatdesk.engine import template, threads
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.model import LoadFailed, Model
from chatdesk.engine.sequence import ContextFailed, ReadTokens

_PROGRESS_SECONDS = 0.05
_DEFAULT_CONTEXT = 8192
_LEAST_CONTEXT = 256

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class FileVersion:
    """Two equal values mean that the file has not been changed."""

    path: Path
    changed: int  # nanoseconds
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class LoadedModel:
    load: ModelLoad
    version: FileVersion
    model: Model
    read: ReadTokens
    template: template.ChatTemplate
    ready: ModelReady

    def close(self) -> None:
        self.read.close()
        self.model.close()


def version_of(path: Path) -> FileVersion:
    """Return the present version of a file. Raises ModelMissing, ModelUnreadable."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise ModelMissing(path) from None
    except OSError as error:
        raise ModelUnreadable(path, error.strerror or str(error)) from None
    return FileVersion(path, status.st_mtime_ns, status.st_size)


def load_model(load: ModelLoad, version: FileVersion, progress: Progress, abort: AbortFlag) -> LoadedModel:
    """Load as `load` says. Raises LoadStopped, ModelMissing, ModelUnreadable, ModelInvalid, ModelTooLarge."""
    path = load.model.path
    layers, reason = 0, tr("this build of llama.cpp has no GPU support")
    try:
        model = Model(path, layers, progress=_limited(progress, abort))
    except LoadFailed as error:
        raise ModelInvalid(path, error.complaints[0]) from None
    try:
        read = ReadTokens(model, _context_tokens(load, model.trained_tokens), threads.choose(load.threads))
    except ContextFailed:
        model.close()
        raise ModelTooLarge(path) from None
    words = model.vocabulary
    chosen, problem = template.choose(model.chat_template, words.bos, words.eos, "", path.stem)
    device = DeviceReport("CPU", 0, layers, reason)
    ready = ModelReady(device, read.limit, chosen.switches_thinking, problem)
    return LoadedModel(load, version, model, read, chosen, ready)


def load_vocabulary(version: FileVersion) -> Model:
    """Load what is needed to count tokens. Raises ModelInvalid."""
    try:
        return Model(version.path, vocabulary_only=True)
    except LoadFailed as error:
        raise ModelInvalid(version.path, error.complaints[0]) from None


def _context_tokens(load: ModelLoad, trained: int) -> int:
    wanted = load.context_tokens or _DEFAULT_CONTEXT
    return max(_LEAST_CONTEXT, min(wanted, trained or wanted))


def _limited(progress: Progress, abort: AbortFlag) -> Callable[[float], bool]:
    """Return a native progress function that stops on abort and passes on a few fractions a second."""
    last = 0.0

    def hear(fraction: float) -> bool:
        nonlocal last
        now = time.perf_counter()
        if now - last >= _PROGRESS_SECONDS or fraction >= 1:
            last = now
            progress(fraction)
        return not abort.raised

    return hear
