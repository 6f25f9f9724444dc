"""How much memory a model takes."""

import pytest

from chatdesk.domain.models import GPU_RESERVE
from chatdesk.engine.fit import cache_by_layer, estimate, layers_that_fit
from chatdesk.engine.gguf import read_header
from chatdesk.engine.gguf_reader import GgufKeys
from chatdesk.engine.layer_cache import layer_caches, window_tokens
from chatdesk.engine.shape import RUNTIME_BYTES, shape_of
from tests.engine.gguf_files import gguf, metadata, tensors


@pytest.fixture
def file(tmp_path):
    def file(layers=2, **changes):
        path = tmp_path / "m.gguf"
        path.write_bytes(gguf(metadata(llama__block_count=layers, **changes), tensors(layers)))
        return read_header(path)

    return file


def keys_of(architecture, keys):
    usual = {
        "block_count": 12,
        "embedding_length": 64,
        "feed_forward_length": 128,
        "attention.head_count": 4,
        "attention.head_count_kv": 2,
    }
    metadata = {f"{architecture}.{key}": _tuple(value) for key, value in (usual | keys).items()}
    return GgufKeys({"general.architecture": architecture, **metadata})


def _tuple(value):
    return tuple(value) if isinstance(value, list) else value


def test_the_cache_follows_the_plain_formula(file):
    assert cache_by_layer(file(), 4096) == [4096 * 4 * (8 + 8) * 2] * 2


def test_the_cache_of_a_known_shape_is_what_llama_cpp_reports(file):
    shape = {
        "llama__attention__head_count": 32,
        "llama__attention__head_count_kv": 8,
        "llama__embedding_length": 2560,
    }
    assert sum(cache_by_layer(file(36, **shape), 4096)) == 360 * 2**20


def test_layers_may_have_heads_of_their_own(file):
    assert cache_by_layer(file(3, llama__attention__head_count_kv=[4, 0, 2]), 256) == [32768, 0, 16384]


def test_a_context_is_rounded_up_as_llama_cpp_does(file):
    assert cache_by_layer(file(), 257) == cache_by_layer(file(), 512) == [512 * 4 * 16 * 2] * 2


@pytest.mark.parametrize(
    ("architecture", "keys", "windowed"),
    [
        ("gemma2", {}, [True, False] * 6),
        ("gpt-oss", {}, [True, False] * 6),
        ("gemma3", {}, ([True] * 5 + [False]) * 2),
        ("gemma3", {"attention.sliding_window_pattern": 3}, [True, True, False] * 4),
        ("gemma3", {"attention.sliding_window_pattern": [False] + [True] * 11}, [False] + [True] * 11),
        ("smallthinker", {}, [False, True, True, True] * 3),
        ("gemma4", {"attention.sliding_window_pattern": [True, True, False] * 4}, [True, True, False] * 4),
        ("phi3", {}, [False] * 12),
        ("llama", {}, [False] * 12),
        ("qwen2", {}, [False] * 12),
    ],
)
def test_which_layers_have_a_window_follows_the_architecture(architecture, keys, windowed):
    file = keys_of(architecture, {"attention.sliding_window": 1024, **keys})
    assert [cache.windowed for cache in layer_caches(file)] == windowed


def test_a_window_of_a_model_that_does_not_state_it_is_that_of_llama_cpp():
    assert window_tokens(keys_of("gemma2", {})) == 4096
    assert window_tokens(keys_of("llama4", {"attention.sliding_window": 100})) == 8192
    assert window_tokens(keys_of("llama4", {"attention.sliding_window": 0})) == 0
    assert window_tokens(keys_of("gemma3", {})) == 0


def test_later_layers_may_share_the_cache_of_earlier_ones():
    own = [
        cache.per_token > 0 for cache in layer_caches(keys_of("gemma4", {"attention.shared_kv_layers": 4}))
    ]
    assert own == [True] * 8 + [False] * 4


@pytest.mark.parametrize(
    ("architecture", "keys", "recurrent"),
    [
        ("qwen3next", {"ssm.state_size": 16, "ssm.inner_size": 64}, [True, True, True, False] * 3),
        (
            "qwen35",
            {"ssm.state_size": 16, "ssm.inner_size": 64, "full_attention_interval": 3},
            [True, True, False] * 4,
        ),
        ("lfm2", {"shortconv.l_cache": 3, "attention.head_count_kv": [0, 0, 2] * 4}, [True, True, False] * 4),
        (
            "nemotron_h",
            {
                "ssm.state_size": 16,
                "ssm.inner_size": 64,
                "attention.head_count_kv": [0, 0, 2] * 4,
                "feed_forward_length": [0, 128, 0] * 4,
            },
            [True, False, False] * 4,
        ),
        ("rwkv7", {"wkv.head_size": 64}, [True] * 12),
        (
            "kimi-linear",
            {"kda.head_dim": 16, "attention.head_count_kv": [0, 0, 0, 1] * 3},
            [True, True, True, False] * 3,
        ),
    ],
)
def test_recurrent_layers_keep_a_state_and_nothing_for_a_token(architecture, keys, recurrent):
    caches = layer_caches(keys_of(architecture, keys))
    assert [cache.state > 0 for cache in caches] == recurrent
    assert not any(cache.state and cache.per_token for cache in caches)


def test_of_experts_only_those_in_use_are_read():
    dense = keys_of("llama", {})
    experts = keys_of("qwen3moe", {"expert_count": 8, "expert_used_count": 2})
    assert shape_of(dense).active == 1
    assert 0.25 < shape_of(experts).active < 0.6


def test_stated_lengths_count_and_missing_head_counts_are_those_of_the_queries(file):
    changed = file(
        llama__attention__key_length=32,
        llama__attention__value_length=16,
        llama__attention__head_count_kv=None,
    )
    assert cache_by_layer(changed, 256) == [256 * 8 * 48 * 2] * 2


def test_the_estimate_names_its_parts(file):
    memory = estimate(file(), 4096)
    assert memory.weights == file().bytes
    assert memory.buffers > RUNTIME_BYTES
    assert memory.total == memory.weights + memory.kv + memory.buffers


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
