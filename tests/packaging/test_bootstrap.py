"""What the two commands understand, and what they refuse."""

import ast
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def bootstrap(scripts):
    return scripts["bootstrap"]


def test_an_old_python_is_refused_in_one_sentence(bootstrap):
    sentence = bootstrap.python_problem((3, 9, 2), "/usr/bin/python3")
    assert "needs Python 3.11 or newer" in sentence
    assert "3.9.2 (/usr/bin/python3)" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_new_python_is_taken(bootstrap, version):
    assert bootstrap.python_problem(version, "python") == ""


def test_an_old_python_stops_before_anything_is_imported_or_made(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 8, 18))
    monkeypatch.setitem(sys.modules, "setup_environment", None)
    assert bootstrap.main() == 1
    assert "3.8.18" in capsys.readouterr().err


def test_the_entry_script_has_only_syntax_that_old_pythons_read():
    ast.parse((SCRIPTS / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["run"], ("run", None, [])),
        (["run", "--gpu", "none"], ("run", "none", [])),
        (["run", "--home", "x", "--version"], ("run", None, ["--home", "x", "--version"])),
        (["run", "--", "--help", "--gpu", "cuda"], ("run", None, ["--help", "--gpu", "cuda"])),
        (["test", "--gpu=vulkan", "tests/ui", "-k", "a b"], ("test", "vulkan", ["tests/ui", "-k", "a b"])),
        (["run", "--", "ask", "--", "x"], ("run", None, ["ask", "--", "x"])),
    ],
)
def test_what_is_not_ours_is_passed_on(bootstrap, argv, expected):
    assert bootstrap.read_arguments(argv) == expected


def test_an_unknown_graphics_choice_is_refused(bootstrap, capsys):
    with pytest.raises(SystemExit):
        bootstrap.read_arguments(["run", "--gpu", "opencl"])
    assert "cuda" in capsys.readouterr().err
