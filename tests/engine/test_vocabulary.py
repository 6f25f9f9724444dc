"""Tests of a vocabulary: any text survives, special tokens are silent, marks around thinking are not."""

import pytest

from chatdesk.engine.model import Model
from tests.fakes.gguf_models import END, make


@pytest.fixture(scope="module")
def starter_words(starter):
    model = Model(starter, vocabulary_only=True)
    yield model.vocabulary
    model.close()


@pytest.fixture(scope="module")
def tiny_words(tmp_path_factory):
    model = Model(make(tmp_path_factory.mktemp("models") / "tiny.gguf"))
    yield model.vocabulary
    model.close()


@pytest.mark.parametrize(
    "text", ["", "Hello", "Grüße, 你好 👋🏽\n\tend ", "a\0b", "x" * 20_000, "é\u0301\u202e"]
)
def test_any_text_comes_back_from_its_tokens(starter_words, text):
    tokens = starter_words.text_tokens(text)
    assert b"".join(map(starter_words.piece, tokens)).decode() == text


def test_half_a_surrogate_pair_does_no_harm(starter_words):
    assert starter_words.text_tokens("a\ud800b")


def test_special_tokens_are_made_by_prompts_only(starter_words):
    assert len(starter_words.prompt_tokens("<|im_start|>")) == 1
    assert len(starter_words.text_tokens("<|im_start|>")) > 1


def test_special_tokens_add_nothing_to_an_answer(starter_words):
    (token,) = starter_words.prompt_tokens("<|im_start|>")
    assert starter_words.piece(token) == b""
    assert starter_words.written(token) == "<|im_start|>"
    assert token in starter_words.silent


def test_marks_around_thinking_stay_visible_even_as_special_tokens(tiny_words):
    (token,) = tiny_words.prompt_tokens("<think>")
    assert tiny_words.piece(token) == b"<think>"


def test_tokens_that_end_an_answer_are_known(tiny_words):
    assert tiny_words.ends(END)
    assert tiny_words.piece(END) is None
    assert not tiny_words.ends(65)
    assert END not in tiny_words.silent


def test_the_token_that_begins_every_prompt_stands_there_once(tmp_path):
    path = make(tmp_path / "bos.gguf", add_bos=True)
    model = Model(path)
    words = model.vocabulary
    assert words.prompt_tokens("ab") == [END, *words.text_tokens("ab")]
    assert words.prompt_tokens("<|end|>ab") == [END, *words.text_tokens("ab")]
    assert words.text_tokens("ab") == words.prompt_tokens("ab")[1:]
    model.close()
