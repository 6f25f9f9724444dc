"""What each layer of a model keeps of what was read, as llama.cpp allocates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatdesk.engine.gguf_reader import GgufKeys

_F16, _F32 = 2, 4  # bytes: of an element of keys and values, and of a state
# (every so many layers one keeps everything, and whether that is the first of them) where the file does not
# say; llama.cpp has these in the load_arch_hparams of each architecture.
_WINDOWED: Mapping[str, tuple[int, bool]] = {
    "afmoe": (4, False), "cohere2": (4, False), "cohere2moe": (4, True), "exaone4": (4, False),
    "exaone-moe": (4, False), "gemma2": (2, False), "gemma3": (6, False), "gemma3n": (5, False),
    "gpt-oss": (2, False), "laguna": (4, True), "llama4": (4, False), "mellum": (4, False),
    "muse-glimmer": (4, False), "olmo2": (4, False), "plamo3": (8, False), "smallthinker": (4, True),
}  # fmt: skip
_WINDOWS: Mapping[str, int] = {"gemma2": 4096, "llama4": 8192}  # where the file does not say
_WITHOUT_WINDOW = ("phi3",)  # it has the key, but llama.cpp does not use it
_RECURRENT = ("mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7")
_ALTERNATING = ("qwen3next", "qwen35", "qwen35moe", "qwen4exp", "minimax-01")  # attention in every fourth
_BOTH = ("falcon-h1",)  # attention and a state in each layer
_SHARED_AFTER: Mapping[str, int] = {"gemma3n": 20}  # later layers look at the cache of earlier ones


@dataclass(frozen=True, slots=True)
class LayerCache:
    """Bytes that one layer keeps: for each token, or for each token within a window, and whatever is read."""

    per_token: int
    windowed: bool
    state: int


def window_tokens(file: GgufKeys) -> int:
    """Return how many tokens back the layers with a sliding window see; 0 without such layers."""
    architecture = file.architecture
    if architecture in _WITHOUT_WINDOW or (architecture == "exaone4" and file.number("block_count") != 64):
        return 0
    if architecture not in (*_WINDOWED, "lfm2") and not file.numbers("attention.sliding_window_pattern"):
        return 0
    usual = _WINDOWS.get(architecture, 0)
    stated = file.numbers("attention.sliding_window")
    if architecture == "llama4":  # what it states only says whether there is one
        return usual if not stated or stated[0] else 0
    return stated[0] if stated else usual


def layer_caches(file: GgufKeys) -> list[LayerCache]:
    """Return what each layer keeps, the first layer first.

    Keys and values are f16, states f32. A layer with attention keeps key-value heads x (key length + value
    length) for each token; with latent attention (MLA) the latent alone, which stands in the file as the key.
    A recurrent layer keeps its last inputs and its state. Sources: llama_model::load_hparams and
    create_memory, llama_kv_cache, llama_hparams::n_embd_r and n_embd_s.
    """
    layers = file.number("block_count")
    read = layers - file.number("nextn_predict_layers")  # the others predict further tokens, and are left out
    shared = file.number("attention.shared_kv_layers")
    own = min(read, _SHARED_AFTER.get(file.architecture, layers - shared))
    window = window_tokens(file)
    caches = []
    for layer in range(layers):
        recurrent = layer < read and _is_recurrent(file, layer)
        windowed = bool(window) and _is_windowed(file, layer)
        attends = layer < own and (not recurrent or file.architecture in _BOTH)
        per_token = _per_token(file, layer, windowed) if attends else 0
        caches.append(LayerCache(per_token, windowed, _state(file) if recurrent else 0))
    return caches


def _per_token(file: GgufKeys, layer: int, windowed: bool) -> int:
    heads = file.numbers("attention.head_count")
    kv_heads = file.numbers("attention.head_count_kv") or heads
    usual = file.number("embedding_length") // max(1, *heads, 1)
    key = file.number("attention.key_length") or usual
    value = file.number("attention.value_length") or usual
    if windowed:
        key = file.number("attention.key_length_swa") or key
        value = file.number("attention.value_length_swa") or value
    if file.number("attention.key_length_mla"):
        value = 0
    return _of_layer(kv_heads, layer) * (key + value) * _F16


def _is_windowed(file: GgufKeys, layer: int) -> bool:
    pattern = file.numbers("attention.sliding_window_pattern")
    if len(pattern) > 1:
        return bool(_of_layer(pattern, layer))
    if file.architecture == "lfm2":
        return True
    period, first = _WINDOWED.get(file.architecture, (1, False))
    period = pattern[0] if pattern else period
    return period == 0 or layer % period != (0 if first else period - 1)


def _is_recurrent(file: GgufKeys, layer: int) -> bool:
    if file.architecture in (*_RECURRENT, *_BOTH):
        return True
    if file.architecture in _ALTERNATING:
        if stated := file.numbers("attention.recurrent_layers"):
            return bool(_of_layer(stated, layer))
        return (layer + 1) % (file.number("full_attention_interval") or 4) != 0
    if not _state(file):
        return False
    only_mixes = file.architecture.startswith("nemotron_h") and bool(
        _of_layer(file.numbers("feed_forward_length"), layer)
    )
    return _of_layer(file.numbers("attention.head_count_kv"), layer) == 0 and not only_mixes


def _state(file: GgufKeys) -> int:
    """Return the bytes of a recurrent layer; 0 where the file has no such layers."""
    width, heads = file.number("embedding_length"), file.number("attention.head_count")
    if head := file.number("wkv.head_size"):
        return ((file.number("token_shift_count") or 2) * width + width * head) * _F32
    if kept := file.number("shortconv.l_cache"):
        return width * (kept - 1) * _F32
    convolution = max(0, file.number("ssm.conv_kernel") - 1)
    if head := file.number("kda.head_dim"):
        return (3 * (convolution or 3) * heads * head + head * head * heads) * _F32
    inner, states = file.number("ssm.inner_size"), file.number("ssm.state_size")
    channels = inner + 2 * file.number("ssm.group_count") * states
    return (convolution * channels + states * inner) * _F32


def _of_layer(values: tuple[int, ...], layer: int) -> int:
    return values[min(layer, len(values) - 1)] if values else 0
