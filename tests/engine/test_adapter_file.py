"""Which files are adapters of a model; what llama.cpp would end the process at is refused before."""

import os

import numpy as np
import pytest

from chatdesk.domain.errors import AdapterInvalid, AdapterIsNoModel, AdapterMissing, ModelInvalid
from chatdesk.engine.adapter_file import check_adapter
from chatdesk.engine.gguf import GgufFiles, check
from tests.fakes.gguf_models import make
from tests.fakes.gguf_shapes import make_shape
from tests.fakes.lora_files import pair, write_lora


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return make(tmp_path_factory.mktemp("models") / "model.gguf")


def refused(path, model):
    with pytest.raises(AdapterInvalid) as told:
        check_adapter(path, model)
    return told.value.sentence


def test_an_adapter_tells_its_name_its_model_and_its_size(tmp_path, model):
    path = write_lora(tmp_path / "größe 🦙.gguf", model, name="Pirate", base="Tiny Llama")
    header = GgufFiles().adapter(path, model)
    assert (header.name, header.made_for, header.bytes) == ("Pirate", "Tiny Llama", path.stat().st_size)


def test_an_adapter_of_the_starter_model_is_taken(tmp_path, starter):
    check_adapter(write_lora(tmp_path / "a.gguf", starter), starter)


def test_it_is_taken_on_its_own_word_while_its_model_is_away(tmp_path, model):
    path = write_lora(tmp_path / "a.gguf", model)
    assert check_adapter(path, tmp_path / "gone.gguf").made_for == ""


def test_one_for_another_architecture_is_refused(tmp_path, model):
    path = write_lora(tmp_path / "a.gguf", model, architecture="qwen3")
    assert "made for models of the kind “qwen3”, and this one is “llama”" in refused(path, model)


def test_one_for_a_model_of_another_size_is_refused_with_its_name(tmp_path, model, starter):
    path = write_lora(tmp_path / "a.gguf", starter, base="ChatDesk Starter")
    assert "made for ChatDesk Starter and does not fit this one" in refused(path, model)


def test_one_for_a_model_with_more_layers_is_refused(tmp_path, model):
    deeper = make(tmp_path / "deeper.gguf", layers=3)
    assert "does not fit this one" in refused(write_lora(tmp_path / "a.gguf", deeper), model)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"general_type": "model"}, "not an adapter"),
        ({"adapter_type": "ia3"}, "of the kind “ia3”"),
        ({"alpha": float("nan")}, "header is damaged"),
        ({"double": True}, "header is damaged"),
        ({"targets": ()}, "changes nothing"),
        ({"invocation_tokens": [1, 2]}, "switched on within an answer"),
        ({"change": lambda name, a, b: {f"{name}.lora_a": a}}, "header is damaged"),
        ({"change": lambda name, a, b: pair(name, a.astype(np.int32), b)}, "have a form"),
        ({"change": lambda name, a, b: pair(name, np.stack([a, a, a]), b)}, "does not fit"),
        ({"change": lambda name, a, b: pair(name, a[:2], b)}, "does not fit"),
        ({"change": lambda name, a, b: pair(name, a.T, b.T)}, "does not fit"),
    ],
)
def test_what_llama_cpp_would_not_survive_or_misread_is_refused(tmp_path, model, how, words):
    assert words in refused(write_lora(tmp_path / "a.gguf", model, **how), model)


def test_one_for_the_words_of_a_model_that_has_no_output_of_its_own_is_refused(tmp_path):
    tied = make(tmp_path / "tied.gguf", "gemma2")

    def turned(name, a, b):
        return pair(name, np.zeros((b.shape[0], 4), np.float32), np.zeros((a.shape[1], 4), np.float32))

    path = write_lora(tmp_path / "a.gguf", tied, targets=("token_embd.weight",), change=turned)
    assert "no output of its own" in refused(path, tied)


@pytest.mark.parametrize("content", [b"", b"<html>", bytes(900), b"GGUF\x03\0\0\0" + b"\xff" * 64])
def test_any_other_file_is_refused(tmp_path, model, content):
    path = tmp_path / "a.gguf"
    path.write_bytes(content)
    assert "cannot be used as an adapter" in refused(path, model)


def test_a_cut_adapter_is_refused(tmp_path, model):
    path = write_lora(tmp_path / "a.gguf", model)
    os.truncate(path, path.stat().st_size - 400)
    assert "not complete" in refused(path, model)


def test_a_model_is_no_adapter(model):
    assert "it is a model, not an adapter" in refused(model, model)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path, model):
    with pytest.raises(AdapterMissing, match=r"“a\.gguf” is not there now"):
        check_adapter(tmp_path / "a.gguf", model)
    assert "folder" in refused(tmp_path, model)


def test_an_adapter_that_is_opened_as_a_model_is_told_where_it_belongs(tmp_path, model):
    with pytest.raises(AdapterIsNoModel, match="it is an adapter") as told:
        check(write_lora(tmp_path / "a.gguf", model))
    assert isinstance(told.value, ModelInvalid)
    assert "Settings for this model" in told.value.hint
    with pytest.raises(AdapterIsNoModel) as told:
        check(write_lora(tmp_path / "b.gguf", model, base="Tiny Llama"))
    assert "Add it to Tiny Llama" in told.value.hint


def test_one_for_a_model_in_parts_is_compared_with_all_of_them(tmp_path, model):
    whole = make_shape(tmp_path / "whole.gguf", "grouped")
    first = make_shape(tmp_path / "split.gguf", "grouped", split=True)
    path = write_lora(tmp_path / "a.gguf", whole)
    assert check_adapter(path, first) == check_adapter(path, whole)
    assert "does not fit" in refused(write_lora(tmp_path / "b.gguf", model), first)
