"""What a model is to the application: a file on this computer and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.domain.library import ModelRecord


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A GGUF file on this computer."""

    path: Path


ModelRef = LocalModel


@dataclass(frozen=True, slots=True)
class ModelLoad:
    """Which model to run and how; two equal values can share one loaded model."""

    model: ModelRef
    context_tokens: int = 0  # 0: as many as the model was trained for, at most 8,192
    gpu_layers: int = -1  # -1: as many as fit, 0: none
    threads: int = 0  # 0: chosen for this machine


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


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """Where a loaded model really runs, and why there."""

    name: str  # "CPU", "NVIDIA H200" ...
    layers: int  # in all
    offloaded: int  # of them on the GPU
    reason: str  # readable: why not more of it is on a GPU; empty when all of it is
