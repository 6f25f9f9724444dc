"""Tests of what is kept of texts that were read before."""

import random

import numpy as np
import pytest

from chatdesk.engine import earlier_readings
from chatdesk.engine.earlier_readings import WORTH, common_beginning
from chatdesk.engine.model import Model
from chatdesk.engine.sequence import ReadTokens
from chatdesk.engine.threads import Threads
from tests.fakes.gguf_models import make

ROUNDING = 0.06  # as in test_sequence.py


@pytest.fixture(params=["llama", "gemma2", "mamba", "lfm2"])
def any_model(request, tmp_path):
    model = Model(make(tmp_path / f"{request.param}.gguf", request.param, layers=4))
    yield model
    model.close()


@pytest.fixture
def plain(tmp_path):
    model = Model(make(tmp_path / "plain.gguf"))
    yield model
    model.close()


@pytest.fixture
def opened(request):
    """Open contexts that the test's end closes."""

    def opened(model):
        read = ReadTokens(model, 2048, Threads(1, 1))
        request.addfinalizer(read.close)
        return read

    return opened


def text(seed, count=WORTH * 2):
    chance = random.Random(seed)
    return [chance.randrange(256) for _ in range(count)]


def read(context, tokens):
    return context.read(tokens, lambda _: None)


def test_what_two_texts_begin_with_is_counted():
    assert common_beginning([], [1]) == 0
    assert common_beginning([1, 2, 3], [1, 2]) == 2
    assert common_beginning((1, 2, 3), [1, 5, 3]) == 1


def test_a_text_read_before_another_is_not_read_again(plain, opened):
    context = opened(plain)
    first, second = text(1), text(2)
    assert read(context, first) == 0
    assert read(context, second) == 0
    assert read(context, [*first, 1, 2, 3]) == len(first)
    assert read(context, second) == len(second) - 1


def test_a_short_question_in_between_costs_nothing(plain, opened):
    context, chat = opened(plain), text(1)
    read(context, chat)
    read(context, [1, 2, 3])
    assert read(context, [*chat, 5]) == len(chat)


def test_only_the_common_beginning_of_a_changed_text_is_taken(plain, opened):
    context = opened(plain)
    old = text(1, WORTH * 3)
    new = [*old[: WORTH * 2], *text(3)]
    read(context, old)
    read(context, text(2))
    assert read(context, new) >= WORTH * 2


def test_a_beginning_that_is_read_fast_is_not_taken_from_an_earlier_text(plain, opened):
    context, old = opened(plain), text(1)
    read(context, old)
    read(context, text(2))
    assert read(context, [*old[: WORTH - 1], *text(3)]) == 0


def test_it_goes_on_as_if_it_had_been_read_now(any_model, opened):
    context, fresh = opened(any_model), opened(any_model)
    first, second = text(1, 700), text(2, 600)
    for tokens in (first, second, [*first, 7, 8], [*second[:400], *text(4, 60)], [*first, 7, 8, 9]):
        read(context, tokens)
        fresh._cut(0)
        fresh._earlier.forget()
        assert read(fresh, tokens) == 0
        assert np.allclose(context.logits(), fresh.logits(), atol=ROUNDING)
        token = int(fresh.logits().argmax())
        context.append(token)
        fresh.append(token)
        assert np.allclose(context.logits(), fresh.logits(), atol=ROUNDING)


def test_with_other_adapters_nothing_of_before_counts(plain, opened):
    context, first = opened(plain), text(1)
    read(context, first)
    read(context, text(2))
    context._earlier.forget()  # as `adapt` does
    assert read(context, first) == 0


def test_no_more_is_kept_than_there_is_room_for(plain, opened, monkeypatch):
    context = opened(plain)
    read(context, text(1))
    read(context, text(2))
    (one,) = context._earlier._kept
    monkeypatch.setattr(earlier_readings, "_MOST_BYTES", int(len(one.state) * 2.5))
    for seed in range(3, 8):
        read(context, text(seed))
    assert [each.tokens for each in context._earlier._kept] == [tuple(text(5)), tuple(text(6))]


def test_where_memory_is_short_nothing_is_kept(plain, opened, monkeypatch):
    context = opened(plain)
    monkeypatch.setattr(earlier_readings, "_MOST_BYTES", 1000)
    read(context, text(1))
    read(context, text(2))
    assert context._earlier._kept == []


def test_a_chat_that_grows_is_kept_once(plain, opened):
    context, chat, other = opened(plain), text(1), text(2)
    for more in range(3):
        read(context, [*chat, *range(more)])
        read(context, other)
    assert sorted(len(each.tokens) for each in context._earlier._kept)[-1] == len(chat) + 2
    assert len(context._earlier._kept) <= 2
