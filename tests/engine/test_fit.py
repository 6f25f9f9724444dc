"""How much memory a model takes."""

import pytest

from chatdesk.engine.fit import (
    GPU_RESERVE,
    RUNTIME_BYTES,
    estimate,
    fits_in_memory,
    kv_by_layer,
    layers_that_fit,
)
from chatdesk.engine.gguf import read_header
from tests.engine.gguf_files import gguf, metadata, tensors


@pytest.fixture
def file(tmp_path):
    def file(layers=2, **changes):
        path = tmp_path / "m.gguf"
        path.write_bytes(gguf(metadata(llama__block_count=layers, **changes), tensors(layers)))
        return read_header(path)

    return file


def test_the_cache_follows_the_plain_formula(file):
    assert kv_by_layer(file(), 4096) == [4096 * 4 * (8 + 8) * 2] * 2


def test_the_cache_of_a_known_shape_is_what_llama_cpp_reports(file):
    shape = {
        "llama__attention__head_count": 32,
        "llama__attention__head_count_kv": 8,
        "llama__embedding_length": 2560,
    }
    assert sum(kv_by_layer(file(36, **shape), 4096)) == 360 * 2**20


def test_layers_may_have_heads_of_their_own(file):
    assert kv_by_layer(file(3, llama__attention__head_count_kv=[4, 0, 2]), 100) == [12800, 0, 6400]


def test_stated_lengths_count_and_missing_head_counts_are_those_of_the_queries(file):
    changed = file(
        llama__attention__key_length=32,
        llama__attention__value_length=16,
        llama__attention__head_count_kv=None,
    )
    assert kv_by_layer(changed, 10) == [10 * 8 * 48 * 2] * 2


def test_the_estimate_names_its_parts(file):
    memory = estimate(file(), 4096)
    assert memory.weights == 100 * 64 * 2 + 64 * 4 + 2 * (64 * 64 + 64 * 128) * 2
    assert memory.buffers > RUNTIME_BYTES
    assert memory.total == memory.weights + memory.kv + memory.buffers


def test_a_model_fits_or_does_not(file):
    need = estimate(file(), 4096).total
    assert fits_in_memory(file(), 4096, need)
    assert not fits_in_memory(file(), 4096, need - 1)


def test_as_many_layers_as_fit_go_to_the_gpu(file):
    model = file(8)
    buffers = estimate(model, 4096).buffers
    layer = (64 * 64 + 64 * 128) * 2 + 4096 * 4 * 16 * 2
    output = 100 * 64 * 2 + 64 * 4
    base = GPU_RESERVE + buffers + output
    assert layers_that_fit(model, 4096, []) == 0
    assert layers_that_fit(model, 4096, [base - 1]) == 0
    assert layers_that_fit(model, 4096, [base]) == 1
    assert layers_that_fit(model, 4096, [base + 3 * layer]) == 4
    assert layers_that_fit(model, 4096, [base + 8 * layer]) == 9
    assert layers_that_fit(model, 4096, [80 << 30]) == 9


def test_every_further_gpu_keeps_its_reserve_and_has_buffers_of_its_own(file):
    model = file(8)
    taken = GPU_RESERVE + estimate(model, 4096).buffers
    free = next(
        size for size in range(taken, 2 * taken, 1 << 10) if layers_that_fit(model, 4096, [size]) == 4
    )
    assert layers_that_fit(model, 4096, [free, taken]) == 4
    assert layers_that_fit(model, 4096, [free, 1000]) == 4
    assert layers_that_fit(model, 4096, [free, free]) > 4


def test_a_header_without_sizes_has_an_estimate(file):
    empty = file(
        llama__attention__head_count=None,
        llama__attention__head_count_kv=None,
        llama__embedding_length=None,
        llama__feed_forward_length=None,
    )
    assert estimate(empty, 4096).kv == 0
