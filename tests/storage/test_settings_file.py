"""The settings survive hand edits, other versions, crashes and full disks."""

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.lock import LockFile
from chatdesk.domain.ports import SettingsFile
from chatdesk.domain.settings import SendKey, Settings, Theme
from chatdesk.domain.storage_errors import DiskFull, FolderUnusable
from chatdesk.storage.settings_file import JsonSettings

CHANGED = Settings(
    theme=Theme.dark,
    text_size=120,
    send_key=SendKey.ctrl_enter,
    make_titles=False,
    system_prompt="Sei kurz.\nÜber alles 天気 😀",
    model_files=("/models/a.gguf", "C:\\models\\b.gguf", "/models/\udce4.gguf"),
    gpu_layers=0,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "home" / "settings.json"


@pytest.fixture
def settings(file):
    settings: SettingsFile = JsonSettings(file)
    return settings


def put(file, content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_without_a_file_all_is_default(settings, file):
    assert settings.load() == Settings()
    assert not file.exists()


def test_what_is_saved_is_loaded(settings):
    settings.save(CHANGED)
    assert settings.load() == CHANGED
    settings.save(Settings())
    assert settings.load() == Settings()


def test_saving_leaves_one_file(settings, file):
    settings.save(CHANGED)
    settings.save(CHANGED)
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]


def test_unknown_keys_are_kept(settings, file):
    put(file, {"from_the_future": {"a": [1, 2]}, "text_size": 90})
    loaded = settings.load()
    assert loaded == replace(Settings(), text_size=90)
    settings.save(CHANGED)
    assert json.loads(file.read_text(encoding="utf-8"))["from_the_future"] == {"a": [1, 2]}
    assert settings.load() == CHANGED


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": "purple"}, {"theme": 3}, {"theme": None}, {"theme": ["dark"]},
        {"text_size": "100"}, {"text_size": 100.5}, {"text_size": True}, {"text_size": None},
        {"make_titles": 0}, {"make_titles": "yes"}, {"system_prompt": 5}, {"system_prompt": ["a"]},
        {"preset": "wild"}, {"model_files": "a.gguf"}, {"model_files": ["a", 1]}, {"model_files": {"a": 1}},
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_the_default(settings, file, wrong):
    put(file, {**wrong, "threads": 3})
    assert settings.load() == replace(Settings(), threads=3)


def test_numbers_are_brought_back_into_their_limits(settings, file):
    put(file, {"text_size": 100_000, "threads": -7, "gpu_layers": -(10**30)})
    assert settings.load() == replace(Settings(), text_size=220, threads=0, gpu_layers=-1)


def test_a_file_with_a_byte_order_mark_is_read(settings, file):
    put(file, '\ufeff{"threads": 2}')
    assert settings.load().threads == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"3", b"\xff\xfe\x00", b"\0" * 500, b"[" * 100_000, b'{"a":' * 50_000],
    ids=range(9),
)
def test_a_damaged_file_is_set_aside_and_defaults_are_used(settings, file, content, caplog):
    file.parent.mkdir()
    file.write_bytes(content)
    assert settings.load() == Settings()
    assert file.with_name("settings.json.damaged").read_bytes() == content
    assert "settings.json.damaged" in caplog.text
    settings.save(CHANGED)
    assert settings.load() == CHANGED


def test_a_folder_in_the_place_of_the_file_is_set_aside(settings, file):
    file.mkdir(parents=True)
    assert settings.load() == Settings()
    settings.save(CHANGED)
    assert settings.load() == CHANGED


def test_the_newest_damaged_file_is_the_one_kept(settings, file):
    for content in ("{1", "{2"):
        put(file, content)
        settings.load()
    assert file.with_name("settings.json.damaged").read_text() == "{2"


@pytest.mark.parametrize(
    ("code", "expected"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, FolderUnusable)]
)
def test_a_failed_save_keeps_the_old_file(settings, file, monkeypatch, code, expected):
    settings.save(CHANGED)

    def fail(handle):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(expected):
        settings.save(Settings())
    monkeypatch.undo()
    assert settings.load() == CHANGED
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderUnusable):
        JsonSettings(tmp_path / "file" / "settings.json").save(Settings())


def test_a_file_that_may_not_be_read_is_reported_and_kept(settings, file, monkeypatch):
    settings.save(CHANGED)

    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FolderUnusable):
        settings.load()
    with pytest.raises(FolderUnusable):
        settings.save(Settings())
    monkeypatch.undo()
    assert settings.load() == CHANGED


def test_two_programs_add_models_and_neither_loses_those_of_the_other(file):
    window, terminal = JsonSettings(file), JsonSettings(file)
    window.save(replace(window.load(), model_files=("/a.gguf", "/b.gguf"), text_size=120))
    there = terminal.load()
    window.save(replace(window.load(), model_files=("/a.gguf",), theme=Theme.dark))
    both = terminal.save(replace(there, model_files=(*there.model_files, "/c.gguf"), make_titles=False))
    assert both.model_files == ("/a.gguf", "/c.gguf")
    assert (both.theme, both.text_size, both.make_titles) == (Theme.dark, 120, False)
    assert window.save(replace(window.load(), text_size=90)) == replace(both, text_size=90)


def test_an_order_that_was_changed_is_kept(file):
    settings = JsonSettings(file)
    settings.save(replace(settings.load(), model_files=("/a.gguf", "/b.gguf")))
    settings.save(replace(settings.load(), model_files=("/b.gguf", "/a.gguf")))
    assert JsonSettings(file).load().model_files == ("/b.gguf", "/a.gguf")


def test_what_was_edited_by_hand_stays_unless_it_was_changed_here_too(settings, file):
    known = settings.load()
    put(file, {"threads": 3, "text_size": 90, "theme": "purple"})
    saved = settings.save(replace(known, text_size=150))
    assert (saved.threads, saved.text_size, saved.theme) == (3, 150, Theme.system)


def test_a_file_that_was_deleted_or_damaged_meanwhile_is_written_anew(settings, file, caplog):
    settings.save(CHANGED)
    file.unlink()
    assert settings.save(replace(CHANGED, threads=5)) == replace(CHANGED, threads=5)
    put(file, "{")
    assert settings.save(replace(CHANGED, threads=6)) == replace(CHANGED, threads=6)
    assert JsonSettings(file).load() == replace(CHANGED, threads=6)


ADD = """
import sys
from dataclasses import replace
from pathlib import Path
from chatdesk.storage.settings_file import JsonSettings
settings = JsonSettings(Path(sys.argv[1]))
for number in range(40):
    known = settings.load()
    settings.save(replace(known, model_files=(*known.model_files, f"/{sys.argv[2]}{number}")))
"""


def test_programs_that_write_at_the_same_moment_lose_nothing(file):
    both = [subprocess.Popen([sys.executable, "-c", ADD, str(file), name]) for name in "ab"]
    assert [program.wait(50) for program in both] == [0, 0]
    wanted = {f"/{name}{number}" for name in "ab" for number in range(40)}
    assert set(JsonSettings(file).load().model_files) == wanted
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]


def test_a_program_that_hangs_while_it_writes_does_not_hold_others_up(settings, file, monkeypatch):
    monkeypatch.setattr("chatdesk.storage.settings_file.PATIENCE", 0.05)
    settings.save(CHANGED)
    other = LockFile(file.with_name("settings.json.lock"))
    assert other.take()
    settings.save(Settings())
    assert settings.load() == Settings()
    other.release()
