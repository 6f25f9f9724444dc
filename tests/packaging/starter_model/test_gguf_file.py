"""The export: what is written comes back, in the header and through llama.cpp."""

import json
import random
from dataclasses import replace

import gguf
import jinja2
import numpy as np
import pytest
from check_export import odd_text
from starter_net.chatml import TEMPLATE
from starter_net.gguf_file import Vocabulary, read_gguf, read_vocabulary, write_gguf
from starter_net.shape import Shape

SHAPE = Shape(vocab=4100, dim=32, layers=2, heads=4, kv_heads=2, ffn=32, context=64)


@pytest.fixture(scope="module")
def vocabulary(starter):
    reader = gguf.GGUFReader(starter)
    tokens, merges = (
        reader.fields[key].contents() for key in ("tokenizer.ggml.tokens", "tokenizer.ggml.merges")
    )
    return Vocabulary(tokens, merges)


def random_weights(shape):
    rng = np.random.default_rng(3)
    kv = shape.kv_heads * shape.head_dim
    block = {
        "attn_norm": (shape.dim,),
        "q": (shape.dim, shape.dim),
        "k": (kv, shape.dim),
        "v": (kv, shape.dim),
        "o": (shape.dim, shape.dim),
        "ffn_norm": (shape.dim,),
        "gate": (shape.ffn, shape.dim),
        "up": (shape.ffn, shape.dim),
        "down": (shape.dim, shape.ffn),
    }
    sizes = {"embed": (shape.vocab, shape.dim), "norm": (shape.dim,)}
    for layer in range(shape.layers):
        sizes |= {f"blocks.{layer}.{part}": size for part, size in block.items()}
    return {name: rng.normal(size=size).astype(np.float32) for name, size in sizes.items()}


@pytest.fixture(scope="module")
def weights():
    return random_weights(SHAPE)


@pytest.fixture(scope="module")
def written(tmp_path_factory, weights, vocabulary):
    path = tmp_path_factory.mktemp("export") / "small-f16.gguf"
    write_gguf(path, SHAPE, weights, vocabulary)
    return path


@pytest.fixture(scope="module")
def header(written):
    return {name: field.contents() for name, field in gguf.GGUFReader(written).fields.items()}


def test_the_header_holds_the_shape_and_the_description(header):
    assert header["general.architecture"] == "llama"
    assert header["general.name"] == "ChatDesk Starter"
    assert header["general.license"] == "mit"
    assert header["general.languages"] == ["en", "de", "fr", "es"]
    assert header["llama.context_length"] == 64
    assert header["llama.embedding_length"] == 32
    assert header["llama.block_count"] == 2
    assert header["llama.attention.head_count"] == 4
    assert header["llama.attention.head_count_kv"] == 2
    assert header["llama.rope.dimension_count"] == 8
    assert header["llama.vocab_size"] == 4100


def test_the_vocabulary_is_filled_up_with_unused_tokens(header, vocabulary):
    tokens = header["tokenizer.ggml.tokens"]
    assert tokens[:4096] == vocabulary.tokens
    assert tokens[4096:] == [f"<|unused_{number}|>" for number in range(4096, 4100)]
    types = header["tokenizer.ggml.token_type"]
    assert types[:3] == [gguf.TokenType.CONTROL] * 3
    assert types[4096:] == [gguf.TokenType.UNUSED] * 4


def test_the_special_tokens_and_the_template_are_chatml(header):
    tokens = header["tokenizer.ggml.tokens"]
    assert tokens[header["tokenizer.ggml.bos_token_id"]] == "<|im_start|>"
    assert tokens[header["tokenizer.ggml.eos_token_id"]] == "<|im_end|>"
    assert tokens[header["tokenizer.ggml.padding_token_id"]] == "<|endoftext|>"
    assert header["tokenizer.chat_template"] == TEMPLATE


def test_the_template_writes_chatml():
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]
    text = jinja2.Template(TEMPLATE).render(messages=messages, add_generation_prompt=True)
    assert text == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    )


def test_every_weight_arrives_in_its_tensor(written, weights):
    tensors = {tensor.name: tensor.data for tensor in gguf.GGUFReader(written).tensors}
    assert len(tensors) == len(weights) == 2 + 9 * 2
    np.testing.assert_allclose(tensors["token_embd.weight"], weights["embed"], rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(tensors["blk.1.attn_v.weight"], weights["blocks.1.v"], rtol=1e-3, atol=1e-4)
    assert tensors["output_norm.weight"].dtype == np.float32
    np.testing.assert_array_equal(tensors["blk.0.ffn_norm.weight"], weights["blocks.0.ffn_norm"])


def test_rows_that_are_rotated_together_become_neighbours(written, weights):
    tensors = {tensor.name: tensor.data for tensor in gguf.GGUFReader(written).tensors}
    halves, neighbours = weights["blocks.1.k"], tensors["blk.1.attn_k.weight"]
    second_head = halves[8:16]
    expected = second_head[[0, 4, 1, 5, 2, 6, 3, 7]]
    np.testing.assert_allclose(neighbours[8:16], expected, rtol=1e-3, atol=1e-4)


def test_shape_weights_and_vocabulary_come_back(written, weights, vocabulary):
    shape, read, known = read_gguf(written)
    assert shape == replace(SHAPE, rope_base=shape.rope_base, eps=shape.eps)
    assert (shape.rope_base, shape.eps) == pytest.approx((SHAPE.rope_base, SHAPE.eps))
    assert known == vocabulary
    assert set(read) == set(weights)
    for name, array in weights.items():
        np.testing.assert_allclose(read[name], array, rtol=1e-3, atol=1e-4)


def test_the_shipped_file_can_be_read_back(starter):
    shape, weights, known = read_gguf(starter)
    assert weights["embed"].shape == (shape.vocab, shape.dim)
    assert len(known.tokens) <= shape.vocab
    assert 0.001 < np.abs(weights["blocks.0.q"]).mean() < 1


def test_llama_cpp_loads_the_whole_file(written, load_model):
    assert load_model(written, vocab_only=False).tokenize("Hello")


def test_any_text_survives_the_tokenizer(written, load_model, starter):
    model, shipped = load_model(written), load_model(starter)
    rng = random.Random(8)
    for text in [odd_text(rng) for _ in range(400)] + ["2026", "<|im_end|>", "a\u0000b", "\U0010ffff"]:
        tokens = model.tokenize(text)
        assert model.text_of(tokens) == text
        assert tokens == shipped.tokenize(text)


def test_each_digit_is_a_token_and_a_mark_is_one_only_when_asked_for(written, load_model):
    model = load_model(written)
    assert len(model.tokenize("31415")) == 5
    assert model.tokenize("<|im_start|><|im_end|>", special=True) == [1, 2]
    assert len(model.tokenize("<|im_end|>", special=False)) > 1


@pytest.mark.parametrize("merges", [["a b", "ab c"], [["a", "b"], ["ab", "c"]]])
def test_both_forms_of_merges_are_read(tmp_path, merges):
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps({"model": {"vocab": {"b": 1, "a": 0, "ab": 2}, "merges": merges}}))
    assert read_vocabulary(path) == Vocabulary(["a", "b", "ab"], ["a b", "ab c"])


def test_something_else_than_a_tokenizer_is_refused(tmp_path):
    path = tmp_path / "tokenizer.json"
    path.write_text("not json")
    with pytest.raises(ValueError):
        read_vocabulary(path)
    path.write_text("{}")
    with pytest.raises(KeyError):
        read_vocabulary(path)
