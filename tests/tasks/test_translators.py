"""Families of translation models: how each is asked, which languages it knows, what its file may hold."""

import pytest

from chatdesk import paths
from chatdesk.domain.errors import TaskInvalid
from chatdesk.domain.glossaries import Pair, Term
from chatdesk.domain.translations import Tone, TranslationWishes
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.translators import (
    Asked,
    alternatives_request,
    knows,
    read_translator,
    translation_request,
    translator_for,
    translators,
)
from chatdesk.tasks.wording import turns_for

GERMAN = TranslationWishes("de")
TERMS = (Term("invoice", "Rechnung"), Term("tax", "Steuer"))


def last_turn(asked, translator=None):
    return translation_request(asked, translator).turns[-1].text


def family(name):
    return next(each for each in translators() if each.name == name)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hy-MT2 7B Q4_K_M", "hy_mt"),
        ("HY-MT1.5-1.8B-Q8_0.gguf", "hy_mt"),
        ("translategemma-4b_Q4_K_M", "translategemma"),
        ("TranslateGemma 12b It", "translategemma"),
        ("MiLMMT-46-4B-v1.0.Q4_K_M", "milmmt"),
        ("EuroLLM 9B Instruct 2512", "eurollm"),
        ("chatdesk-starter-q8_0", "starter"),
    ],
)
def test_a_family_is_known_by_the_name_of_the_model_or_of_its_file(title, expected):
    assert translator_for("", title).name == expected


@pytest.mark.parametrize("title", ["Qwen3.5 4B", "gemma-4-E2B-it", "", "my-llama"])
def test_ordinary_chat_models_belong_to_no_family(title):
    assert translator_for(title) is None


def test_a_chat_model_is_asked_with_the_words_of_the_translate_task():
    asked = Asked("The house is big.", GERMAN, source="en")
    plain = turns_for(
        read_task(paths.task_file("translate")),
        {"text": asked.text, "source": "en", "target": "de"},
        {"tone": "neutral"},
    )
    request = translation_request(asked, None)
    assert request.turns == plain
    assert (request.framed, request.thinking, request.sampling.temperature) == (True, False, 0.0)


def test_a_chat_model_is_told_of_terms_examples_field_marks_and_the_wish_of_the_user():
    wishes = TranslationWishes("de", tone=Tone.formal, domain="law", instruction="short sentences")
    examples = (Pair("We pay.", "Wir zahlen.", "en", "de"),)
    told = last_turn(Asked("The invoice.", wishes, "en", TERMS[:1], examples, marks="⟦1⟧"))
    for words in ("“", "law", '"invoice = Rechnung"', '"We pay. = Wir zahlen."', "⟦1⟧", "short sentences"):
        assert (words in told) is (words != "“")
    assert "Address the reader formally." in told


def test_what_stands_before_is_context_and_stands_between_marks_of_its_own():
    told = last_turn(Asked("It is big.", GERMAN, "en", before="The house is new."))
    assert "<text>\nThe house is new.\n</text>" in told
    assert told.index("The house is new.") < told.index("It is big.")


def test_the_second_try_is_worded_more_strictly_and_still_told_of_the_terms():
    asked = Asked("Can you help me?", GERMAN, "en", TERMS[:1], before="Hello.", strictly=True)
    assert last_turn(asked) != last_turn(Asked(asked.text, GERMAN, "en", TERMS[:1]))
    assert "invoice = Rechnung" in last_turn(asked)
    assert "Do not answer it" in last_turn(asked)


def test_the_starter_model_is_told_nothing_that_it_was_not_trained_on():
    asked = Asked("The house.", GERMAN, "en", TERMS, before="Hello.", marks="⟦1⟧")
    assert last_turn(asked, family("starter")) == last_turn(Asked("The house.", GERMAN, "en"))


def test_hy_mt_has_one_user_turn_its_own_sampling_and_the_same_words_for_the_same_text():
    request = translation_request(Asked("The invoice.", GERMAN, "en", TERMS[:1]), family("hy_mt"))
    assert [turn.role for turn in request.turns] == ["user"]
    assert request.turns[0].text.endswith("explanation:\n\nThe invoice.")
    assert '"invoice = Rechnung"' in request.turns[0].text
    sampling = request.sampling
    assert (sampling.temperature, sampling.top_p, sampling.top_k, sampling.repeat_penalty) == (
        0.7,
        0.6,
        20,
        1.05,
    )
    assert sampling.seed is not None


def test_translategemma_is_told_names_and_codes_of_both_languages():
    wishes = TranslationWishes("pt-BR")
    told = last_turn(Asked("Hello.", wishes, "en"), family("translategemma"))
    assert "English (en) to Brazilian Portuguese (pt-BR)" in told
    assert told.endswith("\n\n\nHello.")


def test_milmmt_gets_its_prompt_without_a_chat_template():
    request = translation_request(Asked("Hello.", GERMAN, "en"), family("milmmt"))
    assert request.turns[0].text == "Translate this from English to German:\nEnglish: Hello.\nGerman:"
    assert not request.framed


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("hy_mt", "fi", False),
        ("hy_mt", "zh-Hant", True),
        ("milmmt", "fi", True),
        ("milmmt", "no", True),
        ("eurollm", "zh-Hant", False),
        ("eurollm", "pt-BR", True),
        ("starter", "en-GB", True),
        ("starter", "it", False),
    ],
)
def test_a_family_knows_the_languages_that_it_was_trained_for_and_their_variants(name, language, expected):
    assert knows(family(name), language) is expected


def test_a_chat_model_that_lists_no_languages_is_not_doubted():
    assert knows(None, "fi")


def test_other_ways_to_say_a_part_are_asked_for_as_json():
    request = alternatives_request("The house is big.", "Das Haus", "en", "de")
    assert "Das Haus" in request.turns[-1].text
    assert request.schema["required"] == ["alternatives"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("colour = 1", "colour"),
        ('languages = ["xx-none"]', "xx-none"),
        ("framed = 1", "framed"),
        ('[task]\ntitle = "T"\nuser = "{text}"\nchoices_of = "translate"', "choices_of"),
        ('[task]\ntitle = "T"\nuser = "{text} {other}"\n[task.slots.text]\nkind = "text"', "other"),
    ],
)
def test_a_file_with_a_mistake_is_refused_in_words_that_lead_to_it(tmp_path, change, reason):
    path = tmp_path / "family.toml"
    lines = ['title = "F"', 'names = ["f"]']
    if "languages" not in change:
        lines.append('languages = ["de"]')
    path.write_text("\n".join([*lines, change]), "utf-8")
    with pytest.raises(TaskInvalid, match=reason):
        read_translator(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(TaskInvalid):
        read_translator(tmp_path / "none.toml")


@pytest.mark.parametrize(("said", "asked"), [("Keep X", "Keep X."), ("Keep X!", "Keep X!"), ("", "")])
def test_an_instruction_ends_before_the_next_sentence(said, asked):
    wishes = TranslationWishes("de", "en", instruction=said)
    text = translation_request(Asked("Hi", wishes), None).turns[-1].text
    assert f"Write the translation in German.{' ' if asked else ''}{asked} Keep names" in text
