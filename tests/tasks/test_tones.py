"""Where formal and informal address can be chosen."""

import pytest

from chatdesk.domain.translations import Tone, TranslationWishes
from chatdesk.tasks.tones import has_tones, takes_tone, takes_wishes
from chatdesk.tasks.translators import Asked, translation_request, translator_for


@pytest.mark.parametrize("language", ["de", "de-AT", "fr", "pt-BR", "ja", "ru", "zh-Hant", "Klingon"])
def test_languages_with_several_ways_of_address_have_tones(language):
    assert has_tones(language)


@pytest.mark.parametrize("language", ["en", "en-GB", "sv", "no", "nb", "da", "he"])
def test_languages_with_one_have_none(language):
    assert not has_tones(language)


def test_models_made_for_translation_take_no_tone_and_the_starter_no_field():
    assert takes_tone(None)
    assert takes_wishes(None)
    starter, hunyuan = translator_for("ChatDesk-Starter"), translator_for("Hy-MT2-7B")
    assert takes_tone(starter)
    assert not takes_wishes(starter)
    assert not takes_tone(hunyuan)
    assert not takes_wishes(hunyuan)


def test_a_tone_is_told_only_where_the_language_has_it():
    asked = {
        target: translation_request(Asked("Hi", TranslationWishes(target, "fr", Tone.formal)), None)
        .turns[-1]
        .text
        for target in ("de", "en-GB")
    }
    assert "formally" in asked["de"]
    assert "formally" not in asked["en-GB"]
