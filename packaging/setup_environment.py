"""Makes `.venv` ready: a virtual environment with ChatDesk, its dependencies and the wanted engine build."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import setup_engine
import setup_system
from setup_processes import call, pip_install
from setup_system import SetupStopped

PROBE = (
    "import importlib.util, json, sys, sysconfig; assert importlib.util.find_spec('pip'); "
    "print(json.dumps([list(sys.version_info[:3]), sysconfig.get_path('platlib')]))"
)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python of the virtual environment: its program, version and the folder of its packages."""

    python: Path
    version: tuple[int, ...]
    packages: Path


def prepare(root: Path, command: str, wanted_gpu: str | None) -> Path:
    """Do all that is missing for `command` (run, test) and return the Python to use.

    Raises SetupStopped when that is not possible.
    """
    setup_system.install_packages(setup_system.qt_packages(command, dict(os.environ)))
    venv = root / ".venv"
    interpreter = _probe(venv) or _create(venv)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    setup_engine.ensure(interpreter.python, interpreter.packages, venv, project, wanted_gpu)
    stamp = venv / "chatdesk-ready.json"
    key = stamp_key(project, root, interpreter.version)
    if not is_ready(stamp, key, command):
        _install_project(root, interpreter, project, command)
        _write_stamp(stamp, key, command)
    return interpreter.python


def stamp_key(project: dict[str, Any], root: Path, version: tuple[int, ...]) -> str:
    """Return a value that changes with everything an installation depends on; tool settings do not count."""
    parts = [
        project.get("build-system"),
        project.get("project"),
        project.get("dependency-groups"),
        project.get("tool", {}).get("hatch"),
        str(root),
        list(version),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_ready(stamp: Path, key: str, command: str) -> bool:
    """True when the installation that `stamp` tells of had the same key and is enough for `command`."""
    try:
        written = json.loads(stamp.read_text(encoding="utf-8"))
        return bool(written["key"] == key and (command == "run" or written["tests"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_requirements(project: dict[str, Any]) -> list[str]:
    """Return the names of the dependency group `dev`, which older versions of pip cannot read."""
    return [str(name) for name in project["dependency-groups"]["dev"]]


def _install_project(root: Path, interpreter: Interpreter, project: dict[str, Any], command: str) -> None:
    (root / ".venv" / "chatdesk-ready.json").unlink(missing_ok=True)
    extra = check_requirements(project) if command == "test" else []
    print("Installing ChatDesk and the packages it needs ...", flush=True)
    if call(pip_install(interpreter.python, "-qq", "-e", str(root), *extra), "installing") != 0:
        raise SetupStopped(
            "The packages could not be installed; the message of pip stands above. "
            "If the network was the reason, start the same command again when it is back."
        )
    # Up to version 3.12 Python reads .pth files in the encoding of the locale: a folder with letters beyond
    # ASCII is not found (Windows), or Python does not start at all (LC_ALL=C). A relative path is ASCII.
    for path_file in interpreter.packages.glob("*chatdesk.pth"):
        path_file.write_text(os.path.relpath(root, interpreter.packages) + "\n", encoding="ascii")


def _write_stamp(stamp: Path, key: str, command: str) -> None:
    new = stamp.with_suffix(".new")
    new.write_text(json.dumps({"key": key, "tests": command == "test"}), encoding="utf-8")
    new.replace(stamp)


def _probe(venv: Path) -> Interpreter | None:
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    try:
        answer = subprocess.run([str(python), "-I", "-c", PROBE], capture_output=True, timeout=60, check=True)
        version, packages = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    found = Interpreter(python, tuple(version), Path(packages))
    return found if found.version >= (3, 11) else None


def _create(venv: Path) -> Interpreter:
    again = ", because the one that was there cannot be used" if venv.exists() else ""
    print(f"Making the virtual environment {venv}{again} ...", flush=True)
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu keep this module of the standard library in a package of its own.
        name = f"python3.{sys.version_info.minor}-venv"
        setup_system.install_packages([(name, "python3-venv")])
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)], stdout=subprocess.PIPE, check=False
    )
    interpreter = _probe(venv)
    if made.returncode != 0 or interpreter is None:
        raise SetupStopped(
            f"The virtual environment could not be made. {made.stdout.decode(errors='replace').strip()}\n"
            "On Debian and Ubuntu this helps: sudo apt-get install -y python3-venv"
        )
    return interpreter
