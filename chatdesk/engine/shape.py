"""What decides how much memory a model takes, from what its file says before the vocabulary."""

from __future__ import annotations

from chatdesk.domain.models import BATCH_TOKENS, ModelShape
from chatdesk.engine.gguf_reader import GgufKeys, LongArray
from chatdesk.engine.layer_cache import layer_caches, window_tokens

RUNTIME_BYTES = 64 << 20  # vocabulary, graph and allocations of llama.cpp itself
_OUTPUTS = 16  # n_outputs_max: tokens whose logits are kept
_F32 = 4


def shape_of(file: GgufKeys) -> ModelShape:
    """Return what decides how much memory a model takes beside its weights."""
    caches = layer_caches(file)
    return ModelShape(
        context_tokens=file.number("context_length"),
        per_token=sum(cache.per_token for cache in caches if not cache.windowed),
        per_window_token=sum(cache.per_token for cache in caches if cache.windowed),
        window=window_tokens(file) if any(cache.windowed for cache in caches) else 0,
        state=sum(cache.state for cache in caches),
        buffers=_activations(file) + RUNTIME_BYTES,
        active=_active(file),
    )


def _activations(file: GgufKeys) -> int:
    """Return the intermediate results of one batch, in f32, and the logits of 16 tokens.

    512 tokens x (4 x width + the widest of these: 3 x feed-forward width; for each expert in use 3 x its
    width, and the model's where its results find no room in what its inputs leave; 5 x the channels of a
    recurrent layer). The factors were found by comparing with the compute buffers that llama.cpp reports for
    thirteen shapes, see tests/engine/test_fit_against_llama.py.
    """
    width, dense = file.number("embedding_length"), file.number("feed_forward_length")
    expert = file.number("expert_feed_forward_length") or dense
    used = file.number("expert_used_count")
    mixed = file.number("leading_dense_block_count") or file.number("interleave_moe_layer_step") > 1
    inner, states = file.number("ssm.inner_size"), file.number("ssm.state_size")
    widest = max(
        3 * dense if not used or mixed else 0,
        used * (3 * expert + (width if 2 * expert < width else 0)),
        5 * (inner + 2 * file.number("ssm.group_count") * states),
    )
    return (BATCH_TOKENS * (4 * width + widest) + _OUTPUTS * _vocabulary(file)) * _F32


def _vocabulary(file: GgufKeys) -> int:
    tokens = file.metadata.get("tokenizer.ggml.tokens")
    if isinstance(tokens, LongArray):
        return tokens.length
    return len(tokens) if isinstance(tokens, tuple) else file.number("vocab_size")


def _active(file: GgufKeys) -> float:
    """Return the share of the weights that are read for each token, from counts of the large matrices."""
    layers, width = file.number("block_count"), file.number("embedding_length")
    count, used = file.number("expert_count"), file.number("expert_used_count")
    expert = 3 * width * (file.number("expert_feed_forward_length") or file.number("feed_forward_length"))
    always = 2 * _vocabulary(file) * width + layers * 4 * width * width
    experts = layers * count * expert
    if not 0 < used < count or not experts:
        return 1.0
    return (always + experts * used / count) / (always + experts)
