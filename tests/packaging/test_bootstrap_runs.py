"""Whole runs of the set-up: the scripts and `.venv` are real, pip, checks and ChatDesk are stand-ins."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import venv
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging"

FAKE_PIP = """
    import os, sys, sysconfig, threading
    from pathlib import Path
    here = Path(sysconfig.get_path("platlib"))
    with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
        print("pip", *sys.argv[1:], os.environ.get("CMAKE_ARGS"), file=calls)
    if waits := os.environ.get("PIP_WAITS"):
        Path(waits).touch()
        threading.Event().wait(40)
    if os.environ.get("PIP_FAILS", "nothing") in " ".join(sys.argv):
        print("x.cpp:1: error: this is the reason")
        sys.exit(1)
    if "-e" in sys.argv:
        (here / "_chatdesk.pth").write_text(sys.argv[sys.argv.index("-e") + 1], encoding="utf-8")
    if "llama-cpp-python" in sys.argv:
        lib = here / "llama_cpp" / "lib"
        lib.mkdir(parents=True, exist_ok=True)
        for old in lib.iterdir():
            old.unlink()
        (lib / "libllama.so").touch()
        if "CUDA" in os.environ["CMAKE_ARGS"]:
            (lib / "libggml-cuda.so").touch()
        info = here / "llama_cpp_python-0.3.36.dist-info"
        info.mkdir(exist_ok=True)
        (info / "RECORD").touch()
"""
FAKE_PROGRAM = """
    import os, sys
    with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
        print({name!r}, *sys.argv[1:], file=calls)
    sys.exit(int(os.environ.get({name!r}.upper() + "_CODE", "0")))
"""


class Project:
    """A small project in a folder whose name has a space and letters beyond ASCII."""

    def __init__(self, folder):
        self.root = folder / "Zwei Wörter 模型"
        (self.root / "packaging").mkdir(parents=True)
        for script in SCRIPTS.glob("*.py"):
            shutil.copy(script, self.root / "packaging")
        (self.root / "pyproject.toml").write_text(
            '[project]\ndependencies = ["llama-cpp-python>=0.3.36,<0.4"]\n'
            '[dependency-groups]\ndev = ["pytest>=9"]\n'
        )
        self.calls = folder / "calls"
        self.programs = folder / "bin"
        self.programs.mkdir()
        compiler = self.programs / "c++"
        compiler.write_text("#!/bin/sh\n")
        compiler.chmod(0o755)

    @property
    def venv(self):
        return self.root / ".venv"

    def make_venv(self):
        venv.create(self.venv, with_pip=False, symlinks=os.name != "nt")
        packages = next(self.venv.glob("[Ll]ib/**/site-packages"))
        sources = {"pip": FAKE_PIP} | {
            name: FAKE_PROGRAM.format(name=name) for name in ("chatdesk", "ruff", "mypy", "pytest")
        }
        for name, source in sources.items():
            (packages / name).mkdir()
            (packages / name / "__init__.py").touch()
            (packages / name / "__main__.py").write_text(textwrap.dedent(source), encoding="utf-8")
        (packages / "importlinter").mkdir()
        (packages / "importlinter" / "cli.py").write_text(
            "def lint_imports_command():\n    raise SystemExit(0)\n"
        )
        return self

    def start(self, *arguments, **environment):
        result = self._end(self._begin(arguments, environment))
        calls = self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return result, calls

    def interrupt_when(self, file, *arguments, **environment):
        """Send what Ctrl+C sends to all processes of the terminal, once `file` is there."""
        process = self._begin(arguments, environment)
        while not file.exists() and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        result = self._end(process)
        self.calls.unlink(missing_ok=True)
        return result

    def _begin(self, arguments, environment):
        # With a PATH that has only the stand-ins nothing of this machine can be installed or found.
        plain = {"PATH": str(self.programs), "CALLS": str(self.calls), "PYTHONUTF8": "1", **environment}
        command = [sys.executable, str(self.root / "packaging" / "bootstrap.py"), *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.Popen(command, env=plain, start_new_session=True, **pipes)

    def _end(self, process):
        with process:
            output, errors = process.communicate(timeout=50)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


@pytest.fixture
def project(tmp_path):
    if os.name == "nt":
        pytest.skip("the stand-ins are written for a POSIX system")
    return Project(tmp_path)


def test_the_first_run_does_all_and_the_second_only_starts_chatdesk(project):
    project.make_venv()
    first, calls = project.start("run", "--", "ask", "two words")
    assert first.returncode == 0, first.stderr
    assert [call.split()[0] for call in calls] == ["pip", "pip", "chatdesk"]
    assert "--no-binary llama-cpp-python" in calls[0]
    assert "--no-cache-dir" in calls[0]
    assert f"-e {project.root}" in calls[1]
    assert calls[2] == "chatdesk ask two words"
    assert "3 to 6 minutes" in first.stdout

    start = time.monotonic()
    second, calls = project.start("run", CHATDESK_CODE="7")
    assert time.monotonic() - start < 10
    assert calls == ["chatdesk"]
    assert second.returncode == 7
    assert second.stdout == ""


def test_the_tests_add_the_development_packages_and_stop_at_the_first_failure(project):
    project.make_venv()
    result, calls = project.start("test", "-k", "x", PYTEST_CODE="5")
    assert result.returncode == 5
    assert "pytest>=9" in calls[1]
    assert [call.split()[0] for call in calls[2:]] == ["ruff", "ruff", "mypy", "pytest"]
    assert calls[-1] == "pytest -k x"
    assert result.stdout.endswith("== Tests (pytest)\n")

    result, calls = project.start("test", MYPY_CODE="2")
    assert result.returncode == 2
    assert [call.split()[0] for call in calls] == ["ruff", "ruff", "mypy"]
    assert "Types (mypy): failed" in result.stdout


def test_another_graphics_choice_builds_the_engine_again_and_no_choice_keeps_it(project):
    project.make_venv()
    nvcc = project.programs / "nvcc"
    nvcc.write_text("#!/bin/sh\n")
    nvcc.chmod(0o755)
    _, calls = project.start("run", "--gpu", "none")
    assert "GGML" not in calls[0]
    _, calls = project.start("run", "--gpu", "cuda")
    assert "--force-reinstall" in calls[0]
    assert calls[0].endswith("-DGGML_CUDA=on")
    for again in (["run"], ["run", "--gpu", "cuda"]):
        _, calls = project.start(*again)
        assert calls == ["chatdesk"]


def test_a_failed_compilation_gives_its_reason_and_is_tried_again(project):
    project.make_venv()
    result, calls = project.start("run", PIP_FAILS="llama-cpp-python")
    assert result.returncode == 1
    assert "this is the reason" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(calls) == 1
    result, _ = project.start("run")
    assert result.returncode == 0


def test_a_failed_installation_leaves_no_stamp(project):
    project.make_venv()
    result, calls = project.start("run", PIP_FAILS="-e ")
    assert result.returncode == 1
    assert "could not be installed" in result.stderr
    assert len(calls) == 2
    _, calls = project.start("run")
    assert len(calls) == 2


def test_an_interrupted_engine_installation_is_done_again(project):
    project.make_venv()
    project.start("run")
    next(project.venv.glob("lib/**/RECORD")).unlink()
    result, calls = project.start("run")
    assert result.returncode == 0
    assert "llama-cpp-python" in calls[0]
    assert len(calls) == 2


def test_a_virtual_environment_that_does_not_run_is_made_anew(project):
    project.make_venv()
    python = project.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    leftover = project.venv / "leftover"
    leftover.touch()
    result, _ = project.start("run", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    assert "cannot be used" in result.stdout
    assert not leftover.exists()
    probe = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    assert probe.returncode == 0


def test_an_interrupted_set_up_says_how_to_go_on_and_leaves_no_stamp(project):
    project.make_venv()
    started = project.root / "started"
    result = project.interrupt_when(started, "run", PIP_WAITS=str(started))
    assert result.returncode == 130
    assert "The same command goes on from here." in result.stderr
    assert "Traceback" not in result.stderr
    result, calls = project.start("run")
    assert result.returncode == 0
    assert "llama-cpp-python" in calls[0]


def test_a_folder_with_letters_beyond_ascii_is_found_under_every_locale(project):
    project.make_venv()
    (project.root / "found_beside.py").touch()
    project.start("run")
    python = str(project.venv / "bin" / "python")
    for locale in ("C", "C.UTF-8"):
        command = [python, "-I", "-c", "import found_beside"]
        found = subprocess.run(command, capture_output=True, env={"LC_ALL": locale}, text=True, check=False)
        assert found.returncode == 0, found.stderr
        result, calls = project.start("run", LC_ALL=locale)
        assert (result.returncode, calls) == (0, ["chatdesk"])
