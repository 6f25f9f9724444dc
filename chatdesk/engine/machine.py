"""What memory this computer has, and whether llama.cpp was built for its graphics cards; loads no library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import PathFinder
from pathlib import Path

import psutil

from chatdesk.domain.models import Gpu, Machine

_LIBRARIES_FOR_GPUS = ("ggml-cuda", "ggml-vulkan", "ggml-metal", "ggml-hip", "ggml-sycl")


def machine_now(gpus: Sequence[Gpu]) -> Machine:
    """Return what this computer has; the graphics unit of a Mac shares the main memory."""
    main = psutil.virtual_memory()
    return Machine(main.available, main.total, tuple(gpus), shared=sys.platform == "darwin")


def made_for_gpus() -> bool:
    """Whether this build of llama.cpp can use graphics cards, be there one or not."""
    # Not importlib.util: the model's process has a stub in sys.modules.
    found = PathFinder.find_spec("llama_cpp")
    if found is None or found.origin is None:
        return False
    return is_for_gpus(path.name for path in (Path(found.origin).parent / "lib").iterdir())


def is_for_gpus(library_names: Iterable[str]) -> bool:
    """Whether a build with these libraries can; llama.cpp itself only says whether a card is there now."""
    return any(library in name for name in library_names for library in _LIBRARIES_FOR_GPUS)
