"""Looking for models as the window does: the real client against a Hub on loopback."""

import threading
import time

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import HUB, HubAccess, HubAddress, HubQuery, SizeGroup
from chatdesk.domain.hub_errors import HubOffline, RepositoryMissing, TokenRefused
from chatdesk.domain.settings import Settings
from chatdesk.flows.hub import CardRead, HubFlow, RepositoryRead, address_of, host_of, hub_access
from chatdesk.hub.client import HubClient
from tests.fakes.hub import FakeHub
from tests.fakes.hub_port import FakeHub as FakePort

FILES = {"README.md": b"# Tiny", "t-Q3_K_M.gguf": b"GG", "t-Q4_K_M.gguf": b"GGU", "t-Q8_0.gguf": b"GGUF"}
SIZES = {"t-Q3_K_M.gguf": 4 * 10**9, "t-Q4_K_M.gguf": 5 * 10**9, "t-Q8_0.gguf": 9 * 10**9}
ROOM = 6 * 10**9


@pytest.fixture
def hub():
    with FakeHub() as hub:
        hub.add("org/tiny-GGUF", FILES, sizes=SIZES)
        yield hub


@pytest.fixture
def flow():
    return HubFlow(HubClient(30))


def look(flow, hub, address, cancel=None):
    return list(flow.look(address, ROOM, HubAccess(hub.url), cancel or CancelToken()))


def test_a_search_yields_its_results_once(flow, hub):
    (found,) = flow.search(HubQuery("tiny"), HubAccess(hub.url), CancelToken())
    assert [model.id for model in found] == ["org/tiny-GGUF"]


def test_a_search_that_was_cancelled_yields_nothing(flow, hub):
    cancel = CancelToken()
    cancel.cancel()
    assert list(flow.search(HubQuery("tiny"), HubAccess(hub.url), cancel)) == []


@pytest.mark.parametrize("question", ["search", "repository", "card"])
def test_a_question_that_is_cancelled_is_left_at_once(question):
    cancel, end = CancelToken(), threading.Event()

    class Silent(FakePort):
        def _enter(self, name, what, access):
            super()._enter(name, what, access)
            if name == question:
                cancel.cancel()
                end.wait(30)

    flow = HubFlow(Silent())
    began = time.monotonic()
    list(flow.search(HubQuery("tiny"), HubAccess(), cancel))
    list(flow.look(HubAddress("maker/Tiny-GGUF"), ROOM, HubAccess(), cancel))
    assert time.monotonic() - began < 5
    end.set()


def test_a_look_yields_what_can_be_downloaded_and_then_the_card(flow, hub):
    read, card = look(flow, hub, HubAddress("org/tiny-GGUF"))
    assert isinstance(read, RepositoryRead)
    assert list(read.groups) == [SizeGroup.small, SizeGroup.balanced, SizeGroup.large]
    assert read.advice.variant.quantisation == "Q4_K_M"
    assert read.page == f"{hub.url}/org/tiny-GGUF"
    assert read.named is None
    assert card == CardRead("# Tiny")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (HubAddress("org/tiny-GGUF", file="t-Q8_0.gguf"), "Q8_0"),
        (HubAddress("org/tiny-GGUF", quantisation="Q3_K_M"), "Q3_K_M"),
        (HubAddress("org/tiny-GGUF", file="none.gguf"), None),
        (HubAddress("org/tiny-GGUF", quantisation="Q1"), None),
    ],
)
def test_the_variant_that_an_address_names_is_pointed_out(flow, hub, address, named):
    read = look(flow, hub, address)[0]
    assert (read.named.quantisation if read.named else None) == named


def test_a_card_that_cannot_be_had_is_no_failure(flow, hub):
    revision = hub.repositories["org/tiny-GGUF"].revision
    hub.fault(f"/org/tiny-GGUF/resolve/{revision}/README.md", "drop")
    (read,) = look(flow, hub, HubAddress("org/tiny-GGUF"))
    assert isinstance(read, RepositoryRead)


def test_a_model_that_is_not_there_is_told(flow, hub):
    with pytest.raises(RepositoryMissing):
        look(flow, hub, HubAddress("org/none"))


def test_after_a_cancel_nothing_more_is_asked(flow, hub):
    cancel = CancelToken()
    events = flow.look(HubAddress("org/tiny-GGUF"), ROOM, HubAccess(hub.url), cancel)
    next(events)
    cancel.cancel()
    assert list(events) == []
    assert hub.asked("README.md") == []
    assert look(flow, hub, HubAddress("org/tiny-GGUF"), cancel) == []


def test_in_offline_mode_there_is_no_access():
    with pytest.raises(HubOffline):
        hub_access(Settings(offline=True))


@pytest.mark.parametrize(
    ("settings", "access"),
    [
        (Settings(), HubAccess(HUB, "hf_x", "")),
        (Settings(mirror=" https://hf-mirror.com/ "), HubAccess("https://hf-mirror.com", "hf_x", "")),
        (Settings(mirror="hf-mirror.com"), HubAccess("https://hf-mirror.com", "hf_x", "")),
        (Settings(mirror="http://10.0.0.1:8090"), HubAccess("http://10.0.0.1:8090", "", "")),
        (Settings(mirror="http://localhost:8090"), HubAccess("http://localhost:8090", "hf_x", "")),
        (Settings(mirror="http://127.0.0.1"), HubAccess("http://127.0.0.1", "hf_x", "")),
        (
            Settings(mirror="http://localhost.evil.example"),
            HubAccess("http://localhost.evil.example", "", ""),
        ),
        (Settings(proxy=" localhost:8080 "), HubAccess(HUB, "hf_x", "http://localhost:8080")),
        (Settings(proxy="https://a:b@proxy:1"), HubAccess(HUB, "hf_x", "https://a:b@proxy:1")),
    ],
)
def test_mirror_and_proxy_come_from_the_settings(settings, access):
    assert hub_access(settings, " hf_x\n") == access


@pytest.mark.parametrize("token", ["hf_ä", "hf_a\nX-Other: b", "two words", "a\u2028"])
def test_a_token_that_cannot_be_one_is_refused_without_telling_it(token):
    with pytest.raises(TokenRefused, match=r"^huggingface\.co does not accept the access token\.$"):
        hub_access(Settings(), token + "x")


def test_what_is_secret_does_not_show_when_an_access_is_printed():
    access = hub_access(Settings(proxy="http://user:secret@proxy:1"), "hf_x")
    assert "hf_x" not in repr(access)
    assert "secret" not in repr(access)


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [
        (HUB, "huggingface.co"),
        ("https://user:word@mirror.example:8443/hub", "mirror.example:8443"),
        ("http://[::1]:80", "[::1]:80"),
    ],
)
def test_a_hub_is_called_by_its_host(endpoint, host):
    assert host_of(endpoint) == host


def test_addresses_on_the_users_mirror_are_understood():
    settings = Settings(mirror="http://10.0.0.1:8090/")
    assert address_of("http://10.0.0.1:8090/org/tiny-GGUF", settings) == HubAddress("org/tiny-GGUF")
    assert address_of("http://10.0.0.1:8090/org/tiny-GGUF", Settings()) is None
    assert address_of("some words", settings) is None
