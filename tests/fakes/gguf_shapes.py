"""Tiny model files in the shapes of many architectures, to compare estimates with what llama.cpp allocates.

The weights are random; the sizes are such that every part of the memory is large enough to be compared.
"""

import gguf
import numpy as np

from tests.fakes.gguf_models import add_value, add_vocabulary

VOCABULARY = 261
WIDTH, FEED_FORWARD = 256, 640
HEADS, HEAD_WIDTH = 8, 32
KEY_VALUE_HEADS = 2
EXPERTS, EXPERTS_USED, EXPERT_WIDTH = 8, 2, 96
INNER, STATES, CONVOLUTION, GROUPS, TIME_STEPS = 512, 16, 4, 2, 8
LATENT, QUERY_LATENT, ROTATED, UNROTATED = 64, 48, 16, 32


def make_shape(path, architecture, layers=6, context=32_768, split=False, **metadata):
    """Write a model of `architecture`, one of `SHAPES`; `metadata` changes its keys, None takes one away.

    `split` writes two parts and returns the first.
    """
    keys, layer_tensors, kind = SHAPES[architecture]
    writer = gguf.GGUFWriter(path, kind, split_max_tensors=20 if split else 0)
    writer.add_name(architecture)
    common = {
        "block_count": layers,
        "context_length": context,
        "embedding_length": WIDTH,
        "feed_forward_length": FEED_FORWARD,
        "attention.head_count": HEADS,
        "attention.layer_norm_rms_epsilon": 1e-5,
    }
    for key, value in (common | keys(layers) | metadata).items():
        if value is not None:
            add_value(writer, f"{kind}.{key}", value)
    add_vocabulary(writer, "", add_bos=False)
    chance = np.random.default_rng(1)
    for name, shape in _tensors(layers, layer_tensors):
        if (kind, name) == ("gemma2", "output.weight"):
            continue  # its embeddings stand for it
        values = chance.standard_normal(shape) / 16
        wide = len(shape) > 1 and "ssm" not in name and "shexp.weight" not in name
        writer.add_tensor(name, values.astype(np.float16 if wide else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return next(iter(sorted(path.parent.glob(f"{path.stem}-00001-of-*")))) if split else path


def _tensors(layers, layer_tensors):
    yield "token_embd.weight", (VOCABULARY, WIDTH)
    yield "output_norm.weight", (WIDTH,)
    yield "output.weight", (VOCABULARY, WIDTH)
    for layer in range(layers):
        for name, *shape in layer_tensors(layer):
            whole = name.endswith(".bias") or name in ("ssm_a", "ssm_d", "ffn_norm.")
            yield f"blk.{layer}.{name if whole else name + '.weight'}".rstrip("."), tuple(shape)


def _attention(heads=HEADS, key_value_heads=KEY_VALUE_HEADS, length=HEAD_WIDTH, query=1):
    yield "attn_norm", WIDTH
    yield "attn_q", heads * length * query, WIDTH
    yield "attn_k", key_value_heads * length, WIDTH
    yield "attn_v", key_value_heads * length, WIDTH
    yield "attn_output", WIDTH, heads * length


def _norms_of_heads():
    yield "attn_q_norm", HEAD_WIDTH
    yield "attn_k_norm", HEAD_WIDTH


def _dense(width=FEED_FORWARD, norm="ffn_norm"):
    yield norm, WIDTH
    yield "ffn_gate", width, WIDTH
    yield "ffn_up", width, WIDTH
    yield "ffn_down", WIDTH, width


def _experts(norm="ffn_norm"):
    yield norm, WIDTH
    yield "ffn_gate_inp", EXPERTS, WIDTH
    yield "ffn_gate_exps", EXPERTS, EXPERT_WIDTH, WIDTH
    yield "ffn_up_exps", EXPERTS, EXPERT_WIDTH, WIDTH
    yield "ffn_down_exps", EXPERTS, WIDTH, EXPERT_WIDTH


def _shared_expert():
    yield "ffn_gate_shexp", EXPERT_WIDTH, WIDTH
    yield "ffn_up_shexp", EXPERT_WIDTH, WIDTH
    yield "ffn_down_shexp", WIDTH, EXPERT_WIDTH


def _plain(layer):
    yield from _attention(key_value_heads=HEADS)
    yield from _dense()


def _grouped(layer):
    yield from _attention()
    yield from _dense()


def _gemma2(layer):
    yield from _grouped(layer)
    yield "post_attention_norm", WIDTH
    yield "post_ffw_norm", WIDTH


def _gemma3(layer):
    yield from _gemma2(layer)
    yield from _norms_of_heads()


def _gpt_oss(layer):
    yield from _attention()
    yield "attn_output.bias", WIDTH
    yield "attn_sinks", HEADS
    yield from _experts(norm="post_attention_norm")
    yield "ffn_gate_inp.bias", EXPERTS
    yield "ffn_gate_exps.bias", EXPERTS, EXPERT_WIDTH
    yield "ffn_up_exps.bias", EXPERTS, EXPERT_WIDTH
    yield "ffn_down_exps.bias", EXPERTS, WIDTH


def _qwen3moe(layer):
    yield from _attention()
    yield from _norms_of_heads()
    yield from _experts()


def _deepseek2(layer):
    yield "attn_norm", WIDTH
    yield "attn_q_a_norm", QUERY_LATENT
    yield "attn_kv_a_norm", LATENT
    yield "attn_q_a", QUERY_LATENT, WIDTH
    yield "attn_q_b", HEADS * (ROTATED + UNROTATED), QUERY_LATENT
    yield "attn_kv_a_mqa", LATENT + ROTATED, WIDTH
    yield "attn_k_b", HEADS, LATENT, UNROTATED
    yield "attn_v_b", HEADS, HEAD_WIDTH, LATENT
    yield "attn_output", WIDTH, HEADS * HEAD_WIDTH
    if layer == 0:
        yield from _dense()
    else:
        yield from _experts()
        yield from _shared_expert()


def _qwen3next(layer):
    if (layer + 1) % 4 == 0:
        yield from _attention(query=2)
        yield from _norms_of_heads()
    else:
        keys, values = STATES * GROUPS, STATES * TIME_STEPS
        yield "attn_norm", WIDTH
        yield "attn_qkv", 2 * keys + values, WIDTH
        yield "attn_gate", values, WIDTH
        yield "ssm_conv1d", 2 * keys + values, CONVOLUTION
        yield "ssm_dt.bias", TIME_STEPS
        yield "ssm_a", TIME_STEPS
        yield "ssm_ba", 2 * TIME_STEPS, WIDTH
        yield "ssm_norm", STATES
        yield "ssm_out", WIDTH, values
    yield from _experts(norm="post_attention_norm")
    yield from _shared_expert()
    yield "ffn_gate_inp_shexp", WIDTH


def _mamba2():
    channels = INNER + 2 * GROUPS * STATES
    yield "ssm_in", INNER + channels + TIME_STEPS, WIDTH
    yield "ssm_conv1d", channels, CONVOLUTION
    yield "ssm_conv1d.bias", channels
    yield "ssm_dt.bias", TIME_STEPS
    yield "ssm_a", TIME_STEPS, 1
    yield "ssm_d", TIME_STEPS, 1
    yield "ssm_norm", GROUPS, INNER // GROUPS
    yield "ssm_out", WIDTH, INNER


def _mamba():
    yield "ssm_in", 2 * INNER, WIDTH
    yield "ssm_conv1d", INNER, CONVOLUTION
    yield "ssm_conv1d.bias", INNER
    yield "ssm_x", TIME_STEPS + 2 * STATES, INNER
    yield "ssm_dt", INNER, TIME_STEPS
    yield "ssm_dt.bias", INNER
    yield "ssm_a", INNER, STATES
    yield "ssm_d", INNER
    yield "ssm_out", WIDTH, INNER


def _pure_mamba(layer):
    yield "attn_norm", WIDTH
    yield from _mamba()


def _falcon_h1(layer):
    yield from _attention()
    yield from _mamba2()
    yield from _dense(norm="ffn_norm.")


def _granite_hybrid(layer):
    if layer % 3 == 2:
        yield from _attention()
    else:
        yield "attn_norm", WIDTH
        yield from _mamba2()
    yield from _dense()


def _jamba(layer):
    if layer % 3 == 2:
        yield from _attention()
    else:
        yield "attn_norm", WIDTH
        yield from _mamba()
        yield "ssm_dt_norm", TIME_STEPS
        yield "ssm_b_norm", STATES
        yield "ssm_c_norm", STATES
    yield from _dense()


_LENGTHS = {"attention.key_length": HEAD_WIDTH, "attention.value_length": HEAD_WIDTH}
_GROUPED = {"attention.head_count_kv": KEY_VALUE_HEADS, **_LENGTHS}
_EXPERTS = {
    "expert_count": EXPERTS,
    "expert_used_count": EXPERTS_USED,
    "expert_feed_forward_length": EXPERT_WIDTH,
}
_RECURRENT = {
    "ssm.conv_kernel": CONVOLUTION,
    "ssm.inner_size": INNER,
    "ssm.state_size": STATES,
    "ssm.time_step_rank": TIME_STEPS,
}
_RECURRENT_2 = {**_RECURRENT, "ssm.group_count": GROUPS}
_LATENT = {
    "attention.head_count_kv": 1,
    "attention.key_length": LATENT + ROTATED,
    "attention.value_length": LATENT,
    "attention.key_length_mla": ROTATED + UNROTATED,
    "attention.value_length_mla": HEAD_WIDTH,
    "attention.kv_lora_rank": LATENT,
    "attention.q_lora_rank": QUERY_LATENT,
    "rope.dimension_count": ROTATED,
    "leading_dense_block_count": 1,
    "expert_shared_count": 1,
}


def _every_third(layers):
    heads = [KEY_VALUE_HEADS if layer % 3 == 2 else 0 for layer in range(layers)]
    return {"attention.head_count_kv": heads, **_LENGTHS}


# name: (keys of the architecture for so many layers, tensors of a layer, llama.cpp's name of it)
SHAPES = {
    "plain": (lambda layers: {}, _plain, "llama"),
    "grouped": (lambda layers: _GROUPED, _grouped, "llama"),
    "gemma2": (lambda layers: _GROUPED | {"attention.sliding_window": 1024}, _gemma2, "gemma2"),
    "gemma3": (lambda layers: _GROUPED | {"attention.sliding_window": 512}, _gemma3, "gemma3"),
    "gemma3 with a pattern": (
        lambda layers: (
            _GROUPED
            | {
                "attention.sliding_window": 700,
                "attention.sliding_window_pattern": [layer % 3 != 0 for layer in range(layers)],
            }
        ),
        _gemma3,
        "gemma3",
    ),
    "gpt-oss": (lambda layers: _GROUPED | _EXPERTS | {"attention.sliding_window": 128}, _gpt_oss, "gpt-oss"),
    "qwen3moe": (lambda layers: _GROUPED | _EXPERTS, _qwen3moe, "qwen3moe"),
    "deepseek2": (lambda layers: _LATENT | _EXPERTS, _deepseek2, "deepseek2"),
    "qwen3next": (
        lambda layers: (
            _GROUPED
            | _EXPERTS
            | _RECURRENT_2
            | {"ssm.inner_size": STATES * TIME_STEPS, "expert_shared_feed_forward_length": EXPERT_WIDTH}
        ),
        _qwen3next,
        "qwen3next",
    ),
    "falcon-h1": (lambda layers: _GROUPED | _RECURRENT_2, _falcon_h1, "falcon-h1"),
    "granitehybrid": (lambda layers: _every_third(layers) | _RECURRENT_2, _granite_hybrid, "granitehybrid"),
    "jamba": (lambda layers: _every_third(layers) | _RECURRENT, _jamba, "jamba"),
    "mamba": (lambda layers: {"attention.head_count": 0} | _RECURRENT, _pure_mamba, "mamba"),
}
