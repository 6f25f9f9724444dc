"""Every test has a home folder of its own, no network beyond loopback, and an offscreen window system."""

import gc
import os
import socket
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GGML_NO_BACKTRACE", "1")

import pytest

from chatdesk import paths
from tests.fakes.databases import copied_tables

gc.disable()  # until all is imported: what is made by then stays
# Hundreds of processes are started here, and each would compile the application anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Without its file, the program "pytest" is not imported anew by each process that is spawned.
vars(sys.modules["__main__"]).pop("__file__", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is imported by now stays to the end; no pass of the garbage collector needs to look at it."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _new_databases_are_copies(monkeypatch):
    """A new database gets its tables in one copy; tests/storage makes them step by step."""
    copied_tables(monkeypatch)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A folder that stands for the user's; nothing outside it may be written."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CHATDESK_HOME", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def _windows_end_before_the_interpreter():
    """Windows that tests have left are taken apart in order, not in the middle of Python's own end."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if application is None:
        return
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    gc.unfreeze()  # a test that starts the application freezes what was there
    gc.collect()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.shutdown()


@pytest.fixture(autouse=True)
def _no_other_applications(tmp_path, monkeypatch):
    """What other programs keep in the real home folder must not change a test."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "user")
    for name in ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "OLLAMA_MODELS", "LLAMA_CACHE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_key_ring(monkeypatch):
    """The key ring of who runs the tests is not touched; tests/fakes/key_rings.py has others."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    real = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"a test must not reach {address[0]}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(scope="session")
def starter():
    """The model file that comes with the application."""
    return paths.starter_model()
