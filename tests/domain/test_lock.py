"""A lock has one owner, and leaves no file behind."""

import subprocess
import sys
import threading

import pytest

from chatdesk.domain.lock import LockFile
from tests.hub.downloads import ROOT

HOLD = """
import sys
from pathlib import Path
from chatdesk.domain.lock import LockFile
print(LockFile(Path(sys.argv[1])).take(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.lock"


def test_one_holds_it_until_it_is_given_back(path):
    first, second = LockFile(path), LockFile(path)
    assert first.take()
    assert not second.take()
    first.release()
    assert not path.exists()
    assert second.take()
    second.release()


def test_a_killed_process_gives_it_back(path):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout.readline().strip() == b"True"
        lock = LockFile(path)
        assert not lock.take()
        other.kill()
        other.wait()
    assert lock.take()
    lock.release()


def test_many_that_come_and_go_are_never_two_at_once(path):
    inside, most = 0, 0

    def come_and_go():
        nonlocal inside, most
        for _ in range(300):
            lock = LockFile(path)
            if lock.take():
                inside += 1
                most = max(most, inside)
                inside -= 1
                lock.release()

    threads = [threading.Thread(target=come_and_go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert not path.exists()
