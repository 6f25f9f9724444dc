"""Where the models of other applications are looked for, on each system."""

from pathlib import Path

import pytest

from chatdesk.hub.applications import Layout, places

HOME = Path("/home/ann")


def folders(application, environment=None, home=HOME, system="linux"):
    return [p.folder for p in places(environment or {}, home, system) if p.application == application]


def test_the_usual_places_on_linux():
    found = {(p.application, p.folder.relative_to("/").as_posix()) for p in places({}, HOME, "linux")}
    assert found == {
        ("Hugging Face", "home/ann/.cache/huggingface/hub"),
        ("LM Studio", "home/ann/.lmstudio/models"),
        ("LM Studio", "home/ann/.cache/lm-studio/models"),
        ("Ollama", "home/ann/.ollama/models"),
        ("Ollama", "usr/share/ollama/.ollama/models"),
        ("Jan", "home/ann/.local/share/Jan/data"),
        ("Jan", "home/ann/jan"),
        ("GPT4All", "home/ann/.local/share/nomic.ai/GPT4All"),
        ("llama.cpp", "home/ann/.cache/llama.cpp"),
    }


def test_the_places_on_windows_and_macos():
    windows = {"APPDATA": "/c/Roaming", "LOCALAPPDATA": "/c/Local"}
    assert folders("Jan", windows, system="win32")[0] == Path("/c/Roaming/Jan/data")
    assert folders("GPT4All", windows, system="win32") == [Path("/c/Local/nomic.ai/GPT4All")]
    assert folders("llama.cpp", windows, system="win32") == [Path("/c/Local/llama.cpp")]
    assert folders("Ollama", windows, system="win32") == [HOME / ".ollama/models"]
    support = HOME / "Library" / "Application Support"
    assert folders("Jan", system="darwin")[0] == support / "Jan/data"
    assert folders("GPT4All", system="darwin") == [support / "nomic.ai/GPT4All"]
    assert folders("llama.cpp", system="darwin") == [HOME / "Library/Caches/llama.cpp"]


@pytest.mark.parametrize(
    ("application", "environment", "expected"),
    [
        ("Hugging Face", {"XDG_CACHE_HOME": "/x"}, "/x/huggingface/hub"),
        ("Hugging Face", {"HF_HOME": "/hf", "XDG_CACHE_HOME": "/x"}, "/hf/hub"),
        ("Hugging Face", {"HUGGINGFACE_HUB_CACHE": "/old", "HF_HOME": "/hf"}, "/old"),
        ("Hugging Face", {"HF_HUB_CACHE": "~/new", "HUGGINGFACE_HUB_CACHE": "/old"}, "/home/ann/new"),
        ("Hugging Face", {"HF_HOME": " "}, "/home/ann/.cache/huggingface/hub"),
        ("Ollama", {"OLLAMA_MODELS": "/disk/ollama"}, "/disk/ollama"),
        ("llama.cpp", {"LLAMA_CACHE": "/disk/llama"}, "/disk/llama"),
        ("GPT4All", {"XDG_DATA_HOME": "/data"}, "/data/nomic.ai/GPT4All"),
    ],
)
def test_a_folder_that_the_user_has_moved_by_the_environment(application, environment, expected):
    assert folders(application, environment)[0] == Path(expected)


def test_a_folder_that_was_moved_in_the_settings_of_its_application(tmp_path):
    (tmp_path / ".lmstudio-home-pointer").write_text(f"{tmp_path / 'studio'}\n")
    (tmp_path / "studio").mkdir()
    (tmp_path / "studio" / "settings.json").write_text('{"downloadsFolder": "/disk/größe"}')
    jan = tmp_path / ".local" / "share" / "Jan"
    jan.mkdir(parents=True)
    (jan / "settings.json").write_text('{"data_folder": "/disk/jan"}')
    assert folders("LM Studio", home=tmp_path)[:2] == [Path("/disk/größe"), tmp_path / "studio" / "models"]
    assert folders("Jan", home=tmp_path)[0] == Path("/disk/jan")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"downloadsFolder": 5}', b"\xff\xfe\x00", b"[" * 999]
)
def test_settings_that_cannot_be_read_change_nothing(tmp_path, content):
    (tmp_path / ".lmstudio").mkdir()
    (tmp_path / ".lmstudio" / "settings.json").write_bytes(content)
    (tmp_path / ".lmstudio-home-pointer").mkdir()
    assert folders("LM Studio", home=tmp_path)[0] == tmp_path / ".lmstudio" / "models"


def test_this_computer_has_places():
    assert {place.layout for place in places()} == set(Layout)
