"""Decide how long a model's context is and how much of the model goes to the graphics card."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from chatdesk.domain.errors import ModelTooLarge
from chatdesk.domain.models import DeviceReport, Gpu, ModelLoad
from chatdesk.domain.words import tr
from chatdesk.engine.bindings import native
from chatdesk.engine.fit import estimate, layers_that_fit
from chatdesk.engine.gguf import GgufFile

AUTOMATIC_TOKENS = 8192
_FEWEST_TOKENS = 256  # llama.cpp rounds up to a multiple of it
_FEWEST_AUTOMATIC_TOKENS = 2048
_FEWEST_WORTH_IT = 2  # the output and a layer
_LIBRARIES_FOR_GPUS = ("ggml-cuda", "ggml-vulkan", "ggml-metal", "ggml-hip", "ggml-sycl")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of main memory and graphics cards together."""

    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Placement:
    context_tokens: int
    gpu_layers: int  # as llama.cpp counts: the output is one more than the layers
    report: DeviceReport


def memory_now(gpus: Sequence[Gpu]) -> Memory:
    """Return what this computer has; the graphics unit of a Mac shares the main memory."""
    main = psutil.virtual_memory()
    if sys.platform == "darwin":
        gpus = ()
    return Memory(main.available + sum(gpu.free for gpu in gpus), main.total + sum(gpu.total for gpu in gpus))


def made_for_gpus() -> bool:
    """Whether this build of llama.cpp can use graphics cards, be there one or not."""
    return is_for_gpus(path.name for path in Path(native._base_path).iterdir())


def is_for_gpus(library_names: Iterable[str]) -> bool:
    """Whether a build with these libraries can; llama.cpp itself only says whether a card is there now."""
    return any(library in name for name in library_names for library in _LIBRARIES_FOR_GPUS)


def place(
    load: ModelLoad, file: GgufFile, gpus: Sequence[Gpu], memory: Memory, builds_for_gpus: bool
) -> Placement:
    """Return what `load` asks for within what the computer has. Raises ModelTooLarge.

    An automatic context is halved until it fits; one that the user has chosen is refused when it does not.
    """
    tokens = _context_tokens(load, file, memory)
    layers = file.header.layers
    fitting = layers_that_fit(file, tokens, [gpu.free for gpu in gpus])
    # The output goes along with whatever layers the user wants there.
    wanted = (layers if load.gpu_layers < 0 else min(load.gpu_layers, layers)) + 1
    placed = min(wanted, fitting)
    if placed < _FEWEST_WORTH_IT:
        return on_processor(tokens, layers, _why_none(load, gpus, builds_for_gpus))
    reason = ""
    if placed < wanted:
        free = sum(gpu.free for gpu in gpus) / 1e9
        reason = tr("only a part fits into the {free:.1f} GB that are free on the graphics card").format(
            free=free
        )
    elif placed <= layers:
        reason = tr("the settings put no more on the graphics card")
    name = ", ".join(gpu.name for gpu in gpus)
    return Placement(tokens, placed, DeviceReport(name, layers, placed - 1, reason))


def on_processor(context_tokens: int, layers: int, reason: str) -> Placement:
    """Return a placement without a graphics card."""
    return Placement(context_tokens, 0, DeviceReport(tr("CPU"), layers, 0, reason))


def _why_none(load: ModelLoad, gpus: Sequence[Gpu], builds_for_gpus: bool) -> str:
    if not builds_for_gpus:
        return tr("this build of llama.cpp cannot use graphics cards")
    if load.gpu_layers == 0:
        return tr("the settings put nothing on the graphics card")
    if not gpus:
        return tr("no graphics card was found")
    return tr("there is not enough free memory on the graphics card")


def _context_tokens(load: ModelLoad, file: GgufFile, memory: Memory) -> int:
    trained = file.header.context_tokens
    wanted = load.context_tokens or AUTOMATIC_TOKENS
    tokens = max(_FEWEST_TOKENS, min(wanted, trained or wanted))
    while (
        load.context_tokens == 0
        and tokens // 2 >= _FEWEST_AUTOMATIC_TOKENS
        and _lacking(file, tokens, memory)
    ):
        tokens //= 2
    if lacking := _lacking(file, tokens, memory):
        raise ModelTooLarge(load.model.path, *lacking)
    return tokens


def _lacking(file: GgufFile, tokens: int, memory: Memory) -> tuple[int, int] | None:
    """Return the bytes needed and there, where they are not enough.

    The weights are mapped from the file and may push other things out of memory, so that they are compared
    with all there is; the rest has to be free.
    """
    needs = estimate(file, tokens)
    if needs.total > memory.total:
        return needs.total, memory.total
    working = needs.kv + needs.buffers
    return (working, memory.free) if working > memory.free else None
