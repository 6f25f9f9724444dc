"""Thinking is told from the answer, however the text is cut."""

import random

import pytest

from chatdesk.engine.thinking import MARKERS, ThinkingSplitter, opens_thinking, strip

HARMONY = (
    "<|channel|>analysis<|message|>We think.<|end|><|start|>assistant<|channel|>final<|message|>Hello there"
)
CASES = {
    "": [],
    "plain": [(False, "plain")],
    "  plain": [(False, "  plain")],
    "   ": [(False, "   ")],
    "<": [(False, "<")],
    "a < b <thi": [(False, "a < b <thi")],
    "<think>\nab c\n</think>\n\nHello": [(True, "ab c\n"), (False, "Hello")],
    "\n <think>a</think>b": [(True, "a"), (False, "b")],
    "<think>\n\n</think>\n\nYes": [(False, "Yes")],
    "<think>never closed": [(True, "never closed")],
    "<think>a</thin": [(True, "a</thin")],
    "<think>a</think>": [(True, "a")],
    "<think>a</think>The tag <think> opens thinking, </think> ends it": [
        (True, "a"), (False, "The tag <think> opens thinking, </think> ends it"),
    ],
    "The tag <think> opens thinking": [(False, "The tag <think> opens thinking")],
    "<thinking>a</think>b</thinking>c": [(True, "a</think>b"), (False, "c")],
    "<reasoning>a</reasoning>b": [(True, "a"), (False, "b")],
    "[THINK]a[/THINK]b": [(True, "a"), (False, "b")],
    "◁think▷a◁/think▷b": [(True, "a"), (False, "b")],
    "<seed:think>a</seed:think>b": [(True, "a"), (False, "b")],
    "<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>b<|END_RESPONSE|>": [(True, "a"), (False, "b")],
    "<|channel>thought\na<channel|>b": [(True, "a"), (False, "b")],
    "b <|channel>thought\na<channel|>c": [(False, "b "), (True, "a"), (False, "c")],
    HARMONY: [(True, "We think."), (False, "Hello there")],
    "<|channel|>final<|message|>Hello": [(False, "Hello")],
    "<|start|>assistant<|channel|>final<|message|>Hello": [(False, "Hello")],
    "<|channel|>final <|constrain|>json<|message|>{}": [(False, "{}")],
    "<|channel|>commentary to=x <|constrain|>json<|message|>{}<|end|>ok": [(True, "{}"), (False, "ok")],
    "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>analysis<|message|>b<|end|>": [
        (True, "ab"),
    ],
    "<|channel|>ana": [],
    "The mark <|channel|> begins a channel": [(False, "The mark <|channel|> begins a channel")],
    "<|channel|>analysis is what it writes": [(False, "<|channel|>analysis is what it writes")],
    "It writes <|start|>assistant and <|end|>": [(False, "It writes <|start|>assistant and <|end|>")],
}  # fmt: skip
STARTED = {
    "a\n</think>\n\nb": [(True, "a\n"), (False, "b")],
    "<think>a</think>b": [(True, "a"), (False, "b")],
    "a <think> b</think>c": [(True, "a <think> b"), (False, "c")],
    "a[/THINK]b": [(True, "a"), (False, "b")],
    "a": [(True, "a")],
    "\n\n</think>b": [(False, "b")],
    "We think.<|end|><|start|>assistant<|channel|>final<|message|>Hi": [(True, "We think."), (False, "Hi")],
}  # fmt: skip


def split(*pieces, starts_thinking=False):
    splitter = ThinkingSplitter(starts_thinking)
    found = [part for piece in pieces for part in splitter.feed(piece)] + splitter.finish()
    joined = []
    for thinking, text in found:
        assert text
        if joined and joined[-1][0] == thinking:
            joined[-1] = (thinking, joined[-1][1] + text)
        else:
            joined.append((thinking, text))
    return joined


@pytest.mark.parametrize("text", CASES)
def test_thinking_and_answer_are_told_apart(text):
    assert split(text) == CASES[text]


@pytest.mark.parametrize("text", STARTED)
def test_thinking_that_the_prompt_has_opened_is_told_from_the_answer(text):
    assert split(text, starts_thinking=True) == STARTED[text]


@pytest.mark.parametrize("starts_thinking", [False, True])
@pytest.mark.parametrize("text", [*CASES, *STARTED])
def test_how_the_text_is_cut_makes_no_difference(text, starts_thinking):
    whole = split(text, starts_thinking=starts_thinking)
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            pieces = (text[:first], text[first:second], text[second:])
            assert split(*pieces, starts_thinking=starts_thinking) == whole
    assert split(*text, starts_thinking=starts_thinking) == whole


def test_any_mixture_of_markers_gives_the_same_however_it_is_cut():
    random_numbers = random.Random(5)
    words = [*MARKERS, "analysis", "final", "assistant", " ", "\n", "<", "a", "think", "|>"]
    for _ in range(600):
        text = "".join(random_numbers.choices(words, k=random_numbers.randrange(1, 9)))
        for starts_thinking in (False, True):
            cut = random_numbers.randrange(len(text) + 1)
            whole = split(text, starts_thinking=starts_thinking)
            assert split(text[:cut], text[cut:], starts_thinking=starts_thinking) == whole
            assert split(*text, starts_thinking=starts_thinking) == whole


def test_only_what_may_become_a_marker_is_held_back():
    splitter = ThinkingSplitter()
    assert splitter.feed("Hello <") == [(False, "Hello ")]
    assert splitter.feed("b") == [(False, "<b")]
    assert splitter.feed(" 1 < 2 ") == [(False, " 1 < 2 ")]


def test_a_prompt_that_ends_within_thinking_is_known():
    assert opens_thinking("<｜Assistant｜><think>\n")
    assert opens_thinking("<|start|>assistant<|channel|>analysis<|message|>")
    assert opens_thinking("...[THINK]")
    assert not opens_thinking("<|im_start|>assistant\n<think>\n\n</think>\n\n")
    assert not opens_thinking("<|im_start|>assistant\n")
    assert not opens_thinking("")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>hm</think> Title ", "Title"),
        ("hm</think>\n\nTitle", "Title"),
        ("<think>hm", ""),
        (HARMONY, "Hello there"),
        ("Title", "Title"),
        ("", ""),
    ],
)
def test_a_whole_text_is_freed_from_thinking(text, answer):
    assert strip(text) == answer


def test_a_long_answer_takes_time_in_proportion_to_its_length():
    text = "<think>" + "<" * 200_000 + "</think>" + "<|channel|>" * 20_000
    assert split(text, starts_thinking=False)[0] == (True, "<" * 200_000)
