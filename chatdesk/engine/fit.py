"""Estimate the memory that a model takes, and how many of its layers fit on a GPU."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.models import GPU_RESERVE, ModelShape
from chatdesk.engine.gguf import GgufFile
from chatdesk.engine.gguf_reader import GgufKeys
from chatdesk.engine.layer_cache import layer_caches, window_tokens
from chatdesk.engine.shape import shape_of

_BLOCK = re.compile(r"^blk\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes by what they are for."""

    weights: int
    kv: int  # what is kept of the context
    buffers: int  # intermediate results, and the library itself

    @property
    def total(self) -> int:
        return self.weights + self.kv + self.buffers


def estimate(file: GgufFile, context_tokens: int) -> Memory:
    """Return what running the model with such a context takes; weights are all parts of the model."""
    shape = shape_of(file)
    return Memory(file.weights, shape.kv(context_tokens), shape.working(context_tokens))


def layers_that_fit(file: GgufFile, context_tokens: int, free_bytes: Sequence[int]) -> int:
    """Return llama.cpp's n_gpu_layers for GPUs that have so much free each: 0 to layers + 1.

    llama.cpp takes the output first, then the layers from the last to the first (llama_model::load_tensors),
    each with its part of the cache; the last unit stands for the output. On each GPU 512 MiB stay free, and
    each has buffers of its own.
    """
    taken = GPU_RESERVE + shape_of(file).working(context_tokens)
    room = sum(max(0, free - taken) for free in free_bytes)
    fitting = 0
    for size in _units(file, context_tokens):
        room -= size
        if room < 0:
            break
        fitting += 1
    return fitting


def cache_by_layer(file: GgufKeys, context_tokens: int) -> list[int]:
    """Return the bytes that each layer keeps of such a context."""
    window = window_tokens(file)
    return [
        ModelShape(
            context_tokens=0,
            per_token=0 if cache.windowed else cache.per_token,
            per_window_token=cache.per_token if cache.windowed else 0,
            window=window,
            state=cache.state,
            buffers=0,
            active=1.0,
        ).kv(context_tokens)
        for cache in layer_caches(file)
    ]


def _units(file: GgufFile, context_tokens: int) -> list[int]:
    """Return the sizes of what goes to a GPU as a whole: the output, then the layers from the last on."""
    caches = cache_by_layer(file, context_tokens)
    parts = file.metadata.get("split.count", 1)
    if isinstance(parts, int) and parts > 1:
        # The header of the first part tells of no tensors but its own.
        each = file.weights // (len(caches) + 1)
        return [each, *(each + cache for cache in reversed(caches))]
    weights = _weights_by_layer(file)
    layers = [weights.get(layer, 0) + cache for layer, cache in enumerate(caches)]
    return [_output_bytes(file), *reversed(layers)]


def _weights_by_layer(file: GgufFile) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for tensor in file.tensors:
        if match := _BLOCK.match(tensor.name):
            sizes[int(match[1])] = sizes.get(int(match[1]), 0) + tensor.bytes
    return sizes


def _output_bytes(file: GgufFile) -> int:
    """Return the size of the output; tied embeddings, which stand for it, are then held a second time."""
    sizes = {tensor.name: tensor.bytes for tensor in file.tensors if not tensor.name.startswith("blk.")}
    return sizes.get("output.weight", sizes.get("token_embd.weight", 0)) + sizes.get("output_norm.weight", 0)
