"""Estimate the memory that a model takes, and how many of its layers fit on a GPU."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.engine.gguf import GgufFile

GPU_RESERVE = 512 << 20  # bytes left free for the screen and other programs
RUNTIME_BYTES = 64 << 20  # vocabulary, graph and allocations of llama.cpp itself
_BATCH_TOKENS = 512  # n_ubatch: tokens read at once
_OUTPUTS = 8  # n_outputs_max: tokens whose logits are kept
_KV_BYTES = 2  # an element of the cache is an f16
_F32 = 4
_BLOCK = re.compile(r"^blk\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes by what they are for."""

    weights: int
    kv: int  # keys and values of the context
    buffers: int  # intermediate results, and the library itself

    @property
    def total(self) -> int:
        return self.weights + self.kv + self.buffers


def estimate(file: GgufFile, context_tokens: int) -> Memory:
    """Return what running the model with such a context takes.

    Weights are the tensors' data. The cache is the sum of `kv_by_layer`. Buffers are the activations of one
    batch in f32: 512 tokens x (4 x embedding + 3 x feed-forward width), the logits of 8 tokens, and the
    attention mask; compared with the compute buffers that llama.cpp reports with n_outputs_max 8: 37 MB
    against 40 for the shape of Qwen2.5-0.5B, 67 against 68 for Llama-3.2-1B.
    """
    weights = sum(tensor.bytes for tensor in file.tensors)
    return Memory(weights, sum(kv_by_layer(file, context_tokens)), _buffers(file, context_tokens))


def kv_by_layer(file: GgufFile, context_tokens: int) -> list[int]:
    """Return the bytes of each layer's cache: tokens x key-value heads x (key length + value length) x 2.

    Head counts may differ from layer to layer (an array in the file; 0 for layers without attention). Where
    the lengths are not stated they are the width divided by the heads, as in llama.cpp
    (llama_model::load_hparams). Layers that attend to a sliding window only are counted as if they kept
    everything: rather too much.
    """
    layers = file.number("block_count")
    heads = file.numbers("attention.head_count")
    kv_heads = file.numbers("attention.head_count_kv") or heads
    length = file.number("embedding_length") // max(1, *heads, 1)
    key = file.number("attention.key_length") or length
    value = file.number("attention.value_length") or length
    return [
        context_tokens * _of_layer(kv_heads, layer) * (key + value) * _KV_BYTES for layer in range(layers)
    ]


def fits_in_memory(file: GgufFile, context_tokens: int, free_bytes: int) -> bool:
    """Whether the whole model fits into so much free memory."""
    return estimate(file, context_tokens).total <= free_bytes


def layers_that_fit(file: GgufFile, context_tokens: int, free_bytes: Sequence[int]) -> int:
    """Return llama.cpp's n_gpu_layers for GPUs that have so much free each: 0 to layers + 1.

    llama.cpp takes the output first, then the layers from the last to the first (llama_model::load_tensors),
    each with its part of the cache; the last unit stands for the output. On each GPU 512 MiB stay free, and
    each has buffers of its own.
    """
    taken = GPU_RESERVE + _buffers(file, context_tokens)
    room = sum(max(0, free - taken) for free in free_bytes)
    sizes = [_output_bytes(file)]
    weights = _weights_by_layer(file)
    caches = kv_by_layer(file, context_tokens)
    sizes += [weights.get(layer, 0) + cache for layer, cache in reversed(list(enumerate(caches)))]
    fitting = 0
    for size in sizes:
        room -= size
        if room < 0:
            break
        fitting += 1
    return fitting


def _of_layer(values: tuple[int, ...], layer: int) -> int:
    return values[min(layer, len(values) - 1)] if values else 0


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


def _buffers(file: GgufFile, context_tokens: int) -> int:
    width = 4 * file.number("embedding_length") + 3 * file.number("feed_forward_length")
    embedding = next((tensor for tensor in file.tensors if tensor.name == "token_embd.weight"), None)
    vocabulary = embedding.shape[-1] if embedding and embedding.shape else file.number("vocab_size")
    floats = _BATCH_TOKENS * (width + context_tokens) + _OUTPUTS * vocabulary
    return floats * _F32 + RUNTIME_BYTES
