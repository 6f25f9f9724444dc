"""The set-up scripts, loaded as the interpreter does it: from their own folder, under their plain names."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging"
NAMES = ["system", "gpu", "processes", "engine", "environment", "checks"]


@pytest.fixture
def scripts(monkeypatch):
    """Fresh modules by name, gone again after the test."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    loaded = {}
    for name in [*(f"setup_{name}" for name in NAMES), "bootstrap"]:
        spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        loaded[name.removeprefix("setup_")] = module
    return loaded


@pytest.fixture
def system(scripts):
    return scripts["system"]


@pytest.fixture
def gpu(scripts):
    return scripts["gpu"]
