"""Whether a model runs on this machine, before it is downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.catalogue import CatalogueModel, suited
from chatdesk.domain.hub import Advice, Fit, FitVerdict, HubAccess, RemoteRepository, Variant
from chatdesk.domain.hub_ports import Hub
from chatdesk.domain.models import (
    AUTOMATIC_TOKENS,
    FEWEST_TOKENS,
    GPU_RESERVE,
    SIGHT_BUFFERS,
    Machine,
    ModelShape,
)
from chatdesk.domain.ports import Engine, ModelFiles
from chatdesk.domain.settings import Settings
from chatdesk.domain.waiting import wait_for
from chatdesk.domain.words import tr
from chatdesk.flows.models import Memory
from chatdesk.hub.grouping import projector_of, recommend

BYTES_A_SECOND = 30e9  # that a processor reads from memory
SLOW = 5.0  # tokens a second
_STEP = 256  # tokens


class FitFlow:
    """Estimates for models on the Hub."""

    def __init__(self, hub: Hub, files: ModelFiles, engine: Engine) -> None:
        self._hub = hub
        self._files = files
        self._engine = engine

    def for_variants(
        self, repository: RemoteRepository, settings: Settings, access: HubAccess, cancel: CancelToken
    ) -> Iterator[tuple[Variant, Fit]]:
        """Yield what is to be expected of each quantisation, from one reading of one file's beginning.

        All quantisations of a model have one shape; their weights are as large as their files. The part with
        which it looks at pictures counts among what it works in. Raises HubError, and ModelInvalid for a file
        that is no model.
        """
        if not repository.variants:
            return
        shape = wait_for(lambda: self._shape(repository, access), cancel)
        if shape is None or cancel.cancelled:
            return
        if (projector := projector_of(repository.projectors)) is not None:
            shape = replace(shape, buffers=shape.buffers + projector.bytes + SIGHT_BUFFERS)
        machine = self._engine.machine(settings.gpu_layers != 0, cancel)
        for variant in repository.variants:
            yield variant, fit_of(shape, variant.bytes, settings, machine)

    def _shape(self, repository: RemoteRepository, access: HubAccess) -> ModelShape:
        name, file = repository.model.id, repository.variants[0].first
        with closing(self._hub.open(name, repository.revision, file, access)) as remote:
            return self._files.shape(remote, file.bytes, file.path)


def fit_of(shape: ModelShape, weights: int, settings: Settings, machine: Machine) -> Fit:
    """Return whether a model with so many bytes of weights runs on `machine` as the settings load it.

    - fits: the weights, what is kept of the context and the buffers are less than all free memory.
    - shorter_context: so they are with a context of 2,048 tokens or more, but not with the one that is
      chosen, or 8,192; the longest that fits is told.
    - slow: the weights are mapped from their file and may take memory from other programs, so a model loads
      as long as they are less than all memory, but is then read from the disk again and again. Or too much of
      it runs on the processor. Writing a token reads all active weights once, so tokens a second are at most
      the memory's bytes a second by the bytes read (Pope et al. 2022, "Efficiently Scaling Transformer
      Inference", section 2). 30 GB a second is what two channels of DDR4 or DDR5 reach: measured were 25 to
      33. Below 5 tokens a second writing is slower than reading (238 words a minute, Brysbaert 2019, at 1.3
      tokens a word).
    - too_large: it would be refused.
    """
    factor = settings.memory_factor
    chosen = settings.context_tokens or AUTOMATIC_TOKENS
    wanted = min(chosen, shape.context_tokens or chosen)
    longest = _longest(shape, round(machine.all_free / factor) - weights, wanted)
    fewest = wanted if settings.context_tokens else min(wanted, FEWEST_TOKENS)
    tokens = longest or fewest
    if longest >= wanted:
        verdict = FitVerdict.fits
    elif longest:
        verdict = FitVerdict.shorter_context
    elif _loads(shape, weights, tokens, factor, machine):
        verdict = FitVerdict.slow
    else:
        verdict = FitVerdict.too_large
    if longest and _tokens_a_second(shape, weights, tokens, machine) < SLOW:
        verdict = FitVerdict.slow
    return Fit(
        verdict=verdict,
        weights=weights,
        kv=shape.kv(tokens),
        buffers=shape.working(tokens),
        context_tokens=tokens,
        free_memory=machine.free,
        free_gpu=machine.all_free - machine.free,
        corrected=factor,
    )


def verdict_words(verdict: FitVerdict) -> str:
    """Return what is to be expected, as few words as it takes."""
    return {
        FitVerdict.fits: tr("Fits"),
        FitVerdict.shorter_context: tr("Fits with shorter context"),
        FitVerdict.slow: tr("May be slow"),
        FitVerdict.too_large: tr("Won't fit"),
    }[verdict]


def advice_after(repository: RemoteRepository, judged: Sequence[tuple[Variant, Fit]], room: int) -> Advice:
    """Recommend a variant by what is known of those that were `judged`, of which there is at least one.

    The others are judged by `room`, the bytes of a file that are guessed to fit. None that would be refused
    is recommended, and none that fits is called too large.
    """
    refused = [each.bytes for each, fit in judged if fit.verdict is FitVerdict.too_large]
    usable = [each for each in repository.variants if each.bytes < min(refused, default=each.bytes + 1)]
    if not usable:
        _, least = min(judged, key=lambda pair: pair[1].needed)
        words = tr(
            "None fits: the smallest needs {needed:.1f} GB with its context, and {free:.1f} GB are free."
        )
        return Advice(None, words.format(needed=least.needed / 1e9, free=least.free / 1e9))
    largest = max((each.bytes for each, fit in judged if fit.finds_room), default=0)
    return recommend(usable, max(room, largest), repository.model.parameters)


def first_choice(models: Sequence[CatalogueModel], now: Memory) -> CatalogueModel | None:
    """Return which of `models` to recommend before the others; None when none suits this machine.

    It is the most demanding one that suits the machine and fits into what is free now. Where none does, it is
    the smallest that suits the machine: `is_tight` then says that other programs have to be closed.
    """
    fitting = suited(models, now.total)
    smallest = min(fitting, key=lambda model: model.bytes, default=None)
    return next((model for model in fitting if not is_tight(model, now)), smallest)


def is_tight(model: CatalogueModel, now: Memory) -> bool:
    """Say whether the model fits into this machine, but not into what other programs leave free now."""
    return model.bytes > now.largest_file and bool(suited([model], now.total))


def _longest(shape: ModelShape, room: int, wanted: int) -> int:
    """Return the longest context up to `wanted` for which `room` bytes are enough; 0 when none is of use."""
    fewest = min(wanted, FEWEST_TOKENS)
    if shape.kv(fewest) + shape.working(fewest) > room:
        return 0
    if shape.kv(wanted) + shape.working(wanted) <= room:
        return wanted
    low, high = fewest // _STEP, wanted // _STEP + 1  # the first fits, the second does not
    while high - low > 1:
        middle = (low + high) // 2
        tokens = middle * _STEP
        if shape.kv(tokens) + shape.working(tokens) <= room:
            low = middle
        else:
            high = middle
    return max(fewest, low * _STEP)


def _loads(shape: ModelShape, weights: int, tokens: int, factor: float, machine: Machine) -> bool:
    working = (shape.kv(tokens) + shape.working(tokens)) * factor
    return weights * factor + working <= machine.all and working <= machine.all_free


def _tokens_a_second(shape: ModelShape, weights: int, tokens: int, machine: Machine) -> float:
    """Return how fast it writes where the processor has to read what finds no room on graphics cards."""
    taken = GPU_RESERVE + shape.working(tokens)
    room = sum(max(0, gpu.free - taken) for gpu in machine.gpus)
    on_gpu = min(1.0, room / max(1, weights + shape.kv(tokens)))
    read = weights * (1 - on_gpu) * shape.active
    return BYTES_A_SECOND / max(1.0, read)
