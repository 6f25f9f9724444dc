"""The token goes to the Hub that it was entered for, and lives as long as the user wants."""

import threading

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.secrets import Keeping, KeptToken, TokenState
from chatdesk.domain.storage_errors import KeyRingUnusable
from chatdesk.flows.token import TokenFlow

HUB, MIRROR = "https://huggingface.co", "https://mirror.example"
IN_RING = KeptToken(HUB, Keeping.key_ring)


class FakeSecrets:
    """Keeps a token in memory. `failing` is raised in place of an answer of the key ring."""

    def __init__(self, token="", kept=None):
        self.token, self.note = token, kept
        self.failing = None
        self.read_count = 0

    def kept(self):
        return self.note

    def require_key_ring(self, cancel):
        self._fail()

    def read(self, cancel):
        self.read_count += 1
        self._fail()
        return self.token

    def keep(self, token, kept, cancel):
        self._fail()
        self.token, self.note = token, kept

    def forget(self, cancel):
        self._fail()
        self.token, self.note = "", None

    def _fail(self):
        if self.failing is not None:
            raise self.failing


@pytest.fixture
def secrets():
    return FakeSecrets("hf_kept", IN_RING)


@pytest.fixture
def flow(secrets):
    return TokenFlow(secrets)


def last(events):
    return list(events)[-1]


def test_the_kept_token_is_read_once_and_only_for_its_own_hub(flow, secrets):
    assert flow.token(MIRROR, CancelToken()) == ""
    assert secrets.read_count == 0
    assert [flow.token(HUB, CancelToken()) for _ in range(3)] == ["hf_kept"] * 3
    assert flow.token(MIRROR, CancelToken()) == ""
    assert secrets.read_count == 1


def test_without_a_kept_token_no_key_ring_is_asked():
    secrets = FakeSecrets()
    assert TokenFlow(secrets).token(HUB, CancelToken()) == ""
    assert secrets.read_count == 0


def test_a_key_ring_that_fails_is_told_once_and_then_it_goes_on_without(flow, secrets):
    secrets.failing = KeyRingUnusable("it stays locked")
    with pytest.raises(KeyRingUnusable):
        flow.token(HUB, CancelToken())
    assert flow.token(HUB, CancelToken()) == ""
    assert secrets.read_count == 1


def test_many_questions_at_once_ask_the_key_ring_once(flow, secrets):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(flow.token(HUB, CancelToken()))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, secrets.read_count) == (["hf_kept"] * 8, 1)


@pytest.mark.parametrize("keeping", list(Keeping))
def test_a_new_token_is_used_at_once_and_kept_as_the_user_wants(flow, secrets, keeping):
    state = last(flow.keep("hf_new", MIRROR, keeping, CancelToken()))
    assert state == TokenState(KeptToken(MIRROR, keeping))
    assert flow.token(MIRROR, CancelToken()) == "hf_new"
    assert flow.token(HUB, CancelToken()) == ""
    assert secrets.token == ("" if keeping is Keeping.session else "hf_new")


def test_a_token_that_cannot_be_kept_is_held_all_the_same(flow, secrets):
    secrets.note, secrets.failing = None, KeyRingUnusable("there is none")
    with pytest.raises(KeyRingUnusable):
        list(flow.keep("hf_new", HUB, Keeping.key_ring, CancelToken()))
    assert flow.token(HUB, CancelToken()) == "hf_new"
    assert flow.state() == TokenState(KeptToken(HUB, Keeping.session))


def test_a_forgotten_token_is_used_no_more(flow, secrets):
    flow.token(HUB, CancelToken())
    assert last(flow.forget(CancelToken())) == TokenState(None)
    assert (flow.token(HUB, CancelToken()), secrets.token) == ("", "")


def test_a_token_that_could_not_be_forgotten_is_used_no_more_and_said_to_be_kept(flow, secrets):
    flow.token(HUB, CancelToken())
    secrets.failing = KeyRingUnusable("it stays locked")
    with pytest.raises(KeyRingUnusable):
        list(flow.forget(CancelToken()))
    assert flow.token(HUB, CancelToken()) == ""
    assert flow.state() == TokenState(IN_RING)


def test_a_look_tells_why_there_is_no_key_ring(flow, secrets):
    assert last(flow.look(CancelToken())) == TokenState(IN_RING)
    secrets.failing = KeyRingUnusable("there is none")
    assert last(flow.look(CancelToken())) == TokenState(IN_RING, "there is none")
    cancel = CancelToken()
    cancel.cancel()
    assert list(flow.look(cancel)) == []
