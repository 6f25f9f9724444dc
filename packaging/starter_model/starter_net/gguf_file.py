"""Writes the starter model's weights, vocabulary and chat template as a GGUF file, and reads one back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray
from starter_net.chatml import END, PAD, SPECIAL, START, TEMPLATE
from starter_net.shape import Shape

NAME = "ChatDesk Starter"
DESCRIPTION = (
    "Tiny demonstration model that comes with ChatDesk. Trained from scratch on generated text only. It "
    "explains ChatDesk, summarises short texts and translates simple sentences (en, de, fr, es); it knows "
    "nothing else."
)
Weights = Mapping[str, NDArray[Any]]
"""By the names of the decoder's state: "embed", "norm", "blocks.0.q" and so on."""

_TENSOR_NAMES = {
    "embed": "token_embd",
    "norm": "output_norm",
    "attn_norm": "attn_norm",
    "q": "attn_q",
    "k": "attn_k",
    "v": "attn_v",
    "o": "attn_output",
    "ffn_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}
_ROTATED = (".q", ".k")
"""Matrices whose rows have an order of their own in GGUF."""


@dataclass(frozen=True)
class Vocabulary:
    """The tokens of a byte-level BPE in the order of their ids, and its merges: two tokens and a space."""

    tokens: list[str]
    merges: list[str]


def read_vocabulary(path: Path) -> Vocabulary:
    """Read the tokenizer.json that the library `tokenizers` writes.

    Raises OSError when it cannot be read, ValueError or KeyError when it is something else.
    """
    model = json.loads(path.read_text(encoding="utf-8"))["model"]
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    return Vocabulary(sorted(model["vocab"], key=model["vocab"].__getitem__), merges)


def write_gguf(path: Path, shape: Shape, weights: Weights, vocabulary: Vocabulary) -> None:
    """Write an F16 file of the architecture "llama"; norms stay F32.

    A vocabulary that is smaller than `shape.vocab` is filled up with unused tokens. Format: the GGUF
    specification of ggml.
    """
    writer = gguf.GGUFWriter(str(path), "llama")
    _add_description(writer, sum(array.size for array in weights.values()))
    _add_shape(writer, shape)
    _add_tokenizer(writer, vocabulary, shape.vocab)
    for name, array in weights.items():
        dtype = np.float16 if array.ndim == 2 else np.float32
        rows = _neighbours(array, shape.head_dim) if name.endswith(_ROTATED) else array
        writer.add_tensor(_tensor_name(name), rows.astype(dtype))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read_gguf(path: Path) -> tuple[Shape, dict[str, NDArray[np.float32]], Vocabulary]:
    """Read back what `write_gguf` wrote, also after it was quantised; unused tokens are left out.

    Raises OSError or ValueError when it cannot be read, KeyError when it is another model's file.
    """
    reader = gguf.GGUFReader(path)
    header = {name: field.contents() for name, field in reader.fields.items()}
    shape = Shape(
        vocab=header["llama.vocab_size"],
        dim=header["llama.embedding_length"],
        layers=header["llama.block_count"],
        heads=header["llama.attention.head_count"],
        kv_heads=header["llama.attention.head_count_kv"],
        ffn=header["llama.feed_forward_length"],
        context=header["llama.context_length"],
        rope_base=header["llama.rope.freq_base"],
        eps=header["llama.attention.layer_norm_rms_epsilon"],
    )
    types = header["tokenizer.ggml.token_type"]
    tokens = zip(header["tokenizer.ggml.tokens"], types, strict=True)
    used = [token for token, kind in tokens if kind != gguf.TokenType.UNUSED]
    arrays = {tensor.name: gguf.dequantize(tensor.data, tensor.tensor_type) for tensor in reader.tensors}
    weights = {name: arrays[_tensor_name(name)].astype(np.float32) for name in _weight_names(shape.layers)}
    for name in weights:
        if name.endswith(_ROTATED):
            weights[name] = _halves(weights[name], shape.head_dim)
    return shape, weights, Vocabulary(used, header["tokenizer.ggml.merges"])


def _weight_names(layers: int) -> list[str]:
    parts = [part for part in _TENSOR_NAMES if part not in ("embed", "norm")]
    return ["embed", "norm", *(f"blocks.{layer}.{part}" for layer in range(layers) for part in parts)]


def _tensor_name(name: str) -> str:
    *block, part = name.removeprefix("blocks.").split(".")
    return ".".join((*(("blk", *block) if block else ()), _TENSOR_NAMES[part], "weight"))


def _neighbours(rows: NDArray[Any], head_dim: int) -> NDArray[Any]:
    """Put the rows that are rotated together next to each other, as llama.cpp rotates them."""
    return rows.reshape(-1, 2, head_dim // 2, rows.shape[1]).swapaxes(1, 2).reshape(rows.shape)


def _halves(rows: NDArray[Any], head_dim: int) -> NDArray[Any]:
    """Put the rows that are rotated together into the two halves of a head, as the decoder rotates them."""
    return rows.reshape(-1, head_dim // 2, 2, rows.shape[1]).swapaxes(1, 2).reshape(rows.shape)


def _add_description(writer: gguf.GGUFWriter, parameters: int) -> None:
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(NAME)
    writer.add_description(DESCRIPTION)
    writer.add_license("mit")
    writer.add_size_label(f"{parameters / 1e6:.1f}M")
    writer.add_languages(["en", "de", "fr", "es"])


def _add_shape(writer: gguf.GGUFWriter, shape: Shape) -> None:
    writer.add_vocab_size(shape.vocab)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.dim)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.ffn)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(shape.eps)
    writer.add_rope_dimension_count(shape.head_dim)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)


def _add_tokenizer(writer: gguf.GGUFWriter, vocabulary: Vocabulary, size: int) -> None:
    tokens = vocabulary.tokens
    types = [gguf.TokenType.CONTROL if token in SPECIAL else gguf.TokenType.NORMAL for token in tokens]
    unused = [f"<|unused_{index}|>" for index in range(len(tokens), size)]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list([*tokens, *unused])
    writer.add_token_types([*types, *([gguf.TokenType.UNUSED] * len(unused))])
    writer.add_token_merges(vocabulary.merges)
    writer.add_bos_token_id(tokens.index(START))
    writer.add_eos_token_id(tokens.index(END))
    writer.add_pad_token_id(tokens.index(PAD))
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)
