"""Tests of the door to llama.cpp: it opens fast, its messages reach the log, its devices can be listed."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk import paths
from chatdesk.engine import bindings
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.model import LoadFailed, Model


def test_the_import_leaves_out_what_the_package_brings_along():
    code = (
        "import sys; from chatdesk.engine.bindings import native; native.llama_time_us();"
        "print([name for name in ('llama_cpp.llama', 'jinja2', 'diskcache') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_flag_stops_native_code_without_python():
    abort, stops = AbortFlag(), bindings.stop_when_not_empty()
    assert not stops(abort.address)
    abort.set()
    assert stops(abort.address)
    abort.clear()
    assert not stops(abort.address)


def test_what_llama_cpp_complains_of_is_logged_and_kept(tmp_path, caplog):
    path = tmp_path / "model.gguf"
    path.write_bytes(b"no model at all")
    with caplog.at_level(logging.INFO, "llama.cpp"), pytest.raises(LoadFailed) as caught:
        Model(path)
    assert caught.value.complaints
    assert caught.value.complaints[-1] in caplog.text


def test_graphics_cards_are_listed_when_the_build_can_use_them():
    cards = bindings.gpus()
    assert bindings.native.llama_supports_gpu_offload() or cards == []
    assert all(card.name and 0 <= card.free <= card.total for card in cards)


def test_devices_can_be_described():
    ggml = bindings._ggml()
    devices = [ggml.ggml_backend_dev_get(place) for place in range(ggml.ggml_backend_dev_count())]
    described = [bindings._described(ggml, device) for device in devices]
    assert described
    assert described[-1].total > 0


def test_a_library_that_cannot_be_loaded_is_said_with_a_way_out(tmp_path):
    package = tmp_path / "llama_cpp"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "llama_cpp.py").write_text(
        "raise RuntimeError('libcuda.so.1: no such file')", encoding="utf-8"
    )
    script = (
        "from chatdesk.domain.errors import EngineUnusable\n"
        "try:\n    import chatdesk.engine.bindings\n"
        "except EngineUnusable as error:\n    print(error.sentence, error.hint)"
    )
    command = [sys.executable, "-c", script]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(paths.__file__).parents[1]}"}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert "libcuda.so.1: no such file" in said
    assert "--gpu none" in said
