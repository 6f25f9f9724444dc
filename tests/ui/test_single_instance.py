"""One window a data folder: real lock files and real sockets."""

import subprocess
import sys

import pytest
from PySide6.QtNetwork import QLocalSocket

from chatdesk.flows.opening import QUICK_ASK
from chatdesk.ui.single_instance import SingleInstance


def test_a_second_start_raises_the_first_and_is_refused(qtbot, tmp_path):
    first, second = SingleInstance(tmp_path / "lock"), SingleInstance(tmp_path / "lock")
    assert first.take()
    with qtbot.waitSignal(first.raise_requested, timeout=3000):
        assert not second.take()
    first.release()
    assert second.take()
    second.release()


@pytest.mark.parametrize(
    "target", ["owner/name", "/models/größe \n🦙.gguf", "/no-utf8-\udcff.gguf", "x" * 30_000]
)
def test_a_second_start_tells_the_first_what_to_open(qtbot, tmp_path, target):
    first, second = SingleInstance(tmp_path / "lock"), SingleInstance(tmp_path / "lock")
    assert first.take()
    raised = []
    first.raise_requested.connect(lambda: raised.append(True))
    with qtbot.waitSignal(first.open_requested, timeout=3000) as told:
        assert not second.take(target)
    assert told.args == [target]
    assert raised
    first.release()


def test_a_start_for_a_quick_question_raises_nothing(qtbot, tmp_path):
    first, second = SingleInstance(tmp_path / "lock"), SingleInstance(tmp_path / "lock")
    assert first.take()
    raised = []
    first.raise_requested.connect(lambda: raised.append(True))
    with qtbot.waitSignal(first.open_requested, timeout=3000) as told:
        assert not second.take(QUICK_ASK)
    assert told.args == [QUICK_ASK]
    assert not raised
    first.release()


@pytest.mark.parametrize("words", [b"owner/name\n", b"[1]\n", b"\xff\n", b'"no end', b"x" * 100_000 + b"\n"])
def test_other_words_on_the_socket_open_nothing(qtbot, tmp_path, words):
    first = SingleInstance(tmp_path / "lock")
    assert first.take()
    opened = []
    first.open_requested.connect(opened.append)
    socket = QLocalSocket()
    with qtbot.waitSignal(first.raise_requested, timeout=3000):
        socket.connectToServer(first._name)
        assert socket.waitForConnected(3000)
        socket.write(words)
        socket.waitForBytesWritten(3000)
        socket.disconnectFromServer()
    with qtbot.waitSignal(first.open_requested, timeout=3000):
        assert not SingleInstance(tmp_path / "lock").take("a/b")
    assert opened == ["a/b"]
    first.release()


def test_other_folders_have_windows_of_their_own(qapp, tmp_path):
    one, other = SingleInstance(tmp_path / "a.lock"), SingleInstance(tmp_path / "b.lock")
    assert one.take()
    assert other.take()
    one.release()
    other.release()


def test_a_lock_left_by_a_killed_process_does_not_stand_in_the_way(qapp, tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from chatdesk.ui.single_instance import SingleInstance; a = QCoreApplication([]);"
        "assert SingleInstance(Path(sys.argv[1])).take(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "lock"], check=False)
    assert done.returncode == -9
    instance = SingleInstance(tmp_path / "lock")
    assert instance.take()
    instance.release()
