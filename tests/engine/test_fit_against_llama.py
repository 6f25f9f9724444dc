"""The estimate beside what llama.cpp allocates for files in the shapes of many architectures."""

import pytest

from chatdesk.engine import threads
from chatdesk.engine.bindings import allocations
from chatdesk.engine.fit import estimate
from chatdesk.engine.gguf import check
from chatdesk.engine.measured import allocated
from chatdesk.engine.model import Model
from chatdesk.engine.sequence import ReadTokens
from chatdesk.engine.shape import RUNTIME_BYTES
from tests.fakes.gguf_shapes import SHAPES, make_shape

MIB = 2**20
ROUNDING = MIB / 100  # llama.cpp tells hundredths of a MiB
CONTEXTS = (1000, 6000)  # shorter and longer than the windows; neither is a multiple of llama.cpp's steps


def run(path, tokens):
    """Return what llama.cpp allocates for the model at `path` with a context of `tokens`."""
    allocations.clear()
    model = Model(path)
    read = ReadTokens(model, tokens, threads.choose(1, path.stat().st_size))
    read.close()
    model.close()
    return allocated(allocations)


@pytest.mark.parametrize("name", SHAPES)
def test_each_part_of_the_estimate_is_what_llama_cpp_allocates(tmp_path, name):
    path = make_shape(tmp_path / "model.gguf", name)
    for tokens in CONTEXTS:
        expected, got = estimate(check(path), tokens), run(path, tokens)
        header = check(path).data
        assert got.weights == pytest.approx(expected.weights - header, abs=2 * ROUNDING)
        assert got.kv == pytest.approx(expected.kv, abs=3 * ROUNDING)
        buffers = got.buffers - RUNTIME_BYTES
        assert 0.97 * buffers < expected.buffers - RUNTIME_BYTES < 1.1 * buffers + MIB


def test_all_parts_of_a_split_model_count(tmp_path):
    whole = check(make_shape(tmp_path / "whole.gguf", "grouped"))
    first = make_shape(tmp_path / "split.gguf", "grouped", split=True)
    file = check(first)
    assert file.metadata["split.count"] > 1
    assert file.bytes < whole.weights / 2
    assert file.weights == pytest.approx(whole.weights, rel=0.01)
    got = run(first, 1000)
    assert got.weights == pytest.approx(estimate(file, 1000).weights, rel=0.01)
    assert got.kv == estimate(file, 1000).kv


def test_layers_that_predict_further_tokens_keep_nothing(tmp_path):
    expected = check(make_shape(tmp_path / "a.gguf", "grouped"))
    more = check(make_shape(tmp_path / "b.gguf", "grouped", nextn_predict_layers=2))
    assert estimate(more, 1024).kv == estimate(expected, 1024).kv * 4 / 6
