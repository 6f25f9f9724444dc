"""Runs one long command and tells every half minute that it is still at work."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

HEARTBEAT = 30.0
PATIENCE = 10.0


def call(
    command: list[str], doing: str, *, log: Path | None = None, environment: dict[str, str] | None = None
) -> int:
    """Run `command` and return its exit code; its output goes to `log`, or to the terminal without one.

    An interruption (Ctrl+C) is passed on when the command has ended, after 10 s at most.
    """
    if log is None:
        return _wait(subprocess.Popen(command, env=environment), doing)
    with log.open("wb") as output:
        return _wait(
            subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT), doing
        )


def pip_install(python: Path, *options: str) -> list[str]:
    """Return the command that installs with the pip of `python`, untouched by files in the user's folder."""
    return [str(python), "-P", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", *options]


def elapsed(seconds: float) -> str:
    """Return a duration as people say it: `45 s`, `3 min 30 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _wait(process: subprocess.Popen[bytes], doing: str) -> int:
    start = time.monotonic()
    try:
        while True:
            try:
                return process.wait(timeout=HEARTBEAT)
            except subprocess.TimeoutExpired:
                print(f"  still {doing} after {elapsed(time.monotonic() - start)}", flush=True)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        # Ctrl+C reaches all of a terminal's processes: this one is tidying up what it had unpacked.
        process.wait(timeout=PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.terminate()
        process.wait()
