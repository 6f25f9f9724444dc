"""Tiny projectors with random weights: the part that lets a model look at pictures."""

import gguf
import numpy as np

from tests.fakes.gguf_models import add_value

SIZE, PATCH = 56, 14  # pixels: a picture of this size has 4 x 4 patches
INNER, FEED_FORWARD, HEADS = 32, 64, 2
MERGED = 4  # patches that the kind "qwen2vl_merger" makes one token of


def make(path, width=64, kind="mlp", layers=2, seed=1, **changes):
    """Write a projector for models that are `width` wide.

    The kind "mlp" (of LLaVA) sees every picture as 16 tokens; "qwen2vl_merger" sees larger ones as more, in
    rows and columns. `changes` override keys, None leaves one out.
    """
    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, "clip")
    values = {
        "general.type": "mmproj",
        "general.name": "tiny-projector",
        "clip.has_vision_encoder": True,
        "clip.projector_type": kind,
        "clip.use_gelu": True,
        "clip.vision.image_size": SIZE,
        "clip.vision.patch_size": PATCH,
        "clip.vision.embedding_length": INNER,
        "clip.vision.feed_forward_length": FEED_FORWARD,
        "clip.vision.projection_dim": width,
        "clip.vision.block_count": layers,
        "clip.vision.attention.head_count": HEADS,
        "clip.vision.attention.layer_norm_epsilon": 1e-5,
        "clip.vision.image_mean": [0.5, 0.5, 0.5],
        "clip.vision.image_std": [0.5, 0.5, 0.5],
    }
    for key, value in (values | changes).items():
        if isinstance(value, str):
            writer.add_string(key, value)
        elif value is not None:
            add_value(writer, key, value)

    def weights(name, *shape):
        values = rng.standard_normal(shape) / shape[-1] ** 0.5
        writer.add_tensor(name, values.astype(np.float32))

    def norm(name):
        writer.add_tensor(f"{name}.weight", np.ones(INNER, np.float32))
        writer.add_tensor(f"{name}.bias", np.zeros(INNER, np.float32))

    def linear(name, out, into):
        weights(f"{name}.weight", out, into)
        writer.add_tensor(f"{name}.bias", np.zeros(out, np.float32))

    weights("v.patch_embd.weight", INNER, 3, PATCH, PATCH)
    if kind == "mlp":
        weights("v.position_embd.weight", (SIZE // PATCH) ** 2, INNER)
        norm("v.pre_ln")
        linear("mm.0", width, INNER)
        linear("mm.2", width, width)
    else:
        weights("v.patch_embd.weight.1", INNER, 3, PATCH, PATCH)
        norm("v.post_ln")
        linear("mm.0", MERGED * INNER, MERGED * INNER)
        linear("mm.2", width, MERGED * INNER)
    for layer in range(layers):
        begin = f"v.blk.{layer}."
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            linear(begin + part, INNER, INNER)
        linear(begin + "ffn_up", FEED_FORWARD, INNER)
        linear(begin + "ffn_down", INNER, FEED_FORWARD)
        norm(begin + "ln1")
        norm(begin + "ln2")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
