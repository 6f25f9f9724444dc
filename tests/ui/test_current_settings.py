"""The settings in force, on a real file."""

from pathlib import Path

import pytest

from chatdesk.domain.errors import DiskFull
from chatdesk.domain.settings import Settings, Theme
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.ui.current_settings import CurrentSettings


@pytest.fixture
def settings(qapp, tmp_path):
    return CurrentSettings(JsonSettings(tmp_path / "settings.json"))


def test_a_change_is_told_and_survives_a_restart(settings, qtbot, tmp_path):
    with qtbot.waitSignal(settings.changed) as changed:
        settings.change(theme=Theme.dark, text_size=140)
    assert changed.args[0].text_size == 140
    again = CurrentSettings(JsonSettings(tmp_path / "settings.json"))
    assert (again.value.theme, again.value.text_size) == (Theme.dark, 140)


def test_values_out_of_their_limits_are_brought_back(settings):
    settings.change(text_size=5000)
    assert settings.value.text_size == 220


def test_putting_the_same_settings_tells_nobody(settings, qtbot):
    with qtbot.assertNotEmitted(settings.changed):
        settings.put(Settings())


def test_settings_that_cannot_be_stored_are_in_force_all_the_same(qtbot):
    class FullDisk:
        def load(self):
            return Settings()

        def save(self, settings):
            raise DiskFull(Path("settings.json"))

    settings = CurrentSettings(FullDisk())
    with qtbot.waitSignal(settings.failed) as failed:
        settings.change(theme=Theme.light)
    assert "disk is full" in str(failed.args[0])
    assert settings.value.theme is Theme.light
