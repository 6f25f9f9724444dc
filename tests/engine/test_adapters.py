"""Adapters on real models: what they change, that nothing is loaded again, and that no cache is mixed up."""

import os

import pytest

from chatdesk.domain.errors import AdapterInvalid
from chatdesk.domain.generation import (
    WHOLE_BATCH,
    GenerationBatch,
    GenerationRequest,
    LoadProgress,
    ModelReady,
    Sampling,
    TextDelta,
    Turn,
)
from chatdesk.domain.models import Adapter, LocalModel, ModelLoad
from chatdesk.engine import adapters as module
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.llama import LlamaBackend
from tests.fakes.gguf_models import make
from tests.fakes.lora_files import write_lora

TOKENS = 24


class Desk:
    """One backend with one model; `write` makes adapters of it."""

    def __init__(self, folder, model):
        self.folder, self.model = folder, model
        self.backend = LlamaBackend()
        self.told = []

    def write(self, name, **how):
        return Adapter(write_lora(self.folder / f"{name}.gguf", self.model, **how), name)

    def load(self, *adapters):
        return ModelLoad(LocalModel(self.model), 512, threads=1, adapters=adapters)

    def answer(self, *adapters, text="What is ChatDesk?"):
        self.told = []
        sampling = Sampling(temperature=0, answer_tokens=TOKENS)
        request = GenerationRequest((Turn("user", text),), sampling)
        batch = GenerationBatch(self.load(*adapters), (request,))
        self.backend.generate(batch, lambda index, event: self.told.append((index, event)), AbortFlag())
        return "".join(event.text for _, event in self.told if isinstance(event, TextDelta))

    @property
    def loaded_anew(self):
        return any(isinstance(event, LoadProgress) for _, event in self.told)

    @property
    def reused(self):
        return self.told[-1][1].facts.reused_tokens

    @property
    def problem(self):
        (ready,) = [event for index, event in self.told if isinstance(event, ModelReady)]
        assert self.told[-1][0] != WHOLE_BATCH
        return ready.adapter_problem

    def fresh(self, *adapters):
        """Return the answer of a model that has read nothing before."""
        self.backend.unload()
        return self.answer(*adapters)


@pytest.fixture(params=["starter", "gemma2", "lfm2"])
def desk(request, tmp_path, starter):
    model = starter if request.param == "starter" else make(tmp_path / "m.gguf", request.param, layers=4)
    made = Desk(tmp_path, model)
    yield made
    made.backend.unload()


@pytest.fixture
def small(tmp_path):
    made = Desk(tmp_path, make(tmp_path / "m.gguf"))
    yield made
    made.backend.unload()


def test_an_adapter_without_effect_changes_nothing_and_a_strong_one_does(desk):
    plain = desk.answer()
    assert desk.answer(desk.write("zero", strength=0.0)) == plain
    assert desk.answer(desk.write("strong")) != plain


def test_weight_0_is_none_and_other_weights_differ(desk):
    strong = desk.write("strong")
    plain, full = desk.answer(), desk.answer(strong)
    assert desk.answer(Adapter(strong.path, "", weight=0.0)) == plain
    assert desk.answer(Adapter(strong.path, "", on=False)) == plain
    assert desk.answer(Adapter(strong.path, "", weight=2.0)) not in (plain, full)


def test_two_count_at_once(desk):
    first, second = desk.write("first", seed=1), desk.write("second", seed=2)
    alone = {desk.answer(), desk.answer(first), desk.answer(second)}
    assert desk.answer(first, second) not in alone
    assert len(alone) == 3


def test_switching_loads_nothing_again_and_answers_as_if_nothing_had_been_read_before(desk):
    first, second = desk.write("first", seed=1), desk.write("second", seed=2)
    sets = [(), (first,), (second,), (first, second), (first,), ()]
    switched = []
    for place, adapters in enumerate(sets):
        switched.append(desk.answer(*adapters))
        assert desk.loaded_anew == (place == 0)
        assert desk.reused == 0
    assert switched == [desk.fresh(*adapters) for adapters in sets]


def test_what_was_read_is_used_again_while_the_adapters_stay(small):
    strong = small.write("strong")
    answer = small.answer(strong)
    assert small.answer(strong) == answer
    assert small.reused > 0
    again = Adapter(strong.path, "another name")
    assert small.answer(again) == answer
    assert small.reused > 0


def test_each_file_is_read_once(small, monkeypatch):
    strong = small.write("strong")
    reads = []
    check = module.check_adapter
    monkeypatch.setattr(module, "check_adapter", lambda *paths: reads.append(paths) or check(*paths))
    for adapters in [(strong,), (), (strong,), (Adapter(strong.path, "", 0.5),)]:
        small.answer(*adapters)
    assert len(reads) == 1


def test_a_file_that_has_changed_is_read_anew(small):
    strong = small.write("strong", seed=1)
    before = small.answer(strong)
    small.write("strong", seed=2)
    os.utime(strong.path, ns=(1, 1))
    assert small.answer(strong) != before
    assert not small.loaded_anew


def test_the_likeliest_next_tokens_are_those_with_the_adapters(small):
    strong = small.write("strong")
    request = GenerationRequest((Turn("user", "Hello"),))
    plain = small.backend.next_tokens(small.load(), request, 5, AbortFlag())
    changed = small.backend.next_tokens(small.load(strong), request, 5, AbortFlag())
    assert plain != changed
    assert small.backend.next_tokens(small.load(), request, 5, AbortFlag()) == plain


def test_an_adapter_that_cannot_be_used_is_left_out_and_told(small):
    plain, strong = small.answer(), small.write("strong")
    assert not small.problem
    full = small.answer(strong)
    gone = Adapter(small.folder / "gone.gguf", "gone")
    assert small.answer(gone, strong) == full
    assert "“gone.gguf” is not there now" in small.problem
    assert "written without it" in small.problem
    broken = small.write("broken", architecture="qwen3")
    assert small.answer(broken) == plain
    assert "made for models of the kind “qwen3”" in small.problem
    assert small.answer(broken, gone) == plain
    assert small.problem.endswith("The answer is written without them.")
    strong.path.unlink()
    assert small.answer(strong) == plain
    assert "“strong.gguf” is not there now" in small.problem
    assert small.answer() == plain
    assert not small.problem


def test_an_adapter_with_values_that_are_not_numbers_is_named(small):
    plain = small.answer()
    broken = small.write("broken", strength=float("nan"))
    with pytest.raises(AdapterInvalid, match=r"broken\.gguf.*not numbers"):
        small.answer(broken)
    assert small.answer() == plain


def test_many_adapters_find_room_in_a_model_that_was_loaded_without_any(small):
    plain = small.answer()
    many = [small.write(f"a{n}", seed=n, strength=0.1) for n in range(40)]
    assert small.answer(*many) != plain
    assert small.answer() == plain
