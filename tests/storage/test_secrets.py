"""The token is kept in the key ring, or in a file where the user wants it, and nowhere else."""

import json
import os
import stat
import time
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub_ports import Secrets
from chatdesk.domain.secrets import Keeping, KeptToken
from chatdesk.domain.storage_errors import FolderUnusable, KeyRingUnusable
from chatdesk.storage.secrets import TokenStore
from tests.fakes.key_rings import Hanging, Memory

HUB, MIRROR = "https://huggingface.co", "https://mirror.example"
IN_RING, IN_FILE = KeptToken(HUB, Keeping.key_ring), KeptToken(HUB, Keeping.file)
SECRET = "hf_very_secret"


@pytest.fixture
def ring(monkeypatch):
    """Return a call that chooses the key ring of the system."""

    def choose(name):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"tests.fakes.key_rings.{name}")

    choose("Memory")
    Memory.held.clear()
    Hanging.end.clear()
    yield choose
    Hanging.end.set()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "hub-token.json"


@pytest.fixture
def store(path, ring):
    store: Secrets = TokenStore(path)
    return store


def test_at_first_nothing_is_kept(store, path):
    assert store.kept() is None
    assert store.read(CancelToken()) == ""
    store.forget(CancelToken())
    assert not path.exists()


def test_the_key_ring_keeps_it_and_the_file_only_says_so(store, path):
    store.keep(SECRET, IN_RING, CancelToken())
    assert Memory.held == {("ChatDesk", HUB): SECRET}
    assert SECRET not in path.read_text()
    again = TokenStore(path)
    assert again.kept() == IN_RING
    assert again.read(CancelToken()) == SECRET
    again.forget(CancelToken())
    assert (Memory.held, again.kept(), path.exists()) == ({}, None, False)


def test_with_consent_a_file_keeps_it_that_only_its_user_can_read(store, path):
    before = os.umask(0)
    try:
        store.keep(SECRET, IN_FILE, CancelToken())
    finally:
        os.umask(before)
    assert Memory.held == {}
    assert (TokenStore(path).kept(), TokenStore(path).read(CancelToken())) == (IN_FILE, SECRET)
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store.forget(CancelToken())
    assert list(path.parent.iterdir()) == []


def test_another_token_takes_the_place_of_the_first(store, path):
    store.keep("first", IN_RING, CancelToken())
    store.keep("second", IN_RING, CancelToken())
    assert Memory.held == {("ChatDesk", HUB): "second"}
    store.keep("third", KeptToken(MIRROR, Keeping.key_ring), CancelToken())
    assert Memory.held == {("ChatDesk", MIRROR): "third"}
    store.keep("fourth", KeptToken(MIRROR, Keeping.file), CancelToken())
    assert Memory.held == {}
    store.keep("fifth", IN_RING, CancelToken())
    assert "fourth" not in path.read_text()
    assert store.read(CancelToken()) == "fifth"


def test_what_was_deleted_in_the_key_ring_is_not_kept(store):
    store.keep(SECRET, IN_RING, CancelToken())
    Memory.held.clear()
    assert store.read(CancelToken()) == ""
    store.forget(CancelToken())
    assert store.kept() is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Locked", "it stays locked"),
        ("Careless", r"it fails \(RuntimeError\)"),
        ("ClearText", "no such program is running"),
        ("NoSuchRing", r"it fails \(AttributeError\)"),
    ],
)
def test_a_key_ring_that_does_not_take_it_is_told_without_the_token(store, path, ring, name, reason):
    ring(name)
    with pytest.raises(KeyRingUnusable, match=reason) as told:
        store.keep(SECRET, IN_RING, CancelToken())
    assert SECRET not in f"{told.value} {told.value.hint} {told.value.args}"
    assert told.value.__cause__ is None
    assert (Memory.held, store.kept(), path.exists()) == ({}, None, False)


def test_without_a_key_ring_that_is_told(store, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with pytest.raises(KeyRingUnusable, match="no such program is running"):
        store.require_key_ring(CancelToken())
    store.keep(SECRET, IN_FILE, CancelToken())
    assert store.read(CancelToken()) == SECRET


def test_a_key_ring_that_hangs_is_left_after_a_while(path, ring):
    store = TokenStore(path, patience=0.1)
    store.keep(SECRET, IN_RING, CancelToken())
    ring("Hanging")
    for ask in (
        lambda: store.read(CancelToken()),
        lambda: store.keep(SECRET, IN_RING, CancelToken()),
        lambda: store.forget(CancelToken()),
    ):
        with pytest.raises(KeyRingUnusable, match="it does not answer"):
            ask()
    assert store.kept() == IN_RING


def test_whoever_waits_for_a_key_ring_can_leave_at_once(store, ring, monkeypatch):
    store.keep(SECRET, IN_RING, CancelToken())
    ring("Hanging")
    cancel = CancelToken()
    monkeypatch.setattr(Hanging, "get_password", lambda *_: cancel.cancel() or Hanging.end.wait(30))
    began = time.monotonic()
    assert store.read(cancel) == ""
    store.forget(cancel)
    assert time.monotonic() - began < 5
    assert store.kept() == IN_RING


def test_a_token_that_the_key_ring_still_has_is_not_said_to_be_forgotten(store, ring):
    store.keep(SECRET, IN_RING, CancelToken())
    ring("Locked")
    with pytest.raises(KeyRingUnusable):
        store.forget(CancelToken())
    assert store.kept() == IN_RING


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"endpoint": 3, "kept_in": "file"}',
     b'{"endpoint": "https://huggingface.co", "kept_in": "heaven"}', b'{"kept_in": ["file"]}'],
    ids=range(8),
)  # fmt: skip
def test_a_damaged_file_keeps_nothing_and_can_be_replaced(store, path, content):
    path.write_bytes(content)
    assert store.kept() is None
    assert store.read(CancelToken()) == ""
    store.keep(SECRET, IN_FILE, CancelToken())
    assert json.loads(path.read_text())["token"] == SECRET


def test_a_folder_that_cannot_be_written_is_told(tmp_path, ring):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnusable) as told:
        TokenStore(Path(tmp_path / "file" / "hub-token.json")).keep(SECRET, IN_FILE, CancelToken())
    assert SECRET not in str(told.value)
