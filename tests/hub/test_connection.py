"""What becomes of each way in which a Hub can fail, and where the token goes."""

import gzip
import socket
import subprocess
import sys
import threading
import time

import httpx2
import pytest

from chatdesk.domain.hub import HubAccess, HubQuery, RemoteFile
from chatdesk.domain.hub_errors import (
    HubOffline,
    HubUnreachable,
    NothingToDownload,
    RepositoryMissing,
    TermsNotAccepted,
    TokenRefused,
)
from chatdesk.hub.client import HubClient
from chatdesk.hub.connection import connect
from tests.fakes.hub import FakeHub
from tests.fakes.left_threads import end_left_threads
from tests.fakes.socks_proxy import SocksProxy

CLIENT = HubClient(30)  # seconds: other programs may keep the machine busy
IMPATIENT = HubClient(0.3)
MODELS = "/api/models"
MODEL = "/api/models/org/tiny-GGUF"
FILE = RemoteFile("tiny-Q4_K_M.gguf", 4)


@pytest.fixture
def hub():
    with FakeHub() as hub:
        hub.add("org/tiny-GGUF", {"README.md": b"# tiny", "tiny-Q4_K_M.gguf": b"GGUF"})
        hub.add("org/gated-GGUF", {"README.md": b"# gated", "gated-Q4_K_M.gguf": b"GGUF"}, gated="manual")
        hub.add("org/private-GGUF", {"private-Q4_K_M.gguf": b"GGUF"}, private=True)
        hub.add("org/other", {"model.safetensors": b"x"}, tags=("safetensors",))
        yield hub


CALLS = {
    "search": (MODELS, lambda access, client=CLIENT: client.search(HubQuery("tiny"), access)),
    "repository": (MODEL, lambda access, client=CLIENT: client.repository("org/tiny-GGUF", access)),
    "card": (
        "/org/tiny-GGUF/resolve/main/README.md",
        lambda access, client=CLIENT: client.card("org/tiny-GGUF", "main", access),
    ),
    "open": (
        "/org/tiny-GGUF/resolve/main/tiny-Q4_K_M.gguf",
        lambda access, client=CLIENT: client.open("org/tiny-GGUF", "main", FILE, access).read(4),
    ),
}
FAILURES = {
    "status": ({"code": 503}, "it answers with error 503"),
    "asked too often": (
        {"code": 429, "headers": {"Retry-After": "3600"}},
        "it has been asked too often, and wants a pause of 3600 seconds",
    ),
    "silent": ({}, "no answer within 0.3 seconds"),
    "drop": ({}, "the connection broke off"),
    "redirects": ({"times": 40}, "it redirects in circles"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("failure", FAILURES)
def test_each_failure_of_the_server_is_told_at_once(hub, call, failure):
    path, ask = CALLS[call]
    details, reason = FAILURES[failure]
    hub.fault(path, "status" if failure == "asked too often" else failure, **details)
    began = time.monotonic()
    with pytest.raises(HubUnreachable) as told:
        ask(HubAccess(hub.url), IMPATIENT if failure == "silent" else CLIENT)
    host = hub.url.removeprefix("http://")
    assert told.value.sentence == f"{host} cannot be used now: {reason}."
    assert ("a little later" in told.value.hint) is (failure in ("status", "asked too often"))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("call", ["search", "repository", "open"])
def test_a_page_in_place_of_an_answer_is_told(hub, call):
    path, ask = CALLS[call]
    hub.fault(path, "html")
    with pytest.raises(HubUnreachable, match="perhaps this network wants you to log in first"):
        ask(HubAccess(hub.url))


def test_a_card_that_is_a_page_counts_as_none(hub):
    path, ask = CALLS["card"]
    hub.fault(path, "html")
    assert ask(HubAccess(hub.url)) == ""


@pytest.mark.parametrize("call", CALLS)
def test_after_a_failure_the_next_call_works(hub, call):
    path, ask = CALLS[call]
    hub.fault(path, "drop")
    with pytest.raises(HubUnreachable):
        ask(HubAccess(hub.url))
    assert ask(HubAccess(hub.url))


@pytest.mark.parametrize("call", CALLS)
def test_a_server_that_is_down_is_told_at_once(call):
    with FakeHub() as gone:
        access = HubAccess(gone.url)
    with pytest.raises(HubUnreachable, match="it takes no connections"):
        CALLS[call][1](access)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("endpoint", "reason"),
    [
        ("https://no-such-host.invalid", "its name is not known here, or there is no network"),
        ("huggingface.co", "its address has to begin with https://"),
        ("ftp://huggingface.co", "its address has to begin with https://"),
        ("https://", "its address has to begin with https://"),
        ("https://a:b:c", "its address cannot be used"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(call, endpoint, reason):
    with pytest.raises(HubUnreachable) as told:
        CALLS[call][1](HubAccess(endpoint))
    assert reason in told.value.sentence


@pytest.mark.parametrize("call", CALLS)
def test_a_name_that_is_looked_up_for_ever_is_no_answer(call, monkeypatch):
    known = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: known.wait(30) and [])
    began = time.monotonic()
    with pytest.raises(HubUnreachable, match=r"no answer within 0\.3 seconds"):
        CALLS[call][1](HubAccess("http://hub.invalid"), IMPATIENT)
    assert time.monotonic() - began < 5
    known.set()


def test_a_server_with_many_dead_addresses_is_no_answer_once(monkeypatch):
    """Its queue of connections is full, so that each further one waits."""
    server = socket.create_server(("127.0.0.1", 0), backlog=0)
    place = server.getsockname()
    waiting = [socket.socket() for _ in range(4)]
    for each in waiting:
        each.setblocking(False)
        each.connect_ex(place)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", place)] * 50
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    began = time.monotonic()
    with pytest.raises(HubUnreachable, match=r"no answer within 0\.3 seconds"):
        IMPATIENT.search(HubQuery(), HubAccess("http://hub.invalid"))
    assert time.monotonic() - began < 5
    for each in (server, *waiting):
        each.close()


def test_a_missing_repository_is_told(hub):
    for token in ("", hub.token):
        with pytest.raises(RepositoryMissing, match="org/none"):
            CLIENT.repository("org/none", HubAccess(hub.url, token))
        with pytest.raises(RepositoryMissing, match="org/none"):
            CLIENT.open("org/none", "main", FILE, HubAccess(hub.url, token)).read(4)


@pytest.mark.parametrize(
    "name", ["", "..", "org/..", "org/a/b", "ä/ö", "org/" + "x" * 300, "-x/y", "org/a b"]
)
def test_a_name_that_cannot_be_one_is_missing_without_a_request(hub, name):
    with pytest.raises(RepositoryMissing):
        CLIENT.repository(name, HubAccess(hub.url))
    assert hub.log == []


def test_a_private_repository_is_missing_but_for_its_owner(hub):
    with pytest.raises(RepositoryMissing):
        CLIENT.repository("org/private-GGUF", HubAccess(hub.url))
    assert CLIENT.repository("org/private-GGUF", HubAccess(hub.url, hub.token)).variants


def test_a_gated_repository_is_listed_but_its_files_ask_for_the_terms(hub):
    found = CLIENT.repository("org/gated-GGUF", HubAccess(hub.url))
    assert found.model.gated
    for token in ("", hub.token):
        access = HubAccess(hub.url, token)
        with pytest.raises(TermsNotAccepted) as told:
            CLIENT.open("org/gated-GGUF", found.revision, found.variants[0].first, access).read(4)
        assert told.value.repository == "org/gated-GGUF"
        assert CLIENT.card("org/gated-GGUF", found.revision, access) == ""
    hub.repositories["org/gated-GGUF"].accepted = True
    access = HubAccess(hub.url, hub.token)
    assert CLIENT.open("org/gated-GGUF", found.revision, found.variants[0].first, access).read(4) == b"GGUF"


@pytest.mark.parametrize("call", ["repository", "card", "open"])
def test_a_wrong_token_is_told(hub, call):
    with pytest.raises(TokenRefused, match="does not accept the access token"):
        CALLS[call][1](HubAccess(hub.url, "hf_wrong"))


def test_a_repository_without_models_is_told(hub):
    with pytest.raises(NothingToDownload, match="org/other"):
        CLIENT.repository("org/other", HubAccess(hub.url))


def test_the_token_goes_to_the_hub_alone(hub):
    hub.repositories["org/gated-GGUF"].accepted = True
    access = HubAccess(hub.url, hub.token)
    CLIENT.search(HubQuery("g"), access)
    found = CLIENT.repository("org/gated-GGUF", access)
    CLIENT.open("org/gated-GGUF", found.revision, found.variants[0].first, access).read(4)
    assert {each.token for each in hub.asked(server="hub")} == {hub.token}
    assert {each.token for each in hub.asked(server="cdn")} == {""}
    assert hub.asked(server="cdn")


def test_the_token_does_not_follow_the_next_page_to_another_host(hub):
    with FakeHub(page=1) as mirror:
        for number in range(3):
            mirror.add(f"org/m{number}-GGUF", {"m.gguf": b"GGUF"})
            hub.add(f"org/m{number}-GGUF", {"m.gguf": b"GGUF"})
        mirror.next_page_at = hub.url
        found = CLIENT.search(HubQuery("m", limit=3), HubAccess(mirror.url, mirror.token))
    assert len(found) == 3
    assert {each.token for each in mirror.log} == {mirror.token}
    assert [each.token for each in hub.log] == [""]


def test_a_renamed_repository_is_found_under_its_new_name(hub):
    hub.renamed["org/old-GGUF"] = "org/tiny-GGUF"
    access = HubAccess(hub.url, hub.token)
    assert CLIENT.repository("org/old-GGUF", access).model.id == "org/tiny-GGUF"
    assert CLIENT.open("org/old-GGUF", "main", FILE, access).read(4) == b"GGUF"
    assert {each.token for each in hub.asked(server="hub")} == {hub.token}


@pytest.mark.parametrize("call", CALLS)
def test_a_proxy_carries_every_request(hub, call):
    # A server that is asked for a whole address is a proxy to those who ask; this one answers by the path.
    access = HubAccess("http://hub.invalid", proxy=hub.url.replace("//", "//user:secret@"))
    hub.cdn = False
    assert CALLS[call][1](access)
    assert {each.host for each in hub.log} == {"hub.invalid"}


@pytest.mark.parametrize("call", CALLS)
def test_the_proxy_of_the_system_is_used_unless_one_is_set(hub, call, monkeypatch):
    monkeypatch.setenv("http_proxy", hub.url)
    monkeypatch.delenv("no_proxy", raising=False)
    hub.cdn = False
    assert CALLS[call][1](HubAccess("http://hub.invalid"))
    monkeypatch.setenv("no_proxy", "hub.invalid")
    with pytest.raises(HubUnreachable, match="its name is not known"):
        CALLS[call][1](HubAccess("http://hub.invalid"))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks", "SOCKS5"])
def test_a_socks_proxy_carries_every_request_and_looks_up_the_names(hub, call, scheme):
    hub.cdn = False
    with SocksProxy({"hub.invalid": hub.url}) as proxy:
        access = HubAccess("http://hub.invalid", proxy=f"{scheme}://{proxy.place}")
        assert CALLS[call][1](access)
        assert set(proxy.asked) == {"hub.invalid"}


@pytest.mark.parametrize("call", CALLS)
def test_a_socks_proxy_of_the_system_is_used(hub, call, monkeypatch):
    hub.cdn = False
    monkeypatch.delenv("no_proxy", raising=False)
    with SocksProxy({"hub.invalid": hub.url}) as proxy:
        monkeypatch.setenv("all_proxy", f"socks://{proxy.place}/")
        assert CALLS[call][1](HubAccess("http://hub.invalid"))


@pytest.fixture
def _dropped_lines():
    """httpx2 does not close its line to a SOCKS5 proxy that refuses; Python does when it collects it."""
    yield
    end_left_threads()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.usefixtures("_dropped_lines")
def test_a_socks_proxy_is_given_its_password(hub):
    hub.cdn = False
    with SocksProxy({"hub.invalid": hub.url}, "user:secret") as proxy:
        for login in ("user:wrong@", ""):
            access = HubAccess("http://hub.invalid", proxy=f"socks5://{login}{proxy.place}")
            with pytest.raises(HubUnreachable, match="the proxy refuses") as told:
                CLIENT.search(HubQuery("tiny"), access)
            assert "wrong" not in str(told.value)
        access = HubAccess("http://hub.invalid", proxy=f"socks5://user:secret@{proxy.place}")
        assert CLIENT.search(HubQuery("tiny"), access)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.usefixtures("_dropped_lines")
def test_a_name_that_the_socks_proxy_does_not_know_is_told(hub):
    with SocksProxy({}) as proxy, pytest.raises(HubUnreachable, match="the proxy refuses"):
        CLIENT.search(HubQuery(), HubAccess("http://hub.invalid", proxy=f"socks5://{proxy.place}"))


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.usefixtures("_dropped_lines")
@pytest.mark.parametrize("answer", [b"", b"\x05", b"\xff" * 5000, b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_proxy_that_talks_nonsense_is_told(answer):
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = server.accept()
        with line:
            line.recv(100)
            line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    proxy = f"socks5://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(HubUnreachable, match="the proxy refuses: it is no SOCKS5 proxy"):
        CLIENT.search(HubQuery(), HubAccess("http://hub.invalid", proxy=proxy))
    thread.join()
    server.close()


@pytest.mark.parametrize(
    ("proxy", "reason"),
    [
        ("http://user:secret@127.0.0.1:9", "the proxy http://127.0.0.1:9 does not answer"),
        ("nonsense", "the proxy nonsense cannot be used; it has to begin with http:// or socks5://"),
        ("socks4://127.0.0.1:9", "the proxy socks4://127.0.0.1:9 cannot be used"),
        ("socks5://user:secret@127.0.0.1:9", "the proxy socks5://127.0.0.1:9 does not answer"),
        ("http://a:b:c", "cannot be used"),
    ],
)
def test_a_proxy_that_does_not_work_is_told_without_its_password(hub, proxy, reason):
    for _, ask in CALLS.values():
        with pytest.raises(HubUnreachable) as told:
            ask(HubAccess(hub.url, proxy=proxy))
        assert reason in told.value.sentence
        assert "secret" not in told.value.sentence
    assert hub.log == []


def test_the_environment_of_other_programs_gives_no_token_away(hub):
    code = f"""
from chatdesk.domain.hub import HubAccess, HubQuery
from chatdesk.hub.client import HubClient
print([model.id for model in HubClient().search(HubQuery("tiny"), HubAccess({hub.url!r}))])
"""
    environment = {"HF_TOKEN": "hf_of_another_program", "HF_ENDPOINT": hub.cdn_url, "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert (done.stdout.strip(), done.stderr) == ("['org/tiny-GGUF']", "")
    (asked,) = hub.log
    assert asked.token == ""
    assert asked.path.startswith("/api/models?")
    assert "python" in asked.agent
    assert "torch" not in asked.agent


@pytest.mark.parametrize("body", [b"[1]", b"[{}]", b'{"a": 1}', b"[[", b"[" * 200_000, b"\xff"])
def test_a_list_that_is_none_is_told(hub, body):
    hub.fault(MODELS, "answer", body=body)
    with pytest.raises(HubUnreachable, match="not that of a Hub"):
        CLIENT.search(HubQuery(), HubAccess(hub.url))


@pytest.mark.parametrize("header", ["soon", "-1", "9" * 5000, "Wed, 21 Oct 2026 07:28:00 GMT", ""])
@pytest.mark.parametrize("call", CALLS)
def test_a_pause_that_cannot_be_read_is_left_out(hub, call, header):
    path, ask = CALLS[call]
    hub.fault(path, "status", code=429, headers={"Retry-After": header})
    with pytest.raises(HubUnreachable, match=r"asked too often\."):
        ask(HubAccess(hub.url))


def test_compressed_answers_are_read_and_damaged_ones_told(hub):
    body = gzip.compress(b'[{"id": "org/packed-GGUF"}]')
    hub.fault(MODELS, "answer", body=body, headers={"Content-Encoding": "gzip"})
    assert [model.id for model in CLIENT.search(HubQuery(), HubAccess(hub.url))] == ["org/packed-GGUF"]
    hub.fault(MODELS, "answer", body=b"\x1f\x8b\x08 no more", headers={"Content-Encoding": "gzip"})
    with pytest.raises(HubUnreachable, match="not that of a Hub"):
        CLIENT.search(HubQuery(), HubAccess(hub.url))


def test_a_compressed_answer_without_end_is_given_up(hub, monkeypatch):
    monkeypatch.setattr("chatdesk.hub.connection.LARGEST_ANSWER", 1 << 20)
    bomb = gzip.compress(bytes(50 << 20))
    hub.fault(MODELS, "answer", body=bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(HubUnreachable, match="not that of a Hub"):
        CLIENT.search(HubQuery(), HubAccess(hub.url))


@pytest.mark.parametrize("call", CALLS)
def test_what_the_environment_forbids_is_not_asked(hub, call, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(HubOffline):
        CALLS[call][1](HubAccess(hub.url))
    assert hub.log == []


def test_an_answer_without_end_is_given_up(hub, monkeypatch):
    monkeypatch.setattr("chatdesk.hub.connection.LARGEST_ANSWER", 100)
    with pytest.raises(HubUnreachable, match="not that of a Hub"):
        CLIENT.repository("org/tiny-GGUF", HubAccess(hub.url))


def test_an_answer_that_trickles_is_given_up(hub, monkeypatch):
    monkeypatch.setattr("chatdesk.hub.connection.LONGEST_ANSWER", 0.0)
    with pytest.raises(HubUnreachable, match="it answers too slowly"):
        CLIENT.repository("org/tiny-GGUF", HubAccess(hub.url))


def test_nobody_is_recognised_by_cookies(hub):
    with connect(HubAccess(hub.url), 30) as client:
        client.get(hub.url + MODELS)
        assert not list(client.cookies.jar)
        assert isinstance(client, httpx2.Client)
