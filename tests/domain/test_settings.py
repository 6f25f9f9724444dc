"""The settings' declaration: limits, choices, and what the form is drawn from."""

from dataclasses import fields

import pytest

from chatdesk.domain.generation import PRESETS
from chatdesk.domain.settings import Settings, Theme, entry_of, preset_label, shown_groups


@pytest.mark.parametrize(
    ("name", "value", "corrected"),
    [
        ("text_size", 10**9, 220),
        ("text_size", -3, 70),
        ("context_tokens", -1, 0),
        ("gpu_layers", -7, -1),
        ("preset", "wild", "balanced"),
        ("theme", "purple", Theme.system),
        ("make_titles", False, False),
    ],
)
def test_values_out_of_their_limits_are_brought_back(name, value, corrected):
    assert getattr(Settings(**{name: value}).corrected(), name) == corrected


def test_good_settings_stay_as_they_are():
    settings = Settings(theme=Theme.dark, text_size=140, gpu_layers=0, threads=3, system_prompt="Be kind.")
    assert settings.corrected() == settings
    assert Settings().corrected() == Settings()


def test_every_visible_setting_has_a_title_and_its_default_is_allowed():
    for names in shown_groups().values():
        for name in names:
            entry = entry_of(name)
            assert entry.title
            default = next(f.default for f in fields(Settings) if f.name == name)
            if entry.choices:
                assert default in {stored for stored, _ in entry.choices}


def test_hidden_settings_are_in_no_group():
    shown = {name for names in shown_groups().values() for name in names}
    assert {"last_conversation", "model_files", "default_model"}.isdisjoint(shown)


def test_all_that_concerns_the_network_stands_together_and_is_off_or_empty_at_first():
    assert shown_groups()["Network"] == ["offline", "mirror", "proxy", "models_folder"]
    assert (Settings().offline, Settings().mirror, Settings().proxy) == (False, "", "")


def test_every_preset_can_be_chosen_and_has_a_label():
    assert {stored for stored, _ in entry_of("preset").choices} == set(PRESETS)
    assert len({preset_label(name) for name in PRESETS}) == len(PRESETS)
