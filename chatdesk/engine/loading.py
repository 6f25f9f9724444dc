"""Load a model as asked, on the graphics card where that works, and say where it runs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from chatdesk.domain.errors import EngineError, ModelInvalid, ModelMissing, ModelTooLarge, ModelUnreadable
from chatdesk.domain.generation import ModelReady
from chatdesk.domain.models import Gpu, Machine, ModelLoad
from chatdesk.domain.words import tr
from chatdesk.engine import template, threads
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.adapters import Adapters
from chatdesk.engine.bindings import allocations, gpus
from chatdesk.engine.draft_pay import DraftPay
from chatdesk.engine.fit import estimate
from chatdesk.engine.gguf import GgufFile, check
from chatdesk.engine.machine import machine_now, made_for_gpus
from chatdesk.engine.measured import allocated
from chatdesk.engine.model import LoadFailed, Model
from chatdesk.engine.placement import Placement, on_processor, place
from chatdesk.engine.projectors import unusable_projector
from chatdesk.engine.sequence import ContextFailed, ReadFailed, ReadTokens
from chatdesk.engine.sight import Sight, SightFailed

_PROGRESS_SECONDS = 0.05
_NO_MEMORY = re.compile(r"alloc|out of memory|cudaMalloc", re.IGNORECASE)
_UNKNOWN_KIND = re.compile(r"unknown (?:model architecture|pre-tokenizer type|tokenizer)")
_CAUSE = re.compile(r"error loading model(?: \w+)?: (.*)")

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
    adapters: Adapters
    template: template.ChatTemplate
    ready: ModelReady
    gpus: tuple[Gpu, ...]  # as they were before it was loaded
    sight: Sight | None
    projector: FileVersion | None
    pay: DraftPay = field(default_factory=DraftPay)  # what reading ahead costs and gains with this model

    def is_for(self, load: ModelLoad, version: FileVersion) -> bool:
        """Whether it is loaded as `load` says, from files that have not changed since."""
        return (self.load, self.version, self.projector) == (load, version, _projector_of(load))

    def close(self) -> None:
        self.read.close()
        if self.sight:
            self.sight.close()
        self.model.close()


def version_of(path: Path) -> FileVersion:
    """Return the present version of a file. Raises ModelMissing, ModelUnreadable."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ModelMissing(path) from None
    except OSError as error:
        raise ModelUnreadable(path, error.strerror or str(error)) from None
    return FileVersion(path, status.st_mtime_ns, status.st_size)


def load_vocabulary(version: FileVersion) -> Model:
    """Load what is needed to count tokens. Raises ModelMissing, ModelUnreadable, ModelInvalid."""
    file = check(version.path)
    try:
        return Model(version.path, vocabulary_only=True)
    except LoadFailed as error:
        raise _readable(version.path, file, error) from None


def load_model(load: ModelLoad, version: FileVersion, progress: Progress, abort: AbortFlag) -> LoadedModel:
    """Load as `load` says, on the processor where the graphics card fails.

    Raises LoadStopped, ModelMissing, ModelUnreadable, ModelInvalid, ModelTooLarge.
    """
    path = version.path
    file = check(path)
    cards = tuple(gpus()) if load.gpu_layers else ()
    placement, placed = _place(load, file, machine_now(cards))
    hear = _limited(progress, abort)
    try:
        try:
            model, read = _open(load, file, placement, hear)
        except (LoadFailed, ContextFailed, ReadFailed):
            if placement.gpu_layers == 0:
                raise
            placement = _without_card(placed, file, placement.report.name)
            model, read = _open(load, file, placement, hear)
    except LoadFailed as error:
        raise _readable(path, file, error) from None
    except ContextFailed:
        raise ModelTooLarge(path) from None
    words = model.vocabulary
    chosen, problem = template.choose(
        model.chat_template, words.bos, words.eos, file.architecture, file.header.name or path.stem
    )
    factor = allocated(allocations).total / estimate(file, read.limit).total
    adapters = Adapters(model, path)
    read.sight, blind = _open_sight(load, placed, file, model)
    ready = ModelReady(
        placement.report, read.limit, chosen.switches_thinking, problem, factor, projector_problem=blind
    )
    return LoadedModel(
        load, version, model, read, adapters, chosen, ready, cards, read.sight, _projector_of(load)
    )


def _place(load: ModelLoad, file: GgufFile, machine: Machine) -> tuple[Placement, ModelLoad]:
    """Return where the model goes, and what of it: without its projector where there is no room for both.

    Raises ModelTooLarge.
    """
    try:
        return place(load, file, machine, made_for_gpus()), load
    except ModelTooLarge:
        if load.projector is None:
            raise
    load = replace(load, projector=None)
    return place(load, file, machine, made_for_gpus()), load


def _open_sight(load: ModelLoad, placed: ModelLoad, file: GgufFile, model: Model) -> tuple[Sight | None, str]:
    """Return the projector, or why there is none though one lies beside the model."""
    if load.projector is None:
        return None, ""
    reason = tr("there is not enough memory for it")
    if placed.projector is not None:
        reading_threads = threads.choose(load.threads, file.weights).reading
        for on_gpu in (True, False) if model.on_gpu else (False,):
            try:
                return Sight(model, placed.projector, reading_threads, on_gpu), ""
            except SightFailed as error:
                reason = error.reason
    return None, unusable_projector(load.projector, reason)


def _projector_of(load: ModelLoad) -> FileVersion | None:
    try:
        return version_of(load.projector) if load.projector else None
    except EngineError:
        return None


def _without_card(load: ModelLoad, file: GgufFile, card: str) -> Placement:
    """Return a placement in main memory alone, after a load that failed on `card`. Raises ModelTooLarge."""
    placement = place(load, file, machine_now(()), made_for_gpus())
    reason = tr("it failed on the graphics card “{card}”").format(card=card)
    return on_processor(placement.context_tokens, file.header.layers, reason)


def _open(
    load: ModelLoad, file: GgufFile, placement: Placement, hear: Callable[[float], bool]
) -> tuple[Model, ReadTokens]:
    allocations.clear()
    model = Model(load.model.path, placement.gpu_layers, progress=hear)
    read = None
    try:
        if not model.writes_text:
            raise ModelInvalid(load.model.path, tr("it is not made for writing text"))
        chosen_threads = threads.choose(load.threads, file.weights)
        read = ReadTokens(model, placement.context_tokens, chosen_threads)
        if placement.gpu_layers:
            read.try_out()
    except BaseException:
        if read:
            read.close()
        model.close()
        raise
    return model, read


def _readable(path: Path, file: GgufFile, error: LoadFailed) -> EngineError:
    said = "\n".join(error.complaints)
    if _UNKNOWN_KIND.search(said):
        reason = tr("its kind (“{kind}”) is not known to this version of ChatDesk")
        return ModelInvalid(path, reason.format(kind=file.architecture))
    if _NO_MEMORY.search(said):
        return ModelTooLarge(path)
    cause = _CAUSE.search(said)
    reason = tr("llama.cpp cannot load it: {cause}")
    return ModelInvalid(path, reason.format(cause=cause[1] if cause else tr("it does not say why")))


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
