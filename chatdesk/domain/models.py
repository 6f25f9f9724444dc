"""What a model is to the application: a file on this computer and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.domain.library import ModelRecord

AUTOMATIC_TOKENS = 8192  # of context, where the user has not chosen and the model was trained for as many
FEWEST_TOKENS = 2048  # to which an automatic context is shortened where memory is short
GPU_RESERVE = 512 << 20  # bytes left free on each graphics card for the screen and other programs
BATCH_TOKENS = 512  # read at once
SIGHT_BUFFERS = 256 << 20  # bytes for the intermediate results of looking at a picture
HEAVIEST = 2.0  # weight of an adapter
_CELLS = 256  # llama.cpp rounds a context up to a multiple of it, and the room of a window too
_MASK_BYTES = 2


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A GGUF file on this computer."""

    path: Path


ModelRef = LocalModel


@dataclass(frozen=True, slots=True)
class Adapter:
    """A LoRA file that changes how one model answers."""

    path: Path
    name: str
    weight: float = 1.0  # 0 to HEAVIEST: how much it changes; 0 is nothing
    on: bool = True

    @property
    def counts(self) -> bool:
        """Whether answers are changed by it."""
        return self.on and self.weight != 0


@dataclass(frozen=True, slots=True)
class AdapterHeader:
    """What an adapter file says of itself; an empty string where it says nothing."""

    name: str
    made_for: str  # the name of a model
    bytes: int


@dataclass(frozen=True, slots=True)
class ModelLoad:
    """Which model to run and how; two equal values can share one loaded model."""

    model: ModelRef
    context_tokens: int = 0  # 0: as many as the model was trained for, at most 8,192
    gpu_layers: int = -1  # -1: as many as fit, 0: none
    threads: int = 0  # 0: chosen for this machine
    projector: Path | None = None  # the file with which it looks at pictures; None: it sees nothing
    # The user wants it although it does not seem to fit; a model that is loaded is the same one either way.
    anyway: bool = field(default=False, compare=False)
    # Those that count for this call. They are swapped in a loaded model, so it is the same one with others.
    adapters: tuple[Adapter, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ModelHeader:
    """What a GGUF file says of itself; 0 or an empty string where it says nothing."""

    name: str
    architecture: str
    quantisation: str  # "Q4_K_M" and the like
    parameters: int
    layers: int
    context_tokens: int  # the longest context it was trained for
    licence: str
    has_template: bool


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What decides how much memory a model takes beside its weights. Sizes in bytes, as llama.cpp allocates
    for one chat that is read in batches of 512 tokens.
    """

    context_tokens: int  # the longest context it was trained for; 0 where the file does not say
    per_token: int  # kept for each token by the layers that see all of them
    per_window_token: int  # kept for each token in the window by the layers that see no more
    window: int  # tokens; 0 without such layers
    state: int  # of recurrent layers, whatever the context
    buffers: int  # intermediate results, and the library itself
    active: float  # share of the weights that are read for each token: less than 1 with experts

    def kv(self, tokens: int) -> int:
        """Return what is kept of a context of `tokens`."""
        kept = self._cells(tokens) * self.per_token + self._window_cells(tokens) * self.per_window_token
        return kept + self.state

    def working(self, tokens: int) -> int:
        """Return what reading takes: the buffers and, for each kind of layer, which token sees which."""
        cells = self._cells(tokens) if self.per_token else 0
        if self.window:
            cells += self._window_cells(tokens)
        return self.buffers + cells * BATCH_TOKENS * _MASK_BYTES

    def _cells(self, tokens: int) -> int:
        return -(-tokens // _CELLS) * _CELLS

    def _window_cells(self, tokens: int) -> int:
        return self._cells(min(self._cells(tokens), self.window + BATCH_TOKENS))


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card; sizes in bytes."""

    name: str  # readable, such as "NVIDIA H200"
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Machine:
    """The memory of this computer now, in bytes."""

    free: int  # of main memory
    total: int  # of main memory
    gpus: tuple[Gpu, ...] = ()
    shared: bool = False  # the graphics unit has no memory of its own, as in a Mac

    @property
    def all_free(self) -> int:
        return self.free + (0 if self.shared else sum(gpu.free for gpu in self.gpus))

    @property
    def all(self) -> int:
        return self.total + (0 if self.shared else sum(gpu.total for gpu in self.gpus))


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model the user can pick."""

    path: Path
    title: str
    bytes: int  # 0 when the file is not there now
    header: ModelHeader | None  # None when the file is missing or cannot be read
    demonstration: bool = False  # the starter model that comes with the application
    problem: str = ""  # why it cannot be used now, readable
    away: bool = False  # its file is not there now; what is known of it is from when it was last seen
    record: ModelRecord | None = None  # None: nothing is kept of it
    projector: Path | None = None  # the file beside it with which it looks at pictures


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """Where a loaded model really runs, and why there."""

    name: str  # "CPU", "NVIDIA H200" ...
    layers: int  # in all
    offloaded: int  # of them on the GPU
    reason: str  # readable: why not more of it is on a GPU; empty when all of it is
