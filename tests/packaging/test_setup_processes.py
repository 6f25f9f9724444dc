"""Long commands show that they are alive."""

import sys

import pytest


def test_a_long_command_says_that_it_still_works(scripts, monkeypatch, capsys, tmp_path):
    processes = scripts["processes"]
    monkeypatch.setattr(processes, "HEARTBEAT", 0.05)
    log = tmp_path / "log"
    command = [sys.executable, "-c", "import time; print('made'); time.sleep(0.3); raise SystemExit(3)"]
    assert processes.call(command, "compiling", log=log) == 3
    assert "still compiling after" in capsys.readouterr().out
    assert log.read_text().strip() == "made"


@pytest.mark.parametrize(("seconds", "words"), [(4.4, "4 s"), (59.9, "1 min 0 s"), (210, "3 min 30 s")])
def test_a_duration_is_said_in_minutes_and_seconds(scripts, seconds, words):
    assert scripts["processes"].elapsed(seconds) == words
