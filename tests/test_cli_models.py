"""Models in the terminal: real processes against a Hub on loopback."""

import json
import os
import subprocess
import sys

import pytest

from tests.engine.gguf_files import gguf, metadata
from tests.fakes.hub import FakeHub

FILES = {
    "README.md": b"---\nlicense: mit\n---\n# About \x1b[31mtiny\n",
    "tiny-Q4_K_M.gguf": gguf(metadata()),
    "tiny-BF16-00001-of-00002.gguf": gguf(metadata()),
    "tiny-BF16-00002-of-00002.gguf": b"more",
    "mmproj-F16.gguf": b"GGUF",
}


@pytest.fixture
def hub(home):
    with FakeHub() as hub:
        hub.add("org/tiny-GGUF", FILES, downloads=12_345)
        hub.add("org/gated-GGUF", FILES, gated="manual", licence="gemma", downloads=5)
        home.mkdir()
        (home / "settings.json").write_text(json.dumps({"mirror": hub.url}))
        yield hub


def models(*arguments, home):
    return subprocess.run(
        [sys.executable, "-m", "chatdesk", "--home", str(home), "models", *arguments],
        env={k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def test_search_prints_a_line_for_each_model(hub, home):
    done = models("search", "GGUF", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("org/tiny-GGUF   12,345 downloads")
    assert second.startswith("org/gated-GGUF")
    assert second.endswith("gemma · terms to accept")
    assert "sort=likes" not in hub.log[0].path


def test_search_takes_several_words_an_order_and_a_limit(hub, home):
    done = models("search", "tiny", "gguf", "--sort", "likes", "--limit", "5", "--json", home=home)
    (model,) = json.loads(done.stdout)
    assert (model["id"], model["downloads"], model["gated"]) == ("org/tiny-GGUF", 12_345, False)
    assert model["updated"].startswith("2026-10-01")
    assert "sort=likes&limit=5" in hub.log[0].path


def test_nothing_found_is_said(hub, home):
    assert models("search", "none of these", home=home).stdout == "Nothing was found.\n"
    assert json.loads(models("search", "none of these", "--json", home=home).stdout) == []


def test_show_prints_what_can_be_downloaded_and_marks_the_recommended(hub, home):
    done = models("show", f"{hub.url}/org/tiny-GGUF", "--card", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "* balanced  Q4_K_M           0.00 GB  Fits" in done.stdout
    assert "BF16             0.00 GB  Fits, 2 files" in done.stdout
    assert "pictures  mmproj-F16.gguf" in done.stdout
    assert "* The usual choice" in done.stdout
    assert done.stdout.endswith("# About [31mtiny\n")


def test_show_gives_all_of_it_as_json(hub, home):
    shown = json.loads(models("show", "org/tiny-GGUF", "--json", "--card", home=home).stdout)
    assert [(each["quantisation"], each["group"], each["recommended"]) for each in shown["variants"]] == [
        ("Q4_K_M", "balanced", True),
        ("BF16", "large", False),
    ]
    assert shown["variants"][0]["fit"]["verdict"] == "fits"
    assert shown["variants"][0]["fit"]["needed"] > 1_000_000
    assert len(shown["variants"][1]["files"]) == 2
    assert len(shown["variants"][0]["files"][0]["sha256"]) == 64
    assert shown["page"] == f"{hub.url}/org/tiny-GGUF"
    assert shown["projectors"][0]["path"] == "mmproj-F16.gguf"
    assert "tiny" in shown["card"]


def test_what_goes_wrong_is_one_sentence_and_a_hint(hub, home):
    for name in ("org/none", "no address"):
        done = models("show", name, home=home)
        assert done.returncode == 1
        assert done.stderr.startswith(
            f"There is no model “{name}” on the Hub, or it is private. Check the name."
        )
        assert done.stderr.count("\n") == 1
    hub.fault("/api/models", "status", code=503)
    done = models("search", home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert "it answers with error 503" in done.stderr


def test_offline_mode_asks_nobody(hub, home):
    (home / "settings.json").write_text(json.dumps({"mirror": hub.url, "offline": True}))
    for arguments in (("search", "x"), ("show", "org/tiny-GGUF")):
        done = models(*arguments, home=home)
        assert done.returncode == 1
        assert "offline mode" in done.stderr
    assert hub.log == []


def test_without_an_action_it_says_which_there_are(home):
    done = models(home=home)
    assert done.returncode == 2
    assert "ACTION" in done.stderr
