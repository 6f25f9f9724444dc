"""The model file that comes with the application is the one that its card describes."""

import hashlib
import re

import gguf
import pytest
from starter_net.chatml import TEMPLATE
from starter_net.gguf_file import DESCRIPTION, NAME
from starter_net.shape import Shape


@pytest.fixture(scope="module")
def card(starter):
    return (starter.parent / "MODEL_CARD.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(starter):
    return gguf.GGUFReader(starter)


@pytest.fixture(scope="module")
def header(reader):
    return {name: field.contents() for name, field in reader.fields.items()}


def cell(card, title):
    found = re.search(rf"^\| {title} \| (.*) \|$", card, re.MULTILINE)
    assert found, title
    return found[1]


def test_the_card_names_the_file_and_its_hash(card, starter):
    assert f"`{starter.name}`" in cell(card, "File")
    assert cell(card, "SHA-256") == f"`{hashlib.sha256(starter.read_bytes()).hexdigest()}`"
    assert f"{starter.stat().st_size / 1e6:.2f} MB" in cell(card, "File")


def test_the_header_has_the_size_that_the_card_tells(card, header, reader):
    numbers = re.findall(r"[\d.]+", cell(card, "Size"))
    parameters = sum(int(tensor.n_elements) for tensor in reader.tensors)
    assert numbers == [
        f"{parameters / 1e6:.2f}",
        str(header["llama.block_count"]),
        str(header["llama.embedding_length"]),
        str(header["llama.attention.head_count"]),
        str(header["llama.attention.head_count_kv"]),
        str(header["llama.feed_forward_length"]),
    ]


def test_the_header_has_the_architecture_context_and_tokenizer_of_the_card(card, header):
    assert cell(card, "Architecture").startswith(header["general.architecture"])
    assert f"base {header['llama.rope.freq_base']:,.0f}" in cell(card, "Architecture")
    assert cell(card, "Context").startswith(f"{header['llama.context_length']:,} tokens")
    assert f"{len(header['tokenizer.ggml.tokens']):,} tokens" in cell(card, "Tokenizer")
    assert f"`{header['tokenizer.ggml.pre']}`" in cell(card, "Tokenizer")
    assert header["general.file_type"] == gguf.LlamaFileType.MOSTLY_Q8_0
    assert f"`{header['general.license']}`" in cell(card, "Licence")


def test_the_header_is_what_the_recipe_writes(header):
    shape = Shape()
    assert header["general.name"] == NAME
    assert header["general.description"] == DESCRIPTION
    assert header["tokenizer.chat_template"] == TEMPLATE
    assert header["llama.vocab_size"] == shape.vocab
    assert header["llama.rope.dimension_count"] * header["llama.attention.head_count"] == shape.dim
    assert header["llama.attention.layer_norm_rms_epsilon"] == pytest.approx(shape.eps)
    assert not header["tokenizer.ggml.add_bos_token"]


def test_the_card_speaks_of_paths_that_exist(card, starter):
    root = starter.parents[2]
    paths = re.findall(r"`(packaging/[\w/.]+)`", card)
    assert paths
    assert all((root / path).exists() for path in paths)
