"""The key ring of a Linux desktop: the real library, a real D-Bus, and a small Secret Service on it."""

import shutil
import subprocess
import sys

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.secrets import Keeping, KeptToken
from chatdesk.domain.storage_errors import KeyRingUnusable
from chatdesk.storage.secrets import TokenStore
from tests.fakes.left_threads import end_left_threads
from tests.hub.downloads import ROOT

KEPT = KeptToken("https://huggingface.co", Keeping.key_ring)
BUS = """<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""

pytestmark = [
    pytest.mark.skipif(
        shutil.which("dbus-daemon") is None or sys.platform != "linux", reason="there is no D-Bus here"
    ),
    # SecretStorage leaves the line to Python's collector where a key ring stays locked.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@pytest.fixture
def bus(tmp_path_factory, monkeypatch):
    """The address of a D-Bus on which nobody is yet."""
    folder = tmp_path_factory.mktemp("bus")
    (folder / "bus.conf").write_text(BUS.format(path=folder / "bus"))
    command = ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
        yield address
        daemon.terminate()
    end_left_threads()


@pytest.fixture
def service(bus):
    """Return a call that starts the service in one of its ways."""
    running = []

    def start(way):
        command = [sys.executable, "-m", "tests.fakes.secret_service", bus, way]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout.readline() == "ready\n"

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "hub-token.json"


def test_the_secret_service_keeps_the_token_from_one_program_to_the_next(service, path):
    service("open")
    store = TokenStore(path)
    store.require_key_ring(CancelToken())
    store.keep("hf_first", KEPT, CancelToken())
    store.keep("hf_second", KEPT, CancelToken())
    assert "hf_" not in path.read_text()
    assert TokenStore(path).read(CancelToken()) == "hf_second"
    store.forget(CancelToken())
    path.write_text('{"endpoint": "https://huggingface.co", "kept_in": "key ring"}')
    assert store.read(CancelToken()) == ""


FIND = """
import sys
from pathlib import Path
from chatdesk.domain.cancel import CancelToken
from chatdesk.storage.secrets import TokenStore
print(TokenStore(Path(sys.argv[1])).read(CancelToken()))
"""


def test_the_secret_service_is_found_without_being_named(service, path, monkeypatch):
    service("open")
    TokenStore(path).keep("hf_x", KEPT, CancelToken())
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    found = subprocess.run(
        [sys.executable, "-c", FIND, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (found.stdout, found.stderr) == ("hf_x\n", "")


def test_a_user_who_does_not_unlock_his_key_ring_is_told_so(service, path):
    service("locked")
    store = TokenStore(path)
    store.require_key_ring(CancelToken())
    with pytest.raises(KeyRingUnusable, match="it stays locked"):
        store.keep("hf_x", KEPT, CancelToken())
    assert store.kept() is None


def test_a_service_that_does_not_answer_is_left(service, path):
    service("silent")
    with pytest.raises(KeyRingUnusable, match="it does not answer"):
        TokenStore(path, patience=0.5).keep("hf_x", KEPT, CancelToken())


@pytest.mark.usefixtures("bus")
def test_a_bus_without_a_key_ring_is_told(path):
    with pytest.raises(KeyRingUnusable):
        TokenStore(path).require_key_ring(CancelToken())
