"""How an answer is written: by what the chat, its model and the settings say."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.chat import Conversation
from chatdesk.domain.generation import Sampling
from chatdesk.domain.library import ModelRecord, OwnSettings
from chatdesk.domain.models import Adapter, InstalledModel
from chatdesk.domain.settings import Settings
from chatdesk.flows.options import options_for


def model(demonstration=False, **own):
    record = ModelRecord(Path("m.gguf"), own=OwnSettings(**own))
    return InstalledModel(Path("m.gguf"), "M", 1, None, demonstration=demonstration, record=record)


def test_a_chat_follows_the_settings_where_it_has_no_choice_of_its_own():
    model = InstalledModel(Path("m.gguf"), "M", 1, None)
    settings = Settings(preset="precise", thinking=False, context_tokens=4096, threads=3)
    options = options_for(Conversation(), settings, model)
    assert (options.sampling.temperature, options.thinking) == (0.2, False)
    assert (options.load.context_tokens, options.load.threads) == (4096, 3)
    own = options_for(replace(Conversation(), preset="creative", thinking=True), settings, model)
    assert (own.sampling.temperature, own.thinking) == (1.0, True)


def test_the_demonstration_takes_its_likeliest_words_unless_the_chat_chooses_otherwise():
    model = InstalledModel(Path("m.gguf"), "M", 1, None, demonstration=True)
    assert options_for(Conversation(), Settings(), model).sampling.temperature == 0
    assert options_for(Conversation(preset="creative"), Settings(), model).sampling.temperature == 1


def test_what_the_user_has_chosen_for_the_model_comes_before_the_settings():
    settings = Settings(preset="creative", thinking=True, context_tokens=4096, threads=3, answer_tokens=10)
    own = model(
        preset="precise", top_p=0.5, repeat_penalty=1.2, thinking=False, answer_tokens=0, context_tokens=512,
        gpu_layers=0, threads=0,
    )  # fmt: skip
    options = options_for(Conversation(), settings, own)
    sampling = options.sampling
    assert (sampling.temperature, sampling.top_p, sampling.repeat_penalty) == (0.2, 0.5, 1.2)
    assert (options.thinking, sampling.answer_tokens) == (False, 0)
    assert (options.load.context_tokens, options.load.gpu_layers, options.load.threads) == (512, 0, 0)


def test_the_adapters_that_are_on_go_along_and_the_model_stays_the_same_one():
    on, off = Adapter(Path("a.gguf"), "a", 0.5), Adapter(Path("b.gguf"), "b", on=False)
    nothing = Adapter(Path("c.gguf"), "c", weight=0.0)
    plain = model()
    adapted = replace(plain, record=replace(plain.record, adapters=(on, off, nothing)))
    load = options_for(Conversation(), Settings(), adapted).load
    assert load.adapters == (on,)
    assert load == options_for(Conversation(), Settings(), plain).load


def test_what_the_user_has_chosen_for_the_chat_comes_first():
    own = model(preset="precise", temperature=0.9, thinking=False)
    options = options_for(Conversation(preset="creative", thinking=True), Settings(), own)
    assert (options.sampling.temperature, options.thinking) == (1.0, True)


def test_the_demonstration_can_be_given_another_temperature():
    assert options_for(Conversation(), Settings(), model(True, temperature=0.5)).sampling.temperature == 0.5
    assert options_for(Conversation(), Settings(), model(True, preset="precise")).sampling.temperature == 0.2


@pytest.mark.parametrize(
    ("chat", "own", "told"),
    [
        ("", None, None),
        ("Be kind.", None, None),
        ("", "Be brief.", "Be brief."),
        ("Be kind.", "Be brief.", "Be brief."),
        ("I chose this.", "Be brief.", None),
        ("Be kind.", "", ""),
    ],
)
def test_the_model_s_system_prompt_stands_in_for_the_general_one(chat, own, told):
    settings = Settings(system_prompt="Be kind.")
    assert options_for(Conversation(system=chat), settings, model(system_prompt=own)).system == told


def test_without_a_record_the_settings_count():
    bare = replace(model(), record=None)
    assert options_for(Conversation(), Settings(threads=2), bare).load.threads == 2


def test_sampling_of_the_chat_s_own_comes_before_every_style():
    own = Conversation(preset="creative", sampling=Sampling(temperature=0.33))
    options = options_for(own, Settings(answer_tokens=500), model(preset="precise"))
    assert (options.sampling.temperature, options.sampling.answer_tokens) == (0.33, 500)
