"""Decide how long a model's context is and how much of the model goes to the graphics card."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.errors import ModelTooLarge
from chatdesk.domain.models import AUTOMATIC_TOKENS, FEWEST_TOKENS, DeviceReport, Machine, ModelLoad
from chatdesk.domain.words import tr
from chatdesk.engine.adapter_file import memory_of_adapters
from chatdesk.engine.fit import estimate, layers_that_fit
from chatdesk.engine.gguf import GgufFile
from chatdesk.engine.projectors import memory_of

_SHORTEST = 256  # tokens; llama.cpp rounds up to a multiple of it
_FEWEST_WORTH_IT = 2  # the output and a layer


@dataclass(frozen=True, slots=True)
class Placement:
    context_tokens: int
    gpu_layers: int  # as llama.cpp counts: the output is one more than the layers
    report: DeviceReport


def place(load: ModelLoad, file: GgufFile, machine: Machine, builds_for_gpus: bool) -> Placement:
    """Return what `load` asks for within what the computer has. Raises ModelTooLarge.

    An automatic context is halved until it fits; one that the user has chosen is refused when it does not.
    Nothing is refused to who wants it anyway.
    """
    tokens = _context_tokens(load, file, machine)
    layers = file.header.layers
    free = [gpu.free for gpu in machine.gpus]
    if free:  # llama.cpp puts the projector on the first one, and each adapter beside what it changes
        free[0] -= _beside(load)
    fitting = layers_that_fit(file, tokens, free)
    # The output goes along with whatever layers the user wants there.
    wanted = (layers if load.gpu_layers < 0 else min(load.gpu_layers, layers)) + 1
    placed = min(wanted, fitting)
    if placed < _FEWEST_WORTH_IT:
        return on_processor(tokens, layers, _why_none(load, machine, builds_for_gpus))
    reason = ""
    if placed < wanted:
        reason = tr("only a part fits into the {free:.1f} GB that are free on the graphics card").format(
            free=sum(gpu.free for gpu in machine.gpus) / 1e9
        )
    elif placed <= layers:
        reason = tr("the settings put no more on the graphics card")
    name = ", ".join(gpu.name for gpu in machine.gpus)
    return Placement(tokens, placed, DeviceReport(name, layers, placed - 1, reason))


def on_processor(context_tokens: int, layers: int, reason: str) -> Placement:
    """Return a placement without a graphics card."""
    return Placement(context_tokens, 0, DeviceReport(tr("CPU"), layers, 0, reason))


def _why_none(load: ModelLoad, machine: Machine, builds_for_gpus: bool) -> str:
    if not builds_for_gpus:
        return tr("this build of llama.cpp cannot use graphics cards")
    if load.gpu_layers == 0:
        return tr("the settings put nothing on the graphics card")
    if not machine.gpus:
        return tr("no graphics card was found")
    return tr("there is not enough free memory on the graphics card")


def _context_tokens(load: ModelLoad, file: GgufFile, machine: Machine) -> int:
    trained = file.header.context_tokens
    wanted = load.context_tokens or AUTOMATIC_TOKENS
    tokens = max(_SHORTEST, min(wanted, trained or wanted))
    while load.context_tokens == 0 and tokens // 2 >= FEWEST_TOKENS and _lacking(load, file, tokens, machine):
        tokens //= 2
    lacking = _lacking(load, file, tokens, machine)
    if lacking and not load.anyway:
        raise ModelTooLarge(load.model.path, *lacking)
    return tokens


def _beside(load: ModelLoad) -> int:
    """Return the bytes that its projector and its adapters take."""
    return memory_of(load.projector) + memory_of_adapters(load.adapters)


def _lacking(load: ModelLoad, file: GgufFile, tokens: int, machine: Machine) -> tuple[int, int] | None:
    """Return the bytes needed and there, where they are not enough.

    The weights are mapped from the file and may push other things out of memory, so that they are compared
    with all there is; the rest has to be free.
    """
    needs = estimate(file, tokens)
    beside = _beside(load)  # that is not mapped
    if needs.total + beside > machine.all:
        return needs.total + beside, machine.all
    working = needs.kv + needs.buffers + beside
    return (working, machine.all_free) if working > machine.all_free else None
