"""Runs the project's checks one after the other and stops at the first that fails."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

# import-linter has no `-m` form, and its script breaks when the folder is moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"

CHECKS = [
    ("Format (ruff)", ["-m", "ruff", "format", "--check"]),
    ("Rules (ruff)", ["-m", "ruff", "check"]),
    ("Types (mypy)", ["-m", "mypy"]),
    ("Imports (import-linter)", ["-c", LINT_IMPORTS]),
]

# Files stay whole, since their tests share what is slow to make; more than four need too much memory.
WHOLE_SUITE = ["-n", "logical", "--maxprocesses", "4", "--dist", "loadfile"]


def run_all(root: Path, python: Path, pytest_arguments: list[str]) -> int:
    """Run the checks, then pytest, in the folder `root`; return the first exit code that is not 0, else 0.

    Without arguments for pytest the whole suite runs, in a process on each core.
    """
    environment = check_environment(dict(os.environ))
    for title, arguments in CHECKS:
        print(f"== {title}", flush=True)
        start = time.monotonic()
        code = subprocess.call([str(python), *arguments], cwd=root, env=environment)
        seconds = time.monotonic() - start
        if code != 0:
            print(f"== {title}: failed after {seconds:.1f} s with exit code {code}", flush=True)
            return code
        print(f"== {title}: passed in {seconds:.1f} s", flush=True)
    print("== Tests (pytest)", flush=True)
    # Nothing is printed after pytest: its summary is the last thing to read.
    arguments = pytest_arguments or WHOLE_SUITE
    return subprocess.call([str(python), "-m", "pytest", *arguments], cwd=root, env=environment)


def check_environment(environment: dict[str, str]) -> dict[str, str]:
    """Return `environment` for the checks: Qt draws into memory, and a build server gets plain text."""
    result = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    if environment.get("LC_ALL") in ("C", "POSIX"):
        # Qt warns of any locale that is not UTF-8, and a warning of Qt fails a test.
        result["LC_ALL"] = "C.UTF-8"
    if environment.get("CI"):
        result.pop("FORCE_COLOR", None)
        result |= {"NO_COLOR": "1", "PY_COLORS": "0", "TERM": "dumb"}
    return result
