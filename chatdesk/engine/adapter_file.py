"""Whether a GGUF file is a LoRA adapter that llama.cpp can put onto a given model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from chatdesk.domain.errors import (
    AdapterInvalid,
    AdapterMissing,
    EngineError,
    ModelInvalid,
    ModelMissing,
    ModelUnreadable,
)
from chatdesk.domain.models import Adapter, AdapterHeader
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import ADAPTER, GgufFile, incomplete, made_for, read_header, read_headers
from chatdesk.engine.gguf_reader import TENSOR_TYPES, Double, TensorInfo

# What converters write; with some of the others llama.cpp ends the process.
_TYPES = ("F32", "F16", "BF16", "Q8_0")
_NAME = re.compile(r"(?P<weight>.+)\.lora_(?P<side>[ab])")
_DIMENSIONS = 4

Shape = tuple[int, ...]
Pairs = Mapping[str, Mapping[str, TensorInfo]]


def check_adapter(path: Path, model: Path) -> AdapterHeader:
    """Return what the adapter at `path` says of itself, once it is clear that it belongs to `model`.

    A model that is not there now, or cannot be read, is not compared. Raises AdapterMissing, and
    AdapterInvalid also for values at which llama.cpp would end the process.
    """
    try:
        file = read_header(path)
    except ModelMissing:
        raise AdapterMissing(path) from None
    except (ModelInvalid, ModelUnreadable) as error:
        raise AdapterInvalid(path, error.reason) from None
    pairs = _pairs(file)
    problem = _wrong_kind(file) or _damaged(file, pairs)
    if not problem:
        with suppress(EngineError):
            problem = _made_for_another(file, pairs, model)
    if problem:
        raise AdapterInvalid(path, problem)
    return AdapterHeader(file.header.name, made_for(file), file.bytes)


def memory_of_adapters(adapters: Iterable[Adapter]) -> int:
    """Return the bytes that those of them take whose files are there."""
    total = 0
    for adapter in adapters:
        with suppress(OSError, ValueError):
            total += adapter.path.stat().st_size
    return total


def _pairs(file: GgufFile) -> Pairs:
    """Return the two tensors, "a" and "b", by the weight that they change."""
    pairs: dict[str, dict[str, TensorInfo]] = {}
    for tensor in file.tensors:
        if match := _NAME.fullmatch(tensor.name):
            pairs.setdefault(match["weight"], {})[match["side"]] = tensor
    return pairs


def _wrong_kind(file: GgufFile) -> str:
    if file.metadata.get("general.type") != ADAPTER:
        return tr("it is a model, not an adapter") if file.header.layers else tr("it is not an adapter")
    if (kind := file.text("adapter.type")) != "lora":
        return tr("it is an adapter of the kind “{kind}”; only LoRA can be used").format(kind=kind)
    if "adapter.alora.invocation_tokens" in file.metadata:
        return tr("it wants to be switched on within an answer, which ChatDesk does not do")
    return ""


def _damaged(file: GgufFile, pairs: Pairs) -> str:
    if not pairs:
        return tr("it changes nothing")
    if problem := incomplete(file):
        return problem
    alpha = file.metadata.get("adapter.lora.alpha", 0.0)
    whole = all(len(pair) == 2 for pair in pairs.values())
    sized = all(size > 0 for pair in pairs.values() for tensor in pair.values() for size in tensor.shape)
    scaled = isinstance(alpha, float) and not isinstance(alpha, Double) and abs(alpha) < float("inf")
    if not whole or not sized or not scaled:
        return tr("its header is damaged")
    types = {tensor.type for pair in pairs.values() for tensor in pair.values()}
    if any(TENSOR_TYPES.get(each, ("",))[0] not in _TYPES for each in types):
        return tr("its numbers have a form that adapters do not have")
    return ""


def _made_for_another(file: GgufFile, pairs: Pairs, model: Path) -> str:
    """Raises ModelMissing, ModelUnreadable, ModelInvalid."""
    base, *others = read_headers(model)
    if base.architecture != file.architecture:
        return tr("it was made for models of the kind “{kind}”, and this one is “{own}”").format(
            kind=file.architecture, own=base.architecture
        )
    shapes = {tensor.name: tensor.shape for part in (base, *others) for tensor in part.tensors}
    for weight, pair in pairs.items():
        if weight not in shapes or not _fits(weight, pair["a"].shape, pair["b"].shape, shapes[weight]):
            name = made_for(file) or tr("another model")
            return tr("it was made for {model} and does not fit this one").format(model=name)
    if "token_embd.weight" in pairs and "output.weight" not in shapes:
        # llama.cpp would take the pair for the output too, where it has the wrong shape.
        return tr("it changes the words of a model that has no output of its own, which llama.cpp cannot do")
    return ""


def _fits(weight: str, a: Shape, b: Shape, whole: Shape) -> bool:
    a, b, whole = _padded(a), _padded(b), _padded(whole)
    if a[0 if weight.endswith("token_embd.weight") else 1] != b[0]:
        return False
    if weight.endswith("token_embd.weight"):  # rows are looked up there, so the two are turned around
        return (b[1], a[1]) == whole[:2] and a[2:] == b[2:] == whole[2:]
    return (a[0], b[1]) == whole[:2] and a[2:] == b[2:] == whole[2:]


def _padded(shape: Shape) -> Shape:
    return (*shape, *(1 for _ in range(_DIMENSIONS - len(shape))))
