"""Writes model files with random weights in the shapes of real models, for measuring speed.

Usage: python -m tests.benchmarks.make_models   (about a minute; 0.6 GB in tests/benchmarks/models)
"""

from __future__ import annotations

import ctypes
import itertools
import string
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parent / "models"
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


@dataclass(frozen=True)
class Shape:
    architecture: str
    layers: int
    width: int
    heads: int
    key_value_heads: int
    feed_forward: int
    vocabulary: int
    context: int
    biases: bool = False  # of queries, keys and values


SHAPES = {
    "tiny": Shape("llama", 4, 256, 8, 4, 768, 2048, 8192),
    "qwen2.5-0.5b": Shape("qwen2", 24, 896, 14, 2, 4864, 151_936, 32_768, biases=True),
}


def path_of(name: str) -> Path:
    """Return the Q8_0 file of the shape called `name`, which is made where it is missing."""
    path = FOLDER / f"{name}-q8_0.gguf"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        full = FOLDER / f"{name}-f16.gguf"
        write(full, name, SHAPES[name])
        quantise(full, path)
        full.unlink()
    return path


def write(path: Path, name: str, shape: Shape) -> None:
    """Write a model in f16."""
    writer = gguf.GGUFWriter(path, shape.architecture)
    writer.add_name(name)
    writer.add_file_type(1)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.key_value_heads)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(1e-6)
    _add_vocabulary(writer, shape.vocabulary)
    _add_weights(writer, shape)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def quantise(source: Path, target: Path) -> None:
    """Write `target` as Q8_0."""
    from chatdesk.engine.bindings import native

    parameters = native.llama_model_quantize_default_params()
    parameters.ftype = 7
    code = native.llama_model_quantize(bytes(source), bytes(target), ctypes.byref(parameters))
    if code:
        raise SystemExit(f"llama_model_quantize: {code}")


def _add_vocabulary(writer: gguf.GGUFWriter, size: int) -> None:
    """Add the 256 bytes, then words of two, three and four letters with the merges that make them."""
    letters = string.ascii_lowercase
    merges: list[str] = []
    for length in (2, 3, 4):
        words = itertools.product(letters, repeat=length)
        room = size - 256 - len(SPECIAL) - len(merges)
        merges += (f"{''.join(word[:-1])} {word[-1]}" for word in itertools.islice(words, room))
    tokens = [*_byte_letters(), *(merge.replace(" ", "") for merge in merges), *SPECIAL]
    normal, control = gguf.TokenType.NORMAL, gguf.TokenType.CONTROL
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([normal] * (len(tokens) - len(SPECIAL)) + [control] * len(SPECIAL))
    writer.add_token_merges(merges)
    writer.add_bos_token_id(size - 3)
    writer.add_eos_token_id(size - 1)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def _byte_letters() -> list[str]:
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    letters = {byte: chr(byte) for byte in plain} | {byte: chr(256 + at) for at, byte in enumerate(others)}
    return [letters[byte] for byte in range(256)]


def _add_weights(writer: gguf.GGUFWriter, shape: Shape) -> None:
    chance = np.random.default_rng(1)

    def weights(*size: int) -> npt.NDArray[np.float16]:
        values = chance.standard_normal(size, dtype=np.float32) * np.float32(0.7 / size[-1] ** 0.5)
        return values.astype(np.float16)

    def ones() -> npt.NDArray[np.float32]:
        return np.ones(shape.width, np.float32)

    head = shape.width // shape.heads
    sizes = {"q": shape.width, "k": shape.key_value_heads * head, "v": shape.key_value_heads * head}
    embedding = weights(shape.vocabulary, shape.width)
    # Never among the likeliest: what ends an answer, and bytes, which rarely make characters by chance.
    embedding[-len(SPECIAL) :] = 0
    embedding[:256] = 0
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", ones())
    for layer in range(shape.layers):
        prefix = f"blk.{layer}."
        writer.add_tensor(prefix + "attn_norm.weight", ones())
        for name, size in sizes.items():
            writer.add_tensor(f"{prefix}attn_{name}.weight", weights(size, shape.width))
            if shape.biases:
                writer.add_tensor(f"{prefix}attn_{name}.bias", np.zeros(size, np.float32))
        writer.add_tensor(prefix + "attn_output.weight", weights(shape.width, shape.width))
        writer.add_tensor(prefix + "ffn_norm.weight", ones())
        writer.add_tensor(prefix + "ffn_gate.weight", weights(shape.feed_forward, shape.width))
        writer.add_tensor(prefix + "ffn_up.weight", weights(shape.feed_forward, shape.width))
        writer.add_tensor(prefix + "ffn_down.weight", weights(shape.width, shape.feed_forward))


if __name__ == "__main__":
    for name in SHAPES:
        made = path_of(name)
        print(f"{made.name}: {made.stat().st_size / 1e6:.0f} MB")
