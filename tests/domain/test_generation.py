"""Values of generation: presets and the facts of an answer."""

import pytest

from chatdesk.domain.generation import (
    PRESETS,
    AnswerFacts,
    GenerationRequest,
    StopReason,
    Turn,
    preset,
)


def facts(tokens, first, seconds):
    return AnswerFacts(StopReason.end, 10, 0, tokens, first, seconds)


def test_speed_counts_the_tokens_after_the_first():
    assert facts(11, 1.0, 2.0).tokens_per_second == pytest.approx(10.0)


@pytest.mark.parametrize(("tokens", "first", "seconds"), [(0, 0.0, 0.0), (1, 1.0, 1.0), (5, 1.0, 1.0)])
def test_there_is_no_speed_where_nothing_was_measured(tokens, first, seconds):
    assert facts(tokens, first, seconds).tokens_per_second == 0.0


def test_reading_speed_counts_what_had_to_be_read():
    read = AnswerFacts(StopReason.end, 500, 300, 1, 2.0, 3.0)
    assert read.tokens_read_per_second == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("prompt", "reused", "first"), [(500, 490, 1.0), (63, 0, 1.0), (500, 0, 0.0), (0, 0, 0.0)]
)
def test_there_is_no_reading_speed_where_too_little_was_read(prompt, reused, first):
    assert AnswerFacts(StopReason.end, prompt, reused, 1, first, 3.0).tokens_read_per_second == 0.0


def test_an_unknown_preset_is_the_balanced_one():
    assert preset("wild") == PRESETS["balanced"]
    assert preset("precise", answer_tokens=7).answer_tokens == 7


def test_a_request_continues_when_the_assistant_speaks_last():
    question, answer = Turn("user", "a"), Turn("assistant", "b")
    assert GenerationRequest((question, answer)).continues
    assert not GenerationRequest((question,)).continues
    assert not GenerationRequest(()).continues
