"""The one door to llama.cpp: imports the bindings lightly, joins its log to ours, lists the devices."""

from __future__ import annotations

import ctypes
import importlib.util
import logging
import os
import sys
import types
from collections import deque
from functools import cache
from pathlib import Path
from typing import Any

from chatdesk.domain.errors import EngineUnusable
from chatdesk.domain.models import Gpu

_log = logging.getLogger("llama.cpp")
_SEVERITY = {2: logging.DEBUG, 3: logging.INFO, 4: logging.WARNING}  # ggml_log_level: info, warn, error
_ERROR = 4
_GPU, _INTEGRATED_GPU = 1, 2  # ggml_backend_dev_type

complaints: deque[str] = deque(maxlen=20)
"""The last error messages of llama.cpp, oldest first."""

allocations: deque[str] = deque(maxlen=200)
"""The last lines in which llama.cpp told of its buffers, oldest first."""


def _import_lightly() -> Any:  # noqa: ANN401  a module of functions that ctypes types at run time
    """Import `llama_cpp.llama_cpp` without the package's `__init__`.

    That would import jinja2, diskcache and a server: 200 ms and 20 MB that this process has no use for.
    Raises EngineUnusable.
    """
    if "llama_cpp" not in sys.modules:
        found = importlib.util.find_spec("llama_cpp")
        if found is None or found.origin is None:
            raise ImportError("llama_cpp")
        package = types.ModuleType("llama_cpp")
        package.__path__ = [str(Path(found.origin).parent)]
        sys.modules["llama_cpp"] = package
    try:
        return importlib.import_module("llama_cpp.llama_cpp")
    except (OSError, RuntimeError) as error:  # a library that it needs, such as that of a driver, is missing
        raise EngineUnusable(str(error)) from error


os.environ.setdefault("GGML_NO_BACKTRACE", "1")
native: Any = _import_lightly()
"""The functions and structures of llama.h, by their own names."""


@native.llama_log_callback  # type: ignore[untyped-decorator]
def hear_log(severity: int, text: bytes | None, _: object) -> None:
    line = (text or b"").decode("utf-8", "replace").strip()
    if severity == _ERROR:
        complaints.append(line)
    if "buffer size" in line:
        allocations.append(line)
    if line and severity in _SEVERITY:
        _log.log(_SEVERITY[severity], "%s", line)


native.llama_log_set(hear_log, None)
native.llama_backend_init()


def _function_of_addresses(name: str) -> Any:  # noqa: ANN401
    """Return a function of a context and a position whose pointer comes as a plain number, 0 for NULL."""
    function = native._lib[name]
    function.argtypes = [ctypes.c_void_p, ctypes.c_int32]
    function.restype = ctypes.c_size_t
    return function


logits_address = _function_of_addresses("llama_get_logits_ith")


def stop_when_not_empty() -> Any:  # noqa: ANN401  a ctypes function pointer
    """Return a native abort callback for `AbortFlag.address`: the C library's `strlen`."""
    library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(library.strlen, native.ggml_abort_callback)


def gpus() -> list[Gpu]:
    """Return the graphics cards that llama.cpp uses here: an integrated one only where there is no other."""
    if not native.llama_supports_gpu_offload():
        return []
    ggml = _ggml()
    devices = [ggml.ggml_backend_dev_get(place) for place in range(ggml.ggml_backend_dev_count())]
    for kind in (_GPU, _INTEGRATED_GPU):
        found = [device for device in devices if ggml.ggml_backend_dev_type(device) == kind]
        if found:
            return [_described(ggml, device) for device in found]
    return []


def _described(ggml: Any, device: int) -> Gpu:  # noqa: ANN401
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    ggml.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
    name = ggml.ggml_backend_dev_description(device) or b"GPU"
    return Gpu(name.decode("utf-8", "replace"), free.value, total.value)


@cache
def _ggml() -> Any:  # noqa: ANN401
    """Return the functions of ggml-backend.h that are used here; the bindings do not declare them."""
    opaque, size = ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t)
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "ggml_backend_dev_count": (ctypes.c_size_t, []),
        "ggml_backend_dev_get": (opaque, [ctypes.c_size_t]),
        "ggml_backend_dev_type": (ctypes.c_int, [opaque]),
        "ggml_backend_dev_description": (ctypes.c_char_p, [opaque]),
        "ggml_backend_dev_memory": (None, [opaque, size, size]),
    }
    load = importlib.import_module("llama_cpp._ctypes_extensions").load_shared_library
    folder = Path(native._base_path)
    libraries = [load(name, folder) for name in ("ggml", "ggml-base")]
    functions = types.SimpleNamespace()
    for name, (result, arguments) in signatures.items():
        function = getattr(next(library for library in libraries if hasattr(library, name)), name)
        function.restype, function.argtypes = result, arguments
        setattr(functions, name, function)
    return functions
