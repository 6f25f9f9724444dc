"""Tests of the context's length and of how much goes to the graphics card."""

from dataclasses import replace

import pytest

from chatdesk.domain.errors import ModelTooLarge
from chatdesk.domain.models import GPU_RESERVE, Adapter, Gpu, LocalModel, Machine, ModelLoad
from chatdesk.engine import bindings, machine
from chatdesk.engine.fit import estimate, layers_that_fit
from chatdesk.engine.gguf import read_header
from chatdesk.engine.machine import is_for_gpus, machine_now, made_for_gpus
from chatdesk.engine.placement import place
from chatdesk.engine.projectors import memory_of
from tests.fakes.gguf_models import make

PLENTY = Machine(free=1 << 40, total=1 << 40)
CARD = Gpu("Test Card", free=1 << 35, total=1 << 35)
LAYERS = 4


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return make(tmp_path_factory.mktemp("models") / "tiny.gguf", layers=LAYERS, context=32_768)


@pytest.fixture(scope="module")
def file(path):
    return read_header(path)


def load(path, **how):
    return ModelLoad(LocalModel(path), **how)


def on_card(path, file, cards=(CARD,), **how):
    return place(load(path, **how), file, replace(PLENTY, gpus=cards), builds_for_gpus=True)


@pytest.mark.parametrize(("wanted", "given"), [(0, 8192), (4096, 4096), (100_000, 32_768), (1, 256)])
def test_the_context_is_as_asked_but_never_longer_than_trained_for(path, file, wanted, given):
    assert place(load(path, context_tokens=wanted), file, PLENTY, False).context_tokens == given


def test_an_automatic_context_gets_shorter_where_memory_is_short(path, file):
    needs = estimate(file, 4096)
    memory = Machine(free=needs.kv + needs.buffers, total=1 << 40)
    assert place(load(path), file, memory, False).context_tokens == 4096


def test_a_context_that_the_user_chose_is_refused_where_memory_is_short(path, file):
    needs = estimate(file, 4096)
    memory = Machine(free=needs.kv + needs.buffers, total=1 << 40)
    with pytest.raises(ModelTooLarge, match="GB are free"):
        place(load(path, context_tokens=8192), file, memory, False)


def test_adapters_take_memory_beside_the_model(path, file, tmp_path):
    adapter = Adapter(tmp_path / "a.gguf", "a")
    adapter.path.write_bytes(bytes(1 << 20))
    gone = Adapter(tmp_path / "gone.gguf", "gone")
    needs = estimate(file, 4096)
    memory = Machine(free=needs.kv + needs.buffers, total=1 << 40)
    assert place(load(path, adapters=(gone,)), file, memory, False).context_tokens == 4096
    assert place(load(path, adapters=(gone, adapter)), file, memory, False).context_tokens == 2048
    with pytest.raises(ModelTooLarge):
        place(load(path, context_tokens=4096, adapters=(adapter,)), file, memory, False)


def test_a_model_larger_than_all_memory_is_refused(path, file):
    with pytest.raises(ModelTooLarge):
        place(load(path), file, Machine(1 << 20, 1 << 20), False)


def test_a_refusal_carries_what_is_needed_and_what_is_free(path, file):
    needs = estimate(file, 8192)
    with pytest.raises(ModelTooLarge) as refused:
        place(load(path, context_tokens=8192), file, Machine(5 << 20, 1 << 40), False)
    assert (refused.value.needed, refused.value.free) == (needs.kv + needs.buffers, 5 << 20)
    assert refused.value.path == path


@pytest.mark.parametrize(("wanted", "given"), [(0, 2048), (8192, 8192)])
def test_who_wants_it_anyway_gets_it(path, file, wanted, given):
    wish = load(path, context_tokens=wanted, anyway=True)
    assert place(wish, file, Machine(1 << 20, 1 << 20), False).context_tokens == given


def test_a_model_that_was_loaded_anyway_is_the_same_one(path):
    assert load(path, anyway=True) == load(path)


def test_everything_goes_to_a_card_that_has_room_and_nothing_needs_saying(path, file):
    placed = on_card(path, file)
    assert placed.gpu_layers == LAYERS + 1
    assert (placed.report.name, placed.report.layers, placed.report.offloaded) == ("Test Card", 4, 4)
    assert placed.report.reason == ""


def test_the_projector_takes_its_part_of_the_memory(path, file, tmp_path):
    projector = tmp_path / "mmproj.gguf"
    projector.write_bytes(bytes(1000))
    taken = memory_of(projector)
    needs = estimate(file, 8192)
    enough = Machine(free=needs.kv + needs.buffers + taken, total=1 << 40)
    assert place(load(path, projector=projector), file, enough, False).context_tokens == 8192
    little = replace(enough, free=enough.free - 1)
    assert place(load(path), file, little, False).context_tokens == 8192
    assert place(load(path, projector=projector), file, little, False).context_tokens < 8192


def test_layers_give_way_to_the_projector_on_the_first_card(path, file, tmp_path):
    projector = tmp_path / "mmproj.gguf"
    projector.write_bytes(bytes(1000))
    sizes = range(GPU_RESERVE, GPU_RESERVE + (1 << 30), 1 << 18)
    free = next(size for size in sizes if layers_that_fit(file, 8192, [size]) == LAYERS + 1)
    small = (Gpu("Small Card", free, free),)
    assert on_card(path, file, small).gpu_layers == LAYERS + 1
    assert on_card(path, file, small, projector=projector).gpu_layers < LAYERS + 1


def test_fewer_layers_go_to_a_smaller_card_and_the_reason_is_said(path, file):
    sizes = range(GPU_RESERVE, GPU_RESERVE + (1 << 30), 1 << 18)
    free = next(size for size in sizes if layers_that_fit(file, 8192, [size]) == 3)
    placed = on_card(path, file, (Gpu("Small Card", free, free),))
    assert placed.gpu_layers == 3
    assert placed.report.offloaded == 2
    assert "only a part fits" in placed.report.reason


@pytest.mark.parametrize(("wanted", "given"), [(1, 1), (2, 2), (LAYERS, LAYERS), (999, LAYERS)])
def test_the_user_can_keep_layers_off_the_card_and_the_output_is_not_one(path, file, wanted, given):
    placed = on_card(path, file, gpu_layers=wanted)
    assert placed.gpu_layers == given + 1
    assert placed.report.offloaded == given
    assert bool(placed.report.reason) == (given < LAYERS)


def test_a_card_with_room_for_the_output_alone_is_not_used(path, file):
    sizes = range(GPU_RESERVE, GPU_RESERVE + (1 << 30), 1 << 18)
    free = next(size for size in sizes if layers_that_fit(file, 8192, [size]) == 1)
    placed = on_card(path, file, (Gpu("Tiny Card", free, free),))
    assert (placed.gpu_layers, placed.report.name) == (0, "CPU")
    assert "not enough free memory" in placed.report.reason


@pytest.mark.parametrize(("system", "counted"), [("linux", 2), ("darwin", 1)])
def test_the_memory_of_cards_counts_where_it_is_their_own(monkeypatch, system, counted):
    main = machine_now(())
    monkeypatch.setattr(machine.sys, "platform", system)
    assert machine_now([Gpu("Card", main.total, main.total)]).all == counted * main.total


@pytest.mark.parametrize(
    ("names", "can"),
    [
        (["libllama.so", "libggml-cpu.so"], False),
        (["libllama.so", "libggml-vulkan.so.0"], True),
        (["llama.dll", "ggml-cuda.dll"], True),
        (["libggml-metal.dylib"], True),
    ],
)
def test_what_a_build_can_use_is_read_from_its_libraries(names, can):
    assert is_for_gpus(names) is can


def test_a_build_that_uses_a_card_now_is_known_as_one_that_can():
    assert made_for_gpus() or not bindings.gpus()


@pytest.mark.parametrize(
    ("cards", "builds", "wanted", "reason"),
    [
        ((), False, -1, "this build"),
        ((), True, -1, "no graphics card"),
        ((CARD,), True, 0, "the settings"),
        ((), True, 0, "the settings"),
        ((Gpu("Full", 1000, 1 << 30),), True, -1, "not enough free memory"),
    ],
)
def test_the_reason_for_the_processor_is_said(path, file, cards, builds, wanted, reason):
    placed = place(load(path, gpu_layers=wanted), file, replace(PLENTY, gpus=cards), builds)
    assert placed.gpu_layers == 0
    assert placed.report.name == "CPU"
    assert reason in placed.report.reason
