"""Models downloaded, listed and removed in the terminal, against a Hub on loopback."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from chatdesk import cli
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.secrets import Keeping, KeptToken
from chatdesk.storage.secrets import TokenStore
from tests.engine.gguf_files import gguf, metadata
from tests.fakes.hub import FakeHub
from tests.fakes.key_rings import Memory

MODEL = gguf(metadata(general__name="Tiny Chat")) + bytes(2_000_000)
FILES = {
    "tiny-Q4_K_M.gguf": MODEL,
    "tiny-BF16-00001-of-00002.gguf": MODEL,
    "tiny-BF16-00002-of-00002.gguf": b"more",
}


@pytest.fixture
def hub(home):
    with FakeHub() as hub:
        hub.add("org/tiny-GGUF", FILES)
        home.mkdir()
        (home / "settings.json").write_text(json.dumps({"mirror": hub.url, "theme": "dark"}))
        yield hub


@pytest.fixture
def folder(home):
    return home / "models" / "org" / "tiny-GGUF"


def command(*arguments, home):
    return [sys.executable, "-m", "chatdesk", "--home", str(home), "models", *map(str, arguments)]


@pytest.fixture
def models(home, capsys):
    """Return a call that carries out a command here, and returns its exit code and what it said."""

    def models(*arguments):
        code = cli.run(["--home", str(home), "models", *map(str, arguments)])
        said = capsys.readouterr()
        return SimpleNamespace(returncode=code, stdout=said.out, stderr=said.err)

    return models


def remembered(home):
    return json.loads((home / "settings.json").read_text())


def test_the_recommended_file_is_fetched_and_listed(models, hub, home, folder):
    done = models("download", "org/tiny-GGUF")
    file = folder / "tiny-Q4_K_M.gguf"
    assert (done.returncode, done.stdout) == (0, f"{file}\n")
    assert file.read_bytes() == MODEL
    assert done.stderr.startswith("Q4_K_M of org/tiny-GGUF, 2.1 MB · Licence: apache-2.0 · Fits\n")
    assert re.search(
        r"^100%  2 of 2 MB  [\d.]+ MB/s  0:00 left  tiny-Q4_K_M.gguf$", done.stderr, re.MULTILINE
    )
    assert remembered(home)["model_files"] == [str(file)]
    assert remembered(home)["theme"] == "dark"
    listed = models("list").stdout
    assert "Tiny Chat" in listed
    assert str(file) in listed
    assert [model["path"] for model in json.loads(models("list", "--json").stdout)][1] == str(file)


def test_a_named_quantisation_is_fetched_with_all_its_parts_and_deleted_with_them(models, hub, home, folder):
    done = models("download", "org/tiny-GGUF:bf16")
    assert done.stdout == f"{folder / 'tiny-BF16-00001-of-00002.gguf'}\n"
    assert len(list(folder.iterdir())) == 2
    removed = models("remove", "tiny-BF16-00001-of-00002", "--delete")
    assert (removed.returncode, removed.stderr) == (0, "")
    assert removed.stdout == "“tiny-BF16-00001-of-00002” is no longer in the list.\n"
    assert list((home / "models").iterdir()) == []
    assert remembered(home)["model_files"] == []


def test_the_models_folder_of_the_settings_is_used(models, hub, home, tmp_path):
    chosen = tmp_path / "Große Modelle 🦙"
    (home / "settings.json").write_text(json.dumps({"mirror": hub.url, "models_folder": str(chosen)}))
    done = models("download", "org/tiny-GGUF")
    assert done.stdout == f"{chosen / 'org' / 'tiny-GGUF' / 'tiny-Q4_K_M.gguf'}\n"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is another thing on Windows")
def test_ctrl_c_stops_and_the_same_command_goes_on_from_there(models, hub, home, folder):
    hub.fault("tiny-Q4_K_M.gguf", "slow", times=2, bytes_per_second=1_000_000)
    process = subprocess.Popen(
        command("download", "org/tiny-GGUF", home=home),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        next(line for line in process.stderr if "%" in line and int(line.partition("%")[0]) >= 20)
        process.send_signal(signal.SIGINT)
        assert "goes on from here" in process.stderr.read()
    assert process.returncode == 130
    kept = (folder / "tiny-Q4_K_M.gguf.part").stat().st_size
    assert kept > 400_000
    assert models("download", "org/tiny-GGUF").returncode == 0
    assert hub.asked("Q4_K_M", "cdn")[-1].range == f"bytes={kept}-"


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_in_a_terminal_one_line_shows_how_far_it_is(hub, home):
    ours, theirs = pty.openpty()
    hub.fault("tiny-Q4_K_M.gguf", "slow", times=2, bytes_per_second=4_000_000)
    process = subprocess.Popen(
        command("download", "org/tiny-GGUF", home=home), stderr=theirs, stdout=subprocess.DEVNULL
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    os.close(ours)
    assert process.wait() == 0
    about, _, bar = shown.decode().strip().partition("\n")
    assert about.startswith("Q4_K_M of org/tiny-GGUF")
    lines = bar.strip().split("\r")
    assert lines[0].startswith("[------------------------]   0%  0 of 2 MB  tiny-Q4_K_M.gguf")
    assert lines[-1].startswith("[########################] 100%")
    assert any(re.search(r"MB/s  0:0\d left  tiny-Q4_K_M", line) for line in lines)
    assert shown.count(b"\n") == 2


@pytest.fixture
def ring(monkeypatch):
    """A key ring with a token, and a call that chooses another ring."""

    def choose(name):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"tests.fakes.key_rings.{name}")

    choose("Memory")
    Memory.held.clear()
    return choose


def test_the_token_that_the_window_has_kept_is_used_unless_another_is_given(
    models, hub, home, ring, monkeypatch
):
    TokenStore(home / "hub-token.json").keep("hf_kept", KeptToken(hub.url, Keeping.key_ring), CancelToken())
    hub.token = "hf_kept"
    assert models("search", "tiny").returncode == 0
    hub.token = "hf_given"
    monkeypatch.setenv("CHATDESK_HUB_TOKEN", "hf_given")
    assert models("search", "tiny").returncode == 0
    assert [each.token for each in hub.log] == ["hf_kept", "hf_given"]


def test_a_token_for_another_hub_stays_here(models, hub, home, ring):
    other = KeptToken("https://huggingface.co", Keeping.key_ring)
    TokenStore(home / "hub-token.json").keep("hf_kept", other, CancelToken())
    assert models("search", "tiny").returncode == 0
    assert [each.token for each in hub.log] == [""]


def test_a_locked_key_ring_is_told_and_the_command_goes_on(models, hub, home, ring):
    TokenStore(home / "hub-token.json").keep("hf_kept", KeptToken(hub.url, Keeping.key_ring), CancelToken())
    ring("Locked")
    done = models("search", "tiny")
    assert done.returncode == 0
    assert "it stays locked" in done.stderr
    assert "org/tiny-GGUF" in done.stdout


def test_a_token_that_cannot_be_one_is_refused(models, hub, monkeypatch):
    monkeypatch.setenv("CHATDESK_HUB_TOKEN", "hf_secret\nX-Other: b")
    done = models("search", "tiny")
    assert done.returncode == 1
    assert "does not accept the access token" in done.stderr
    assert "hf_secret" not in done.stderr
    assert hub.log == []


def test_a_gated_model_needs_the_token(models, hub, monkeypatch):
    held = hub.repositories["org/tiny-GGUF"]
    held.gated, held.accepted = "manual", True
    refused = models("download", "org/tiny-GGUF")
    assert refused.returncode == 1
    assert f"Accept them on {hub.url}/org/tiny-GGUF" in refused.stderr
    assert "set CHATDESK_HUB_TOKEN" in refused.stderr
    monkeypatch.setenv("CHATDESK_HUB_TOKEN", hub.token)
    assert models("download", "org/tiny-GGUF").returncode == 0


def test_offline_nothing_is_asked(models, hub, home):
    (home / "settings.json").write_text(json.dumps({"mirror": hub.url, "offline": True}))
    done = models("download", "org/tiny-GGUF")
    assert done.returncode == 1
    assert "offline" in done.stderr
    assert hub.log == []


def test_a_file_of_somebody_else_is_taken_out_of_the_list_and_never_deleted(models, hub, home, tmp_path):
    file = tmp_path / "mine.gguf"
    file.write_bytes(MODEL)
    (home / "settings.json").write_text(json.dumps({"model_files": [str(file)]}))
    refused = models("remove", "mine", "--delete")
    assert refused.returncode == 1
    assert "stays" in refused.stderr
    assert remembered(home)["model_files"] == [str(file)]
    assert f"Its file is still there: {file}" in models("remove", file).stdout
    assert remembered(home)["model_files"] == []
    assert file.exists()
    unknown = models("remove", "mine")
    assert unknown.returncode == 1
    assert "no model “mine” in the list" in unknown.stderr
