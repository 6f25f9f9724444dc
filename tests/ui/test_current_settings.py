"""The settings in force, on a real file."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.settings import Settings, Theme
from chatdesk.domain.storage_errors import DiskFull
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


def test_what_another_program_wrote_is_taken_over_when_it_is_read_again(settings, qtbot, tmp_path):
    settings.change(text_size=120)
    other = JsonSettings(tmp_path / "settings.json")
    other.save(replace(other.load(), model_files=("/new.gguf",)))
    with qtbot.waitSignal(settings.changed):
        settings.read_again()
    assert (settings.value.text_size, settings.value.model_files) == (120, ("/new.gguf",))
    with qtbot.assertNotEmitted(settings.changed):
        settings.read_again()


def test_a_change_brings_in_what_another_program_wrote(settings, tmp_path):
    other = JsonSettings(tmp_path / "settings.json")
    other.save(replace(other.load(), model_files=("/new.gguf",)))
    settings.change(theme=Theme.dark)
    assert settings.value == replace(Settings(), theme=Theme.dark, model_files=("/new.gguf",))


def test_what_could_not_be_stored_is_not_undone_by_reading_again(settings, qtbot, monkeypatch):
    def full(self, settings):
        raise DiskFull(Path("settings.json"))

    with monkeypatch.context() as patch:
        patch.setattr(JsonSettings, "save", full)
        settings.change(theme=Theme.dark)
    settings.read_again()
    assert settings.value.theme is Theme.dark
    settings.change(text_size=120)
    settings.read_again()
    assert (settings.value.theme, settings.value.text_size) == (Theme.dark, 120)
