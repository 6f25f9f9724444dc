"""One window a data folder: real lock files and real sockets."""

import subprocess
import sys

from chatdesk.ui.single_instance import SingleInstance


def test_a_second_start_raises_the_first_and_is_refused(qtbot, tmp_path):
    first, second = SingleInstance(tmp_path / "lock"), SingleInstance(tmp_path / "lock")
    assert first.take()
    with qtbot.waitSignal(first.raise_requested, timeout=3000):
        assert not second.take()
    first.release()
    assert second.take()
    second.release()


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
