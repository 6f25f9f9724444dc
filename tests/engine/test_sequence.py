"""Tests of what a model has read: reuse of a conversation's beginning, full contexts, aborts."""

import random
import threading
import time

import numpy as np
import pytest

from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.model import Model
from chatdesk.engine.sequence import ContextFull, ReadFailed, ReadStopped, ReadTokens
from chatdesk.engine.threads import Threads
from tests.fakes.gguf_models import make

ARCHITECTURES = ("llama", "gemma2", "mamba", "lfm2")
LIMIT = 2048
ROUNDING = 0.06  # one token and a batch go through different kernels; a wrong memory differs by 0.14 and more


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / f"{request.param}.gguf"
    model = Model(make(path, request.param, layers=4))
    yield model
    model.close()


@pytest.fixture
def opened(request):
    """Open contexts that the test's end closes."""

    def opened(model, limit=LIMIT):
        read = ReadTokens(model, limit, Threads(1, 1))
        request.addfinalizer(read.close)
        return read

    return opened


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    model = Model(make(tmp_path_factory.mktemp("models") / "plain.gguf"))
    yield model
    model.close()


def read(context, tokens):
    return context.read(tokens, lambda _: None)


def write(context, count):
    answer = []
    for _ in range(count):
        answer.append(int(context.logits().argmax()))
        context.append(answer[-1])
    return answer


def random_tokens(chance, count):
    return [chance.randrange(256) for _ in range(count)]


def assert_they_answer_alike(first, second):
    for _ in range(4):
        assert np.allclose(first.logits(), second.logits(), atol=ROUNDING)
        likeliest, next_one = np.sort(second.logits())[:-3:-1]
        token = int(second.logits().argmax())
        assert token == int(first.logits().argmax()) or likeliest - next_one < 2 * ROUNDING
        first.append(token)
        second.append(token)


def test_a_conversation_goes_on_as_if_read_from_the_start(model, opened):
    chance = random.Random(5)
    reusing, tokens = opened(model), random_tokens(chance, 700)
    for turn in range(5):
        read(reusing, tokens)
        fresh = opened(model)
        assert read(fresh, tokens) == 0
        assert np.allclose(reusing.logits(), fresh.logits(), atol=ROUNDING)
        tokens += write(reusing, 30) + random_tokens(chance, 10 + 40 * turn)


def test_going_back_to_any_place_gives_the_answer_of_a_fresh_reading(model, opened):
    chance = random.Random(7)
    reusing, fresh, tokens = opened(model), opened(model), random_tokens(chance, 1300)
    for back in (1, 2, 20, 40, 300, 900, 3):
        read(reusing, tokens)
        write(reusing, 12)
        tokens = tokens[: len(tokens) - back] + random_tokens(chance, back // 2 + 1)
        read(reusing, tokens)
        fresh._cut(0)
        assert read(fresh, tokens) == 0
        assert_they_answer_alike(reusing, fresh)


def test_a_plain_model_reads_only_what_is_new(plain, opened):
    context = opened(plain)
    assert read(context, [1, 2, 3, 4]) == 0
    assert read(context, [1, 2, 3, 4, 5, 6]) == 4
    assert read(context, [1, 2, 9]) == 2


def test_the_last_token_is_always_read_again(plain, opened):
    context = opened(plain)
    read(context, [1, 2, 3])
    before = context.logits().copy()
    assert read(context, [1, 2, 3]) == 2
    assert np.allclose(before, context.logits(), atol=1e-3)


def test_a_recurrent_model_reads_again_after_a_change(tmp_path, opened):
    model = Model(make(tmp_path / "mamba.gguf", "mamba"))
    context = opened(model)
    read(context, [1, 2, 3, 4])
    assert read(context, [1, 2, 3, 4, 5]) == 4
    assert read(context, [1, 2, 3, 9]) == 0


def test_a_sliding_window_goes_back_a_little_but_not_far(tmp_path, opened):
    model = Model(make(tmp_path / "gemma2.gguf", "gemma2"))
    context = opened(model)
    tokens = random_tokens(random.Random(1), 1500)
    read(context, tokens)
    assert read(context, [*tokens[:-100], 7]) == 1400
    assert read(context, [*tokens[:200], 7]) == 0


def test_a_full_context_is_said_and_keeps_what_it_holds(plain, opened):
    context = opened(plain, 256)
    read(context, [1] * 256)
    with pytest.raises(ContextFull):
        context.append(1)
    with pytest.raises(ContextFull):
        read(context, [2] * 300)
    assert read(context, [3, 4]) == 0


def test_a_token_that_does_not_exist_is_refused_and_the_context_stays_usable(plain, opened):
    context = opened(plain)
    read(context, [1, 2, 3])
    with pytest.raises(ReadFailed):
        context.append(999_999)
    assert read(context, [1, 2, 3, 4]) == 3


def test_a_raised_flag_stops_the_reading_of_a_prompt_and_the_context_stays_usable(model, opened):
    context, fresh, abort = opened(model), opened(model), AbortFlag()
    context.obey(abort)
    tokens = random_tokens(random.Random(3), 1800)
    read(context, tokens[:40])
    abort.set()
    with pytest.raises(ReadStopped):
        read(context, tokens)
    abort.clear()
    read(context, tokens)
    read(fresh, tokens)
    assert_they_answer_alike(context, fresh)


def test_a_flag_raised_by_another_thread_stops_within_a_fifth_of_a_second(tmp_path, opened):
    model = Model(make(tmp_path / "deep.gguf", layers=120, context=8192))
    context, abort = opened(model, 8192), AbortFlag()
    context.obey(abort)
    begun = threading.Event()
    raised = []

    def stop():
        begun.wait(10)
        raised.append(time.perf_counter())
        abort.set()

    thread = threading.Thread(target=stop)
    thread.start()

    def progress(read):
        if read:
            begun.set()

    with pytest.raises(ReadStopped):
        context.read([5] * 8000, progress)
    thread.join()
    assert time.perf_counter() - raised[0] < 0.2


def test_progress_counts_up_to_the_whole_prompt(plain, opened):
    told = []
    opened(plain).read([1] * 1100, told.append)
    assert told == [0, 512, 1024, 1100]


def test_a_context_gives_its_memory_back(plain):
    contexts = [ReadTokens(plain, 512, Threads(1, 1)) for _ in range(3)]
    for context in contexts:
        context.close()
        context.close()
