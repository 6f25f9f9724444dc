"""Tiny model files with random weights, one for each way in which models remember what they have read."""

import gguf
import numpy as np

END = 256  # the token that ends an answer
WIDTH = 64
HEADS, KEY_VALUE_HEADS, HEAD_WIDTH = 4, 2, 16
FEED_FORWARD = 96
INNER, STATES, CONVOLUTION, TIME_STEP_RANK = 128, 8, 4, 4
SPECIAL = ("<|end|>", "<|user|>", "<|assistant|>", "<think>", "</think>")
TEMPLATE = (
    "{% for message in messages %}{{ '<|' + message.role + '|>' + message.content + '<|end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)


def make(
    path,
    architecture="llama",
    layers=2,
    context=4096,
    seed=1,
    template=TEMPLATE,
    add_bos=False,
    scale=1.0,
    **metadata,
):
    """Write a model of `architecture`: "llama", "gemma2" (sliding window of 32), "mamba" (recurrent), "lfm2"
    (hybrid) or "qwen2vl" (positions with rows and columns).

    `metadata` overrides keys of the architecture, such as `block_count`.
    """
    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(f"tiny-{architecture}")
    add_vocabulary(writer, template, add_bos)
    keys = _KEYS[architecture](layers) | {
        "block_count": layers,
        "context_length": context,
        "embedding_length": WIDTH,
        "feed_forward_length": FEED_FORWARD,
        "attention.layer_norm_rms_epsilon": 1e-5,
    }
    for key, value in (keys | metadata).items():
        add_value(writer, f"{architecture}.{key}", value)

    def weights(name, *shape):
        writer.add_tensor(name, (rng.standard_normal(shape) * scale / shape[-1] ** 0.5).astype(np.float32))

    def ones(name, *shape):
        writer.add_tensor(name, np.ones(shape, np.float32))

    weights("token_embd.weight", 256 + len(SPECIAL), WIDTH)
    for layer in range(layers):
        _LAYERS[architecture](f"blk.{layer}.", layer, weights, ones, writer)
    ones("token_embd_norm.weight" if architecture == "lfm2" else "output_norm.weight", WIDTH)
    if architecture != "gemma2":
        weights("output.weight", 256 + len(SPECIAL), WIDTH)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def add_value(writer, key, value):
    if isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    else:
        writer.add_array(key, value)


def add_vocabulary(writer, template, add_bos):
    normal, control = gguf.TokenType.NORMAL, gguf.TokenType.CONTROL
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([*_byte_letters(), *SPECIAL])
    writer.add_token_types([normal] * 256 + [control] * len(SPECIAL))
    writer.add_token_merges(["a b"])
    writer.add_eos_token_id(END)
    writer.add_bos_token_id(END)
    writer.add_add_bos_token(add_bos)
    if template:
        writer.add_chat_template(template)


def _byte_letters():
    """The letters by which byte-level vocabularies write the 256 bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    letters = {byte: chr(byte) for byte in plain}
    letters |= {byte: chr(256 + place) for place, byte in enumerate(others)}
    return [letters[byte] for byte in range(256)]


def _attention(prefix, weights):
    weights(prefix + "attn_q.weight", HEADS * HEAD_WIDTH, WIDTH)
    weights(prefix + "attn_k.weight", KEY_VALUE_HEADS * HEAD_WIDTH, WIDTH)
    weights(prefix + "attn_v.weight", KEY_VALUE_HEADS * HEAD_WIDTH, WIDTH)
    weights(prefix + "attn_output.weight", WIDTH, HEADS * HEAD_WIDTH)


def _feed_forward(prefix, weights):
    weights(prefix + "ffn_gate.weight", FEED_FORWARD, WIDTH)
    weights(prefix + "ffn_up.weight", FEED_FORWARD, WIDTH)
    weights(prefix + "ffn_down.weight", WIDTH, FEED_FORWARD)


def _llama(prefix, layer, weights, ones, writer):
    ones(prefix + "attn_norm.weight", WIDTH)
    _attention(prefix, weights)
    ones(prefix + "ffn_norm.weight", WIDTH)
    _feed_forward(prefix, weights)


def _gemma2(prefix, layer, weights, ones, writer):
    _llama(prefix, layer, weights, ones, writer)
    ones(prefix + "post_attention_norm.weight", WIDTH)
    ones(prefix + "post_ffw_norm.weight", WIDTH)


def _mamba(prefix, layer, weights, ones, writer):
    ones(prefix + "attn_norm.weight", WIDTH)
    weights(prefix + "ssm_in.weight", 2 * INNER, WIDTH)
    weights(prefix + "ssm_conv1d.weight", INNER, CONVOLUTION)
    ones(prefix + "ssm_conv1d.bias", INNER)
    weights(prefix + "ssm_x.weight", TIME_STEP_RANK + 2 * STATES, INNER)
    weights(prefix + "ssm_dt.weight", INNER, TIME_STEP_RANK)
    writer.add_tensor(prefix + "ssm_dt.bias", np.full(INNER, -4, np.float32))
    writer.add_tensor(prefix + "ssm_a", -np.ones((INNER, STATES), np.float32))
    ones(prefix + "ssm_d", INNER)
    weights(prefix + "ssm_out.weight", WIDTH, INNER)


def _lfm2(prefix, layer, weights, ones, writer):
    ones(prefix + "attn_norm.weight", WIDTH)
    if layer % 2:
        _attention(prefix, weights)
        ones(prefix + "attn_q_norm.weight", HEAD_WIDTH)
        ones(prefix + "attn_k_norm.weight", HEAD_WIDTH)
    else:
        weights(prefix + "shortconv.conv.weight", WIDTH, 3)
        weights(prefix + "shortconv.in_proj.weight", 3 * WIDTH, WIDTH)
        weights(prefix + "shortconv.out_proj.weight", WIDTH, WIDTH)
    ones(prefix + "ffn_norm.weight", WIDTH)
    _feed_forward(prefix, weights)


def _qwen2vl(prefix, layer, weights, ones, writer):
    _llama(prefix, layer, weights, ones, writer)
    for part, heads in (("attn_q", HEADS), ("attn_k", KEY_VALUE_HEADS), ("attn_v", KEY_VALUE_HEADS)):
        writer.add_tensor(f"{prefix}{part}.bias", np.zeros(heads * HEAD_WIDTH, np.float32))


_HEADS = {"attention.head_count": HEADS, "attention.head_count_kv": KEY_VALUE_HEADS}
_KEYS = {
    "llama": lambda layers: _HEADS,
    "gemma2": lambda layers: (
        _HEADS
        | {
            "attention.sliding_window": 32,
            "attention.key_length": HEAD_WIDTH,
            "attention.value_length": HEAD_WIDTH,
            "attn_logit_softcapping": 50.0,
            "final_logit_softcapping": 30.0,
        }
    ),
    "mamba": lambda layers: {
        "ssm.conv_kernel": CONVOLUTION,
        "ssm.inner_size": INNER,
        "ssm.state_size": STATES,
        "ssm.time_step_rank": TIME_STEP_RANK,
        "attention.head_count": 0,
    },
    "lfm2": lambda layers: {
        "attention.head_count": HEADS,
        "attention.head_count_kv": [KEY_VALUE_HEADS * (layer % 2) for layer in range(layers)],
        "shortconv.l_cache": 3,
    },
    "qwen2vl": lambda layers: _HEADS | {"rope.dimension_sections": [2, 3, 3, 0]},
}
_LAYERS = {"llama": _llama, "gemma2": _gemma2, "mamba": _mamba, "lfm2": _lfm2, "qwen2vl": _qwen2vl}
