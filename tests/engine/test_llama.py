"""Tests of the backend on real models: answers, reuse, limits, cancels, bad files."""

import json
import os
import threading
from pathlib import Path

import pytest

from chatdesk.domain.errors import (
    ConstraintInvalid,
    MessageTooLong,
    ModelInvalid,
    ModelMissing,
    ModelTooLarge,
)
from chatdesk.domain.generation import (
    WHOLE_BATCH,
    Finished,
    GenerationBatch,
    GenerationRequest,
    LoadProgress,
    ModelReady,
    PromptProgress,
    Sampling,
    StopReason,
    TextDelta,
    ThinkingDelta,
    Turn,
    ViewStarts,
)
from chatdesk.domain.models import DeviceReport, Gpu, LocalModel, Machine, ModelLoad
from chatdesk.engine import loading
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.llama import LlamaBackend
from chatdesk.engine.model import LoadFailed, Model
from chatdesk.engine.placement import Placement
from tests.fakes.gguf_models import make

GREEDY = Sampling(temperature=0)


class Told(list):
    """The events of one call."""

    def __call__(self, index, event):
        self.append((index, event))

    def of(self, kind, index=0):
        return [event for at, event in self if at == index and isinstance(event, kind)]

    def text(self, index=0):
        return "".join(event.text for event in self.of(TextDelta, index))

    def facts(self, index=0):
        (finished,) = self.of(Finished, index)
        assert [event for at, event in self if at == index][-1] is finished
        return finished.facts


@pytest.fixture
def backend():
    backend = LlamaBackend()
    yield backend
    backend.unload()


def load_of(path, **how):
    return ModelLoad(LocalModel(path), **{"threads": 1, **how})


def ask(*texts, **how):
    roles = ("user", "assistant")
    turns = tuple(Turn(roles[place % 2], text) for place, text in enumerate(texts))
    return GenerationRequest(turns, **{"sampling": GREEDY, **how})


def generate(backend, load, *requests, abort=None):
    told = Told()
    backend.generate(GenerationBatch(load, requests), told, abort or AbortFlag())
    return told


def test_the_starter_model_answers(backend, starter):
    told = generate(backend, load_of(starter), ask("What is ChatDesk?"))
    facts = told.facts()
    assert "ChatDesk" in told.text()
    assert facts.reason == StopReason.end
    assert facts.answer_tokens > 5
    assert 0 < facts.first_token_seconds <= facts.seconds
    assert told.of(LoadProgress, WHOLE_BATCH)[-1] == LoadProgress(1.0)
    (ready,) = told.of(ModelReady, WHOLE_BATCH)
    assert (ready.device.name, ready.device.offloaded, ready.context_tokens) == ("CPU", 0, 2048)
    assert ready.device.layers == 6
    assert ready.device.reason
    assert not ready.template_problem


def test_an_unframed_request_goes_to_the_model_without_the_chat_template(backend, starter):
    load = load_of(starter)
    framed = "<|im_start|>user\nWhat is ChatDesk?<|im_end|>\n<|im_start|>assistant\n"
    answer = generate(backend, load, ask("What is ChatDesk?")).text()
    assert generate(backend, load, ask(framed, framed=False)).text() == answer
    assert generate(backend, load, ask("What is ChatDesk?", framed=False)).text() != answer


def test_a_loaded_model_is_not_loaded_again(backend, starter):
    generate(backend, load_of(starter), ask("Hello"))
    told = generate(backend, load_of(starter), ask("Hello"))
    assert not told.of(LoadProgress, WHOLE_BATCH)
    assert len(told.of(ModelReady, WHOLE_BATCH)) == 1


def test_the_next_turn_reads_only_what_is_new_and_answers_as_if_read_afresh(backend, starter):
    load = load_of(starter)
    first = generate(backend, load, ask("What is ChatDesk?")).text()
    turns = ("What is ChatDesk?", first, "Is it free?")
    again = generate(backend, load, ask(*turns))
    assert again.facts().reused_tokens > 0.6 * again.facts().prompt_tokens
    backend.unload()
    fresh = generate(backend, load, ask(*turns))
    assert fresh.facts().reused_tokens == 0
    assert again.text() == fresh.text()


@pytest.mark.parametrize("architecture", ["llama", "gemma2", "mamba", "lfm2"])
def test_every_kind_of_model_continues_a_chat(backend, tmp_path, architecture):
    path = make(tmp_path / "model.gguf", architecture)
    limits = Sampling(temperature=0, answer_tokens=20)
    load = load_of(path)
    first = generate(backend, load, ask("Hello there", sampling=limits))
    second = generate(backend, load, ask("Hello there", first.text(), "And more", sampling=limits))
    assert 1 <= second.facts().answer_tokens <= 20


def test_requests_of_a_batch_are_answered_under_their_index(backend, starter):
    told = generate(backend, load_of(starter), ask("Hello"), ask("What is ChatDesk?"), ask("Hello"))
    assert told.text(0) == told.text(2) != told.text(1)
    assert all(told.facts(index).reason == StopReason.end for index in range(3))


def test_the_longest_answer_is_kept(backend, starter):
    limits = Sampling(temperature=0, answer_tokens=3)
    facts = generate(backend, load_of(starter), ask("What is ChatDesk?", sampling=limits)).facts()
    assert (facts.reason, facts.answer_tokens) == (StopReason.length, 3)


def test_a_stop_string_ends_the_answer(backend, starter):
    whole = generate(backend, load_of(starter), ask("What is ChatDesk?")).text()
    stop = whole[10:16]
    told = generate(
        backend, load_of(starter), ask("What is ChatDesk?", sampling=Sampling(temperature=0, stop=(stop,)))
    )
    assert told.text() == whole.partition(stop)[0]
    assert told.facts().reason == StopReason.stop


def test_a_full_context_ends_the_answer(backend, tmp_path):
    path = make(tmp_path / "model.gguf", template="{{ messages[-1].content }}")
    told = generate(backend, load_of(path, context_tokens=256), ask("abc " * 20, sampling=Sampling(seed=2)))
    facts = told.facts()
    assert facts.reason in (StopReason.context, StopReason.end)
    grammar = ask("abc", grammar='root ::= "a"*')
    facts = generate(backend, load_of(path, context_tokens=256), grammar).facts()
    assert facts.reason in (StopReason.context, StopReason.end)


def test_an_answer_is_continued_where_it_stopped(backend, starter):
    whole = generate(backend, load_of(starter), ask("What is ChatDesk?")).text()
    half = whole[: len(whole) // 2].rsplit(" ", 1)[0]
    told = generate(backend, load_of(starter), ask("What is ChatDesk?", half))
    assert half + told.text() == whole


def test_old_turns_that_no_longer_fit_are_left_out_and_that_is_said(backend, starter):
    texts = [f"Tell me about number {place}, please, and do not be brief." * 4 for place in range(61)]
    told = generate(backend, load_of(starter, context_tokens=1024), ask(*texts))
    (starts,) = told.of(ViewStarts)
    assert starts.turn > 0
    assert told.facts().prompt_tokens < 1024


def test_a_message_that_alone_is_too_long_is_refused_with_both_numbers(backend, starter):
    with pytest.raises(MessageTooLong) as caught:
        generate(backend, load_of(starter), ask("word " * 5000))
    assert caught.value.needed > caught.value.available > 1000


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["a" * 5_000_000, "\0" * 100, "\ud800", "a\0b", "<|im_end|>" * 50, "\n" * 9000]
)
def test_strange_text_is_answered_or_refused(backend, starter, text):
    try:
        assert generate(backend, load_of(starter), ask(text)).facts()
    except MessageTooLong:
        assert len(text) > 5000


def test_thinking_has_its_own_events(backend, tmp_path):
    template = "{{ messages[-1].content }}<|assistant|><think>"
    path = make(tmp_path / "model.gguf", template=template)
    told = generate(backend, load_of(path), ask("Hm", sampling=Sampling(temperature=0, answer_tokens=5)))
    assert told.of(ThinkingDelta)
    assert not told.of(TextDelta)


def test_an_answer_bound_to_a_schema_is_json_without_thinking(backend, starter, tmp_path):
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 20}, "good": {"type": "boolean"}},
        "required": ["name", "good"],
    }
    thinker = make(tmp_path / "model.gguf", template="{{ messages[-1].content }}<|assistant|><think>")
    for path in (starter, thinker):
        for seed in range(3):
            sampling = Sampling(temperature=2, seed=seed)
            told = generate(backend, load_of(path), ask("Describe it", schema=schema, sampling=sampling))
            assert set(json.loads(told.text())) == {"name", "good"}
            assert not told.of(ThinkingDelta)


def test_a_grammar_binds_the_answer(backend, starter):
    told = generate(backend, load_of(starter), ask("Is it?", grammar='root ::= "yes" | "no"'))
    assert told.text() in ("yes", "no")
    assert told.facts().reason == StopReason.end


def test_constraints_that_cannot_be_used_are_refused_and_the_model_stays(backend, starter):
    for how in ({"grammar": "nonsense"}, {"schema": {"type": "nonsense"}}):
        with pytest.raises(ConstraintInvalid):
            generate(backend, load_of(starter), ask("Hello", **how))
    assert not generate(backend, load_of(starter), ask("Hello")).of(LoadProgress, WHOLE_BATCH)


def test_a_raised_flag_ends_an_answer_between_tokens(backend, starter):
    abort, told = AbortFlag(), Told()

    def emit(index, event):
        told(index, event)
        if isinstance(event, TextDelta):
            abort.set()

    batch = GenerationBatch(load_of(starter), (ask("What is ChatDesk?"), ask("Hello")))
    backend.generate(batch, emit, abort)
    assert len(told.of(TextDelta)) == 1
    assert [told.facts(index).reason for index in (0, 1)] == [StopReason.cancelled] * 2
    assert not told.of(TextDelta, 1)


def test_a_flag_raised_while_loading_cancels_every_request(backend, starter):
    abort = AbortFlag()
    abort.set()
    told = generate(backend, load_of(starter), ask("Hello"), ask("Hello"), abort=abort)
    assert [told.facts(index).reason for index in (0, 1)] == [StopReason.cancelled] * 2
    assert not told.of(ModelReady, WHOLE_BATCH)
    assert generate(backend, load_of(starter), ask("Hello")).text()


def test_reading_a_long_prompt_is_told_and_can_be_stopped(backend, tmp_path):
    path = make(tmp_path / "deep.gguf", layers=100, context=8192)
    abort, told = AbortFlag(), Told()

    def emit(index, event):
        told(index, event)
        if isinstance(event, PromptProgress) and len(told.of(PromptProgress)) == 3:
            threading.Timer(0.02, abort.set).start()

    request = ask("x" * 5500)
    backend.generate(GenerationBatch(load_of(path), (request,)), emit, abort)
    progress = told.of(PromptProgress)
    assert [step.read for step in progress] == sorted(step.read for step in progress)
    assert all(0 < step.read < step.total for step in progress)
    assert told.facts().reason == StopReason.cancelled
    assert told.facts().answer_tokens == 0


def test_what_the_window_refuses_to_take_ends_the_load(backend, starter):
    def emit(index, event):
        raise OSError("the pipe is closed")

    with pytest.raises(OSError, match="pipe"):
        backend.generate(GenerationBatch(load_of(starter), (ask("Hello"),)), emit, AbortFlag())


def test_tokens_are_counted_with_the_vocabulary_alone(backend, starter):
    counts = backend.count_tokens(load_of(starter), ["", "Hello", "Hello Hello"], AbortFlag())
    assert counts[0] == 0 < counts[1] < counts[2]
    assert backend._loaded is None
    generate(backend, load_of(starter), ask("Hello"))
    assert backend.count_tokens(load_of(starter), ["", "Hello", "Hello Hello"], AbortFlag()) == counts


def test_counting_for_another_model_leaves_the_loaded_one(backend, starter, tmp_path):
    other = make(tmp_path / "other.gguf")
    generate(backend, load_of(starter), ask("Hello"))
    assert backend.count_tokens(load_of(other), ["Hello"], AbortFlag()) == [5]
    assert not generate(backend, load_of(starter), ask("Hello")).of(LoadProgress, WHOLE_BATCH)


def test_the_likeliest_next_tokens_come_first(backend, starter):
    tokens = backend.next_tokens(load_of(starter), ask("What is ChatDesk?"), 5, AbortFlag())
    probabilities = [token.probability for token in tokens]
    assert len(tokens) == 5
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1
    assert generate(backend, load_of(starter), ask("What is ChatDesk?")).text().startswith(tokens[0].text)


def test_the_tokens_of_an_answer_are_as_likely_as_they_were_when_each_was_the_next(backend, starter):
    load = load_of(starter)
    question = "Wer bist du, schöner Rechner?"
    answer = "I run on this computer, and what you write stays here: nobody else reads it, ever. é漢"
    rated = backend.rate_answer(load, ask(question, answer), AbortFlag())
    assert "".join(token.text for token in rated) == answer
    assert len(rated) > 17  # more than are read at once
    for place in (0, 1, 17):
        before = "".join(token.text for token in rated[:place])
        asked = ask(question, before) if before else ask(question)
        following = backend.next_tokens(load, asked, 5000, AbortFlag())
        expected = next(each.probability for each in following if each.token == rated[place].token)
        assert rated[place].probability == pytest.approx(expected, rel=0.02, abs=1e-6)
    assert rated[-1].probability < 0.01  # nothing leads to the last sign


def test_an_answer_that_is_too_long_for_the_context_is_rated_as_far_as_it_fits(backend, starter):
    rated = backend.rate_answer(load_of(starter), ask("Hello", "word " * 3000), AbortFlag())
    assert 1000 < len(rated) < 2048


def test_an_aborted_rating_returns_none(backend, starter):
    abort = AbortFlag()
    generate(backend, load_of(starter), ask("Hello"))
    abort.set()
    assert backend.rate_answer(load_of(starter), ask("Hello", "Hello!"), abort) == []


def test_all_next_tokens_together_are_certain(backend, tmp_path):
    tokens = backend.next_tokens(load_of(make(tmp_path / "m.gguf")), ask("a"), 10_000, AbortFlag())
    assert sum(token.probability for token in tokens) == pytest.approx(1)


def test_an_aborted_look_at_the_next_tokens_returns_none(backend, starter):
    abort = AbortFlag()
    generate(backend, load_of(starter), ask("Hello"))
    abort.set()
    assert backend.next_tokens(load_of(starter), ask("What is ChatDesk?"), 5, abort) == []


def test_another_way_of_loading_loads_again(backend, starter):
    generate(backend, load_of(starter), ask("Hello"))
    told = generate(backend, load_of(starter, context_tokens=512), ask("Hello"))
    (ready,) = told.of(ModelReady, WHOLE_BATCH)
    assert ready.context_tokens == 512
    assert told.of(LoadProgress, WHOLE_BATCH)


def test_a_file_that_was_exchanged_is_loaded_again(backend, tmp_path):
    path = make(tmp_path / "model.gguf")
    generate(backend, load_of(path), ask("Hello", sampling=Sampling(answer_tokens=2)))
    make(tmp_path / "new.gguf", layers=3).replace(path)
    told = generate(backend, load_of(path), ask("Hello", sampling=Sampling(answer_tokens=2)))
    assert told.of(ModelReady, WHOLE_BATCH)[0].device.layers == 3


def test_a_file_that_was_deleted_while_loaded_is_missed(backend, tmp_path):
    path = make(tmp_path / "model.gguf")
    generate(backend, load_of(path), ask("Hello", sampling=Sampling(answer_tokens=2)))
    path.unlink()
    with pytest.raises(ModelMissing):
        generate(backend, load_of(path), ask("Hello"))


def test_a_file_that_was_truncated_between_answers_is_refused(backend, tmp_path):
    path = make(tmp_path / "model.gguf")
    generate(backend, load_of(path), ask("Hello", sampling=Sampling(answer_tokens=2)))
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(ModelInvalid):
        generate(backend, load_of(path), ask("Hello"))
    assert backend._loaded is None


def test_a_path_that_cannot_be_is_missed(backend):
    for path in ("/nowhere/model.gguf", "/tmp/a\0b.gguf"):
        with pytest.raises(ModelMissing):
            generate(backend, load_of(Path(path)), ask("Hello"))


def test_an_architecture_that_nobody_knows_is_refused_in_plain_words(backend, tmp_path):
    path = make(tmp_path / "model.gguf")
    path.write_bytes(path.read_bytes().replace(b"llama", b"xlama"))
    with pytest.raises(ModelInvalid, match="xlama"):
        generate(backend, load_of(path), ask("Hello"))


def test_a_missing_tensor_is_refused(backend, tmp_path):
    path = make(tmp_path / "model.gguf")
    path.write_bytes(path.read_bytes().replace(b"blk.1.ffn_up.weight", b"blk.1.ffn_xx.weight"))
    with pytest.raises(ModelInvalid, match="ffn_up"):
        generate(backend, load_of(path), ask("Hello"))


def test_a_model_that_only_makes_embeddings_is_refused(backend, tmp_path):
    path = make(tmp_path / "model.gguf", **{"attention.causal": False})
    with pytest.raises(ModelInvalid, match="writing text"):
        generate(backend, load_of(path), ask("Hello"))


def test_weights_that_are_no_numbers_are_said(backend, tmp_path):
    path = make(tmp_path / "model.gguf", scale=float("nan"))
    with pytest.raises(ModelInvalid, match="not numbers"):
        generate(backend, load_of(path), ask("Hello"))


def test_a_model_without_a_template_answers_and_says_so(backend, tmp_path):
    path = make(tmp_path / "model.gguf", template="")
    told = generate(backend, load_of(path), ask("Hello", sampling=Sampling(answer_tokens=3)))
    assert told.facts().answer_tokens > 0
    assert "template" in told.of(ModelReady, WHOLE_BATCH)[0].template_problem


def test_a_context_for_which_memory_is_missing_is_refused(backend, tmp_path):
    path = make(tmp_path / "model.gguf", context=1 << 30)
    with pytest.raises(ModelTooLarge):
        generate(backend, load_of(path, context_tokens=1 << 30), ask("Hello"))


def test_a_model_for_which_memory_is_short_is_loaded_when_it_is_wanted_anyway(backend, starter, monkeypatch):
    monkeypatch.setattr(loading, "machine_now", lambda _: Machine(1 << 20, 1 << 20))
    with pytest.raises(ModelTooLarge):
        generate(backend, load_of(starter), ask("Hello"))
    assert generate(backend, load_of(starter, anyway=True), ask("Hello")).text()
    # Until it is unloaded, nobody is asked again.
    assert generate(backend, load_of(starter), ask("Hello")).text()


def test_what_a_model_takes_is_measured_against_the_estimate(backend, starter, tmp_path):
    told = generate(backend, load_of(starter), ask("Hello", sampling=Sampling(answer_tokens=1)))
    assert 0.9 < told.of(ModelReady, WHOLE_BATCH)[0].memory_factor < 1.1


def test_a_graphics_card_that_fails_gives_way_to_the_processor(backend, starter, monkeypatch):
    tried = []

    class FailsOnCard(Model):
        def __init__(self, path, gpu_layers=0, **how):
            tried.append(gpu_layers)
            if gpu_layers:
                raise LoadFailed(("out of memory",))
            super().__init__(path, gpu_layers, **how)

    def on_card(load, file, machine, _):
        report = DeviceReport("Test Card (TC1)", 5, 5, "")
        return Placement(512, 6, report)

    monkeypatch.setattr(loading, "Model", FailsOnCard)
    monkeypatch.setattr(loading, "place", on_card)
    told = generate(backend, load_of(starter), ask("Hello"))
    assert tried == [6, 0]
    assert told.text()
    device = told.of(ModelReady, WHOLE_BATCH)[0].device
    assert (device.name, device.offloaded) == ("CPU", 0)
    assert device.reason == "it failed on the graphics card “Test Card (TC1)”"


def test_what_failed_on_the_card_has_to_fit_into_the_main_memory_alone(backend, starter, monkeypatch):
    def fail(*_, **__):
        raise LoadFailed(("out of memory",))

    card = Gpu("Test Card", 1 << 40, 1 << 40)
    monkeypatch.setattr(loading, "Model", fail)
    monkeypatch.setattr(loading, "gpus", lambda: [card])
    monkeypatch.setattr(loading, "made_for_gpus", lambda: True)
    monkeypatch.setattr(
        loading, "machine_now", lambda gpus: Machine(*(2 * [1 << 40 if gpus else 1 << 20]), tuple(gpus))
    )
    with pytest.raises(ModelTooLarge, match="GB are free"):
        generate(backend, load_of(starter), ask("Hello"))


def test_cards_are_not_even_looked_for_when_the_settings_put_nothing_there(backend, starter, monkeypatch):
    monkeypatch.setattr(loading, "gpus", lambda: pytest.fail("a driver that breaks would end the process"))
    told = generate(backend, load_of(starter, gpu_layers=0), ask("Hello"))
    assert told.of(ModelReady, WHOLE_BATCH)[0].device.name == "CPU"
